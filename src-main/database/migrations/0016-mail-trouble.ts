import { sql } from 'kysely'
import type { Migration } from '../migration'

const statements = [
  sql`alter table outbox add column failure text`,
  sql`alter table outbox add column strike integer not null default 0`,
  sql`create index outbox_by_strike on outbox (failure, last_error) where strike = 1`,
  sql`create index outbox_by_failure on outbox (status, failure) where failure is not null`,
  sql`create table mail_stop (
    id integer primary key check (id = 1),
    stopped_at text not null,
    failure text not null,
    reason text not null,
    probes integer not null,
    next_probe_at text not null
  ) strict`,
]

/** Why a mail did not go out, in a class; and the one row that says that no mail goes out, so that all processes agree. */
export const mailTrouble: Migration = {
  name: '0016-mail-trouble',
  up: async (db) => {
    for (const statement of statements) await statement.execute(db)
  },
}
