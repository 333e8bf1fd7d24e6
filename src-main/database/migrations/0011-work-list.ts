import { sql } from 'kysely'
import type { Migration } from '../migration'

const statements = [
  sql`create index applications_by_office on applications (office, updated_at desc, id)`,
  sql`create index applications_by_day on applications (received_on, office)`,
  // Beside the counts of all: a filter by office or day adds up some hundred rows of these, not the applications themselves.
  sql`create table application_day_counts (
    office text not null,
    received_on text not null,
    state text not null,
    valid_until text not null,
    count integer not null,
    primary key (office, received_on, state, valid_until)
  ) strict, without rowid`,
  sql`insert into application_day_counts
    select office, received_on, state, coalesce(valid_until, ''), count(*) from applications group by 1, 2, 3, 4`,
  sql`create trigger application_day_counted after insert on applications begin
    insert into application_day_counts values (new.office, new.received_on, new.state, coalesce(new.valid_until, ''), 1)
      on conflict do update set count = count + 1;
  end`,
  sql`create trigger application_day_uncounted after delete on applications begin
    update application_day_counts set count = count - 1
      where office = old.office and received_on = old.received_on and state = old.state and valid_until = coalesce(old.valid_until, '');
  end`,
  sql`create trigger application_day_recounted after update of office, received_on, state, valid_until on applications begin
    update application_day_counts set count = count - 1
      where office = old.office and received_on = old.received_on and state = old.state and valid_until = coalesce(old.valid_until, '');
    insert into application_day_counts values (new.office, new.received_on, new.state, coalesce(new.valid_until, ''), 1)
      on conflict do update set count = count + 1;
  end`,
]

/** The work list by office and by the day on which applications were taken in. */
export const workList: Migration = {
  name: '0011-work-list',
  up: async (db) => {
    for (const statement of statements) await statement.execute(db)
  },
}
