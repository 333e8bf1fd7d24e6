import { sql } from 'kysely'
import type { Migration } from '../migration'

/** The mails of a certificate are found by one index: its owner and the counter see what became of each. */
export const certificateMails: Migration = {
  name: '0006-certificate-mails',
  up: async (db) => {
    await sql`create index outbox_of_certificate on outbox (certificate_number, created_at, id) where certificate_number is not null`.execute(
      db,
    )
  },
}
