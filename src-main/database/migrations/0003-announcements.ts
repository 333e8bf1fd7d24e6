import { sql } from 'kysely'
import type { Migration } from '../migration'

/** Announcements (M1.5); texts as JSON by language. */
export const announcements: Migration = {
  name: '0003-announcements',
  up: async (db) => {
    await sql`create table announcements (
      id text primary key,
      published_at text not null,
      until text,
      important integer not null,
      title text not null,
      body text not null
    ) strict`.execute(db)
    await sql`create index announcements_by_date on announcements (important desc, published_at desc, id)`.execute(db)
  },
}
