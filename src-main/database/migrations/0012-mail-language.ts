import { sql } from 'kysely'
import type { Migration } from '../migration'

/** How Japanese is written in the mails to a person. */
export const mailLanguage: Migration = {
  name: '0012-mail-language',
  up: async (db) => {
    await sql`alter table accounts add column mail_japanese text not null default 'plain' check (mail_japanese in ('plain', 'readings', 'easy'))`.execute(
      db,
    )
  },
}
