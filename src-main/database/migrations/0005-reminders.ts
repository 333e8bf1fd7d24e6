import { sql } from 'kysely'
import type { Migration } from '../migration'

/** When the next reminder of a certificate is due (null = none), and how many have been sent; the due ones are found by one index. */
export const reminders: Migration = {
  name: '0005-reminders',
  up: async (db) => {
    await sql`alter table certificates add column next_reminder_at text`.execute(db)
    await sql`alter table certificates add column reminders integer not null default 0`.execute(db)
    await sql`create index certificates_to_remind on certificates (next_reminder_at) where next_reminder_at is not null`.execute(
      db,
    )
  },
}
