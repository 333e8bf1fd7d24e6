import { sql } from 'kysely'
import type { Migration } from '../migrate'

/** Why a mail is not sent although it was written: what it says is no longer true. Null = it is wanted. */
export const mailsAndKeys: Migration = {
  name: '0015-mails-and-keys',
  up: async (db) => {
    await sql`alter table outbox add column withdrawn_for text`.execute(db)
  },
}
