import { sql } from 'kysely'
import type { Migration } from '../migrate'

const statements = [
  sql`create table applications (
    id text primary key,
    receipt_number text not null unique,
    account_id text not null references accounts (id) on delete cascade,
    office text not null,
    received_on text not null,
    state text not null check (state in ('received', 'examining', 'refused', 'issued', 'sent', 'registered')),
    certificate_number text unique,
    valid_until text,
    note text not null,
    taken_by text references staff (id),
    created_at text not null,
    updated_at text not null
  ) strict`,
  sql`create index applications_by_update on applications (updated_at desc, id)`,
  sql`create index applications_by_state on applications (state, updated_at desc, id)`,
  sql`create index applications_of_account on applications (account_id, created_at)`,
  sql`create table receipt_counters (
    series text primary key,
    last integer not null
  ) strict, without rowid`,
  sql`create index accounts_by_name on accounts (name_en)`,
  sql`alter table certificates add column cancelled_at text`,
  sql`alter table certificates add column replaced_by text`,
]

/** Counter applications (DESIGN §9) and the correction of certificates as cancel and reissue. */
export const applications: Migration = {
  name: '0008-applications',
  up: async (db) => {
    for (const statement of statements) await statement.execute(db)
  },
}
