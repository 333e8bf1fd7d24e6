import { sql } from 'kysely'
import type { Db } from '../../database/open'

/** Far more than any real import has; a file in which every hash has parameters of its own is not read to its end. */
const MOST_FORMS = 64

/** The part of a hash that says what work it takes: everything before salt and digest. */
const formOf = (hash: string): string =>
  hash.startsWith('$2') ? hash.slice(0, 7) : `${hash.split('$').slice(0, -2).join('$')}$`

/**
 * One stored hash of each form that is not today's (other functions, costs, rounds), for the work that every login does. A jump
 * over an index per form, which holds only such hashes (0014) and is empty where all people have a new password; the same for
 * every ID, whether or not it exists.
 */
export async function findOldHashes(db: Db): Promise<string[]> {
  const found: string[] = []
  let after = ''
  while (found.length < MOST_FORMS) {
    const row = await db
      .selectFrom('accounts')
      .select('password_hash')
      .where(sql<boolean>`substr(password_hash, 1, 31) <> '$argon2id$v=19$m=19456,t=2,p=1$'`)
      .where('password_hash', '>', after)
      .orderBy('password_hash')
      .limit(1)
      .executeTakeFirst()
    if (!row) break
    found.push(row.password_hash)
    // No sign of base64 lies behind it.
    after = `${formOf(row.password_hash)}~`
  }
  return found
}
