import { Temporal } from 'temporal-polyfill'
import type { Db } from '../../database/open'
import { instantText } from '../../platform/clock'
import { hashToken, newToken } from '../../platform/ids'
import { findAccount } from '../account/account.repo'
import type { AccountRow } from '../../database/tables/account.table'
import { isSessionOpen, NO_LOGIN_ATTEMPTS, type LoginName, type LoginAttempts } from './session.rules'
import type { SessionRow } from '../../database/tables/session.table'

/** Wrong passwords in a row for a name. */
export async function readTries(trx: Db, { who, name }: LoginName): Promise<LoginAttempts> {
  const row = await trx
    .selectFrom('login_tries')
    .selectAll()
    .where('who', '=', who)
    .where('name_hash', '=', hashToken(name))
    .executeTakeFirst()
  if (!row) return NO_LOGIN_ATTEMPTS
  return {
    wrongInARow: row.wrong_in_a_row,
    lockedUntil: row.locked_until === null ? null : Temporal.Instant.from(row.locked_until),
  }
}

/** Keeps the count; none at all leaves no row. */
export async function saveLoginAttempts(trx: Db, { who, name }: LoginName, tries: LoginAttempts): Promise<void> {
  const name_hash = hashToken(name)
  if (tries.wrongInARow === 0) {
    await trx.deleteFrom('login_tries').where('who', '=', who).where('name_hash', '=', name_hash).execute()
    return
  }
  const values = {
    wrong_in_a_row: tries.wrongInARow,
    locked_until: tries.lockedUntil === null ? null : instantText(tries.lockedUntil),
  }
  await trx
    .insertInto('login_tries')
    .values({ who, name_hash, ...values })
    .onConflict((conflict) => conflict.columns(['who', 'name_hash']).doUpdateSet(values))
    .execute()
}

/** Opens a session and answers its token, which goes into the cookie and nowhere else. */
export async function createSession(
  trx: Db,
  account: { id: string; last_login_at: string | null },
  now: Temporal.Instant,
): Promise<{ token: string; row: SessionRow }> {
  const token = newToken()
  const row: SessionRow = {
    token_hash: hashToken(token),
    account_id: account.id,
    created_at: instantText(now),
    last_move_at: instantText(now),
    authenticated_at: instantText(now),
    previous_login_at: account.last_login_at,
  }
  await trx.insertInto('sessions').values(row).execute()
  await trx
    .updateTable('accounts')
    .set({ last_login_at: instantText(now) })
    .where('id', '=', account.id)
    .execute()
  return { token, row }
}

/** The session of a token, whether or not it has ended. */
export async function findSession(db: Db, token: string): Promise<SessionRow | null> {
  return (
    (await db.selectFrom('sessions').selectAll().where('token_hash', '=', hashToken(token)).executeTakeFirst()) ?? null
  )
}

/**
 * The session and its person as they stand in this transaction; null where the session has ended since the request began. The row
 * is written, so that whoever ends the session either has done so or waits: what follows in the transaction may rely on it.
 */
export async function holdSession(
  trx: Db,
  tokenHash: string,
  now: Temporal.Instant,
): Promise<{ session: SessionRow; account: AccountRow } | null> {
  const session = await trx
    .updateTable('sessions')
    .set((eb) => ({ last_move_at: eb.ref('last_move_at') }))
    .where('token_hash', '=', tokenHash)
    .returningAll()
    .executeTakeFirst()
  if (!session || !isSessionOpen(Temporal.Instant.from(session.last_move_at), now)) return null
  const account = await findAccount(trx, session.account_id)
  return account ? { session, account } : null
}

/** Notes a screen move; false where the session has ended. */
export async function touchSession(trx: Db, tokenHash: string, now: Temporal.Instant): Promise<boolean> {
  const moved = await trx
    .updateTable('sessions')
    .set({ last_move_at: instantText(now) })
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  return moved.numUpdatedRows > 0n
}

/** Ends a session at the server; says whose it was, null when there was none. */
export async function endSession(trx: Db, token: string): Promise<string | null> {
  const ended = await trx
    .deleteFrom('sessions')
    .where('token_hash', '=', hashToken(token))
    .returning('account_id')
    .executeTakeFirst()
  return ended?.account_id ?? null
}

/** Ends all sessions of a person, but for the one given. */
export async function endSessionsOf(trx: Db, accountId: string, exceptTokenHash?: string): Promise<void> {
  let sessions = trx.deleteFrom('sessions').where('account_id', '=', accountId)
  if (exceptTokenHash !== undefined) sessions = sessions.where('token_hash', '!=', exceptTokenHash)
  await sessions.execute()
}

/** Notes that the password was typed again. */
export async function noteAuthentication(trx: Db, tokenHash: string, now: Temporal.Instant): Promise<void> {
  const at = instantText(now)
  await trx
    .updateTable('sessions')
    .set({ authenticated_at: at, last_move_at: at })
    .where('token_hash', '=', tokenHash)
    .execute()
}
