import { sql } from 'kysely'
import { hashToken } from '../../platform/ids'
import type { Migration } from '../migration'

const statements = [
  // A link that no longer counts stays, so that a mail that still waits can be asked about it.
  sql`alter table mail_links add column void_at text`,
  sql`alter table mail_links add column asked_by text`,
  sql`alter table mail_links drop column code_tries`,
  sql`alter table accounts add column draft_epoch text not null default ''`,
  sql`alter table login_tries rename to login_tries_before`,
  sql`create table login_tries (
    who text not null check (who in ('applicant', 'staff')),
    name_hash text not null,
    wrong_in_a_row integer not null,
    locked_until text,
    primary key (who, name_hash)
  ) strict, without rowid`,
  sql`insert into login_tries select 'applicant', user_id_hash, wrong_in_a_row, locked_until from login_tries_before`,
  sql`drop table login_tries_before`,
]

/** What becomes void when the credentials of an account change; wrong passwords of staff and of applicants counted apart. */
export const credentials: Migration = {
  name: '0013-credentials',
  up: async (db) => {
    for (const statement of statements) await statement.execute(db)
    const { rows: staff } = await sql<{ login_name: string }>`select login_name from staff`.execute(db)
    for (const { login_name: name } of staff)
      await sql`update login_tries set who = 'staff', name_hash = ${hashToken(name)}
        where who = 'applicant' and name_hash = ${hashToken(`STAFF:${name.replaceAll('-', '').toUpperCase()}`)}`.execute(
        db,
      )
    const { rows: people } = await sql<{ user_id: string; user_id_key: string }>`
      select user_id, user_id_key from accounts where user_id != user_id_key`.execute(db)
    // Old IDs keep their form, and each has a lock of its own: two that differ in a hyphen only are two people.
    for (const { user_id: id, user_id_key: key } of people)
      await sql`insert into login_tries (who, name_hash, wrong_in_a_row, locked_until)
        select 'applicant', ${hashToken(id)}, wrong_in_a_row, locked_until from login_tries
        where who = 'applicant' and name_hash = ${hashToken(key)}`.execute(db)
  },
}
