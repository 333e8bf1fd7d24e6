import { sql } from 'kysely'
import type { Migration } from '../migration'

const statements = [
  sql`create table staff (
    id text primary key,
    login_name text not null unique,
    name text not null,
    role text not null check (role in ('clerk', 'admin')),
    password_hash text not null,
    created_at text not null,
    last_login_at text,
    left_at text
  ) strict`,
  sql`create table staff_sessions (
    token_hash text primary key,
    staff_id text not null references staff (id) on delete cascade,
    created_at text not null,
    last_move_at text not null,
    previous_login_at text
  ) strict, without rowid`,
  sql`create index staff_sessions_of_staff on staff_sessions (staff_id)`,
  sql`create table service_tokens (
    id text primary key,
    name text not null,
    token_hash text not null unique,
    created_at text not null,
    revoked_at text
  ) strict`,
]

/** The people behind the counter, their sessions, and the tokens of other systems. */
export const staff: Migration = {
  name: '0007-staff',
  up: async (db) => {
    for (const statement of statements) await statement.execute(db)
  },
}
