import { sql } from 'kysely'
import type { Migration } from '../migration'

const statements = [
  sql`drop index applications_of_account`,
  sql`create index applications_of_account on applications (account_id, created_at desc, receipt_number)`,
  sql`create table own_application_counts (
    account_id text primary key references accounts (id) on delete cascade,
    count integer not null
  ) strict, without rowid`,
  sql`insert into own_application_counts select account_id, count(*) from applications group by account_id`,
  sql`create trigger own_application_counted after insert on applications begin
    insert into own_application_counts values (new.account_id, 1) on conflict do update set count = count + 1;
  end`,
  sql`create trigger own_application_uncounted after delete on applications begin
    update own_application_counts set count = count - 1 where account_id = old.account_id;
  end`,
  // Certificates from before 0008 get what a handed-over one gets, under the numbers of offices that are not in the reference data.
  sql`insert into applications (id, receipt_number, account_id, office, received_on, state, certificate_number, valid_until, note, taken_by, created_at, updated_at)
    select lower(hex(randomblob(16))),
      'EXT-' || substr(issued_on, 1, 4) || '-' || printf('%06d', coalesce((select last from receipt_counters where series = 'EXT-' || substr(issued_on, 1, 4)), 0)
        + row_number() over (partition by substr(issued_on, 1, 4) order by requested_at, number)),
      account_id, issuing_office, issued_on,
      case when registered_at is not null then 'registered' when mail_accepted_at is not null then 'sent' else 'issued' end,
      number, valid_until, '', null, requested_at, coalesce(registered_at, mail_accepted_at, requested_at)
    from certificates
    where cancelled_at is null
      and not exists (select 1 from applications known where known.certificate_number = certificates.number)`,
  sql`insert into receipt_counters (series, last)
    select substr(receipt_number, 1, 8), max(cast(substr(receipt_number, 10) as integer)) from applications where receipt_number like 'EXT-%' group by 1
    on conflict do update set last = max(last, excluded.last)`,
]

/** 申請状況確認: a person's applications, newest first and counted; every certificate belongs to one. */
export const ownApplications: Migration = {
  name: '0010-own-applications',
  up: async (db) => {
    for (const statement of statements) await statement.execute(db)
  },
}
