import { emailKey } from '#domain/text/email-address'
import { normalizeUserId } from '#domain/user-id'
import type { Migration } from '../migration'

/**
 * The keys by which accounts and links are found leave out what cannot be seen, and have the domain in ASCII. Rows from before get
 * theirs as well, so that whoever has such an address or ID is found by each of its spellings.
 */
export const typedKeys: Migration = {
  name: '0018-typed-keys',
  up: async (db) => {
    const accounts = await db
      .selectFrom('accounts')
      .select(['id', 'user_id', 'user_id_key', 'email', 'email_key'])
      .execute()
    for (const row of accounts) {
      const keys = { user_id_key: normalizeUserId(row.user_id), email_key: emailKey(row.email) }
      if (keys.user_id_key !== row.user_id_key || keys.email_key !== row.email_key)
        await db.updateTable('accounts').set(keys).where('id', '=', row.id).execute()
    }
    const links = await db.selectFrom('mail_links').select(['id', 'email', 'email_key']).execute()
    for (const { id, email, email_key: before } of links) {
      const email_key = emailKey(email)
      if (email_key !== before) await db.updateTable('mail_links').set({ email_key }).where('id', '=', id).execute()
    }
  },
}
