import type { Temporal } from 'temporal-polyfill'
import type { Db } from '../../database/open'
import { refused, type Outcome } from '../../platform/outcome'
import type { AccountRow } from '../../database/tables/account.table'
import { holdSession } from './session.repo'
import type { SessionRow } from '../../database/tables/session.table'

/** Who asks for something with an open session, as the request found it. */
export interface SignedInActor {
  /** The hash of the session's token. */
  tokenHash: string
  /** Browser and system in plain words. */
  device: string | null
}

/**
 * What somebody does who is signed in, in one transaction, on session and account as they stand there: the session may have ended,
 * and the account may have changed, since the request began. A session that has ended does nothing any more.
 */
export const asSignedIn = <T>(
  db: Db,
  { tokenHash }: SignedInActor,
  now: Temporal.Instant,
  act: (trx: Db, held: { session: SessionRow; account: AccountRow }) => Promise<Outcome<T>>,
): Promise<Outcome<T>> =>
  db.transaction().execute(async (trx) => {
    const held = await holdSession(trx, tokenHash, now)
    return held ? act(trx, held) : refused('session.none')
  })
