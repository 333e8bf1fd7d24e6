import { sql } from 'kysely'
import type { Migration } from '../migration'

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
  sql`drop index certificates_of_account`,
  sql`create index certificates_of_account on certificates (account_id, requested_at desc, number) where cancelled_at is null`,
  // Counting 100,000 rows takes longer than reading the 20 of a page: the database keeps the counts itself.
  sql`create table application_counts (
    state text not null,
    valid_until text not null,
    count integer not null,
    primary key (state, valid_until)
  ) strict, without rowid`,
  sql`create trigger application_counted after insert on applications begin
    insert into application_counts values (new.state, coalesce(new.valid_until, ''), 1)
      on conflict do update set count = count + 1;
  end`,
  sql`create trigger application_uncounted after delete on applications begin
    update application_counts set count = count - 1 where state = old.state and valid_until = coalesce(old.valid_until, '');
  end`,
  sql`create trigger application_recounted after update of state, valid_until on applications begin
    update application_counts set count = count - 1 where state = old.state and valid_until = coalesce(old.valid_until, '');
    insert into application_counts values (new.state, coalesce(new.valid_until, ''), 1)
      on conflict do update set count = count + 1;
  end`,
  sql`create table certificate_counts (
    account_id text primary key,
    count integer not null
  ) strict, without rowid`,
  sql`insert into certificate_counts select account_id, count(*) from certificates group by account_id`,
  sql`create trigger certificate_counted after insert on certificates begin
    insert into certificate_counts values (new.account_id, 1) on conflict do update set count = count + 1;
  end`,
  sql`create trigger certificate_uncounted after delete on certificates when old.cancelled_at is null begin
    update certificate_counts set count = count - 1 where account_id = old.account_id;
  end`,
  sql`create trigger certificate_recounted after update of cancelled_at on certificates
    when (old.cancelled_at is null) <> (new.cancelled_at is null) begin
    update certificate_counts set count = count + iif(new.cancelled_at is null, 1, -1) where account_id = new.account_id;
  end`,
]

/** Counter applications (DESIGN §9) and the correction of certificates as cancel and reissue. */
export const applications: Migration = {
  name: '0008-applications',
  up: async (db) => {
    for (const statement of statements) await statement.execute(db)
  },
}
