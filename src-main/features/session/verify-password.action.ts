import type { Db } from '../../database/open'
import type { Passwords } from '../../platform/crypto/passwords'
import type { AccountRow } from '../../database/tables/account.table'
import { findOldHashes } from './old-hash.repo'

/** Somebody who changes the password all the time cannot keep a login busy; after these the password counts as wrong. */
const ROUNDS = 3

/**
 * Verifies a password, which takes its time outside of any transaction, and does what follows in one: on the account as it stands
 * there. Where the stored hash has become another one meanwhile, the password is verified anew against that, so that the password
 * that was committed last is the one that counts.
 * `fitting` is the password without what was pasted around it, where that is what fits.
 * @param find reads the account, or that there is none; it is asked before and in the transaction
 */
export async function withVerifiedPassword<T>(
  { db, passwords }: { db: Db; passwords: Passwords },
  find: (db: Db) => Promise<AccountRow | null>,
  password: string,
  act: (trx: Db, seen: { account: AccountRow | null; isRight: boolean; fitting: string | null }) => Promise<T>,
): Promise<T> {
  for (let round = 1; ; round += 1) {
    const before = await find(db)
    const fitting = await passwords.fitting(before?.password_hash ?? null, password, await findOldHashes(db))
    const done = await db.transaction().execute(async (trx) => {
      const account = await find(trx)
      const isSame = account?.id === before?.id && account?.password_hash === before?.password_hash
      if (!isSame && round < ROUNDS) return null
      const isRight = isSame && account !== null && fitting !== null
      return { value: await act(trx, { account, isRight, fitting }) }
    })
    if (done) return done.value
  }
}
