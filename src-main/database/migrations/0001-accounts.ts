import { sql } from 'kysely'
import type { Migration } from '../migration'

const statements = [
  sql`create table accounts (
    id text primary key,
    system text not null check (system in ('zairyu', 'todokede')),
    user_id text not null unique,
    user_id_key text not null,
    category text not null check (category in ('organization', 'attorney', 'applicant', 'representative')),
    name_en text,
    email text not null,
    email_key text not null,
    phone text,
    organization text,
    birth_date text,
    sex text check (sex in ('male', 'female')),
    postal_code text,
    address text,
    language text not null,
    password_hash text not null,
    created_at text not null,
    last_login_at text,
    use_approved_at text,
    deletion_due_at text
  ) strict`,
  sql`create index accounts_by_user_id_key on accounts (user_id_key)`,
  sql`create index accounts_by_email_key on accounts (email_key)`,
  sql`create index accounts_to_delete on accounts (deletion_due_at) where deletion_due_at is not null`,
  sql`create table sessions (
    token_hash text primary key,
    account_id text not null references accounts (id) on delete cascade,
    created_at text not null,
    last_move_at text not null,
    authenticated_at text not null,
    previous_login_at text
  ) strict, without rowid`,
  sql`create index sessions_by_account on sessions (account_id)`,
  sql`create index sessions_by_last_move on sessions (last_move_at)`,
  sql`create table login_tries (
    user_id_hash text primary key,
    wrong_in_a_row integer not null,
    locked_until text
  ) strict, without rowid`,
  sql`create table mail_links (
    id text primary key,
    kind text not null,
    account_id text references accounts (id) on delete cascade,
    email_key text not null,
    email text not null,
    language text not null,
    certificate_number text,
    code_hash text not null,
    code_tries integer not null,
    issued_at text not null,
    used_at text
  ) strict`,
  sql`create index mail_links_by_email_key on mail_links (email_key, issued_at)`,
  sql`create index mail_links_of_account on mail_links (account_id, kind)`,
  sql`create table mail_link_tokens (
    token_hash text primary key,
    link_id text not null references mail_links (id) on delete cascade
  ) strict, without rowid`,
  sql`create index mail_link_tokens_by_link on mail_link_tokens (link_id)`,
  sql`create table limits (
    key_hash text primary key,
    window_started_at text not null,
    count integer not null
  ) strict, without rowid`,
  sql`create table audit (
    id text primary key,
    at text not null,
    actor text not null,
    action text not null,
    subject text not null,
    detail text,
    account_id text,
    device text
  ) strict`,
  sql`create index audit_by_at on audit (at)`,
  sql`create index audit_of_account on audit (account_id, at)`,
  sql`create table facts (
    name text primary key,
    value text not null
  ) strict, without rowid`,
]

/** People, their sessions and mailed links; with what every change of state needs: audit, limits, facts. */
export const accounts: Migration = {
  name: '0001-accounts',
  up: async (db) => {
    for (const statement of statements) await statement.execute(db)
  },
}
