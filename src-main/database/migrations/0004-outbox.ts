import { sql } from 'kysely'
import type { Migration } from '../migration'

/** Mails on their way (DESIGN §5); the worker finds what is due by one index. */
export const outbox: Migration = {
  name: '0004-outbox',
  up: async (db) => {
    await sql`create table outbox (
      id text primary key,
      kind text not null,
      recipient text not null,
      subject text not null,
      language text not null,
      text_body text not null,
      html_body text not null,
      secrets text,
      link_base text,
      message_id text not null unique,
      status text not null check (status in ('queued', 'sent', 'failed')),
      attempts integer not null,
      created_at text not null,
      next_attempt_at text not null,
      lease_holder text,
      lease_until text,
      sent_at text,
      last_error text,
      certificate_number text,
      account_id text references accounts (id) on delete cascade
    ) strict`.execute(db)
    await sql`create index outbox_due on outbox (status, next_attempt_at)`.execute(db)
    await sql`create index outbox_of_account on outbox (account_id, created_at)`.execute(db)
    await sql`create index outbox_by_creation on outbox (created_at, id)`.execute(db)
  },
}
