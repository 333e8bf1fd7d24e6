import { sql } from 'kysely'
import type { Migration } from '../migration'

const statements = [
  sql`create index audit_by_actor on audit (actor, at, id)`,
  sql`create index audit_by_action on audit (action, at, id)`,
  sql`create index audit_by_subject on audit (subject, at, id)`,
  sql`create index outbox_by_status on outbox (status, created_at, id)`,
  sql`create index certificates_by_request on certificates (requested_at)`,
  sql`create index certificates_by_acceptance on certificates (mail_accepted_at) where mail_accepted_at is not null`,
  sql`create index certificates_by_registration on certificates (registered_at) where registered_at is not null`,
  sql`create index certificates_open_by_validity on certificates (valid_until) where registered_at is null`,
]

/** What admins look through: the audit log by actor, action and subject, the outbox by state, certificates by week. */
export const administration: Migration = {
  name: '0009-administration',
  up: async (db) => {
    for (const statement of statements) await statement.execute(db)
  },
}
