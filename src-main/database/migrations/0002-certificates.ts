import { sql } from 'kysely'
import type { Migration } from '../migration'

/** Certificates; the list of a person (M5) is read newest first from one index. */
export const certificates: Migration = {
  name: '0002-certificates',
  up: async (db) => {
    await sql`create table certificates (
      number text primary key,
      account_id text not null references accounts (id) on delete cascade,
      issued_on text not null,
      valid_until text not null,
      name_en text not null,
      nationality text not null,
      birth_date text not null,
      sex text not null check (sex in ('male', 'female')),
      status_of_residence text not null,
      period_of_stay text not null,
      organization text not null,
      remarks text not null,
      issuing_office text not null,
      requested_at text not null,
      mail_accepted_at text,
      registered_at text
    ) strict`.execute(db)
    await sql`create index certificates_of_account on certificates (account_id, requested_at desc, number)`.execute(db)
  },
}
