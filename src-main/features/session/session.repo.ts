import { Temporal } from 'temporal-polyfill'
import { normalizeUserId } from '#contract/user-id'
import type { Db } from '../../database/open'
import { instantText } from '../../platform/clock'
import { hashToken, newToken } from '../../platform/ids'
import { NO_TRIES, type Tries } from './session.rules'
import type { SessionRow } from './session.table'

const triesKey = (typedUserId: string) => hashToken(normalizeUserId(typedUserId))

/** Wrong passwords in a row for an ID as typed. */
export async function readTries(trx: Db, typedUserId: string): Promise<Tries> {
  const row = await trx
    .selectFrom('login_tries')
    .selectAll()
    .where('user_id_hash', '=', triesKey(typedUserId))
    .executeTakeFirst()
  if (!row) return NO_TRIES
  return {
    wrongInARow: row.wrong_in_a_row,
    lockedUntil: row.locked_until === null ? null : Temporal.Instant.from(row.locked_until),
  }
}

/** Keeps the count; none at all leaves no row. */
export async function keepTries(trx: Db, typedUserId: string, tries: Tries): Promise<void> {
  const user_id_hash = triesKey(typedUserId)
  if (tries.wrongInARow === 0) {
    await trx.deleteFrom('login_tries').where('user_id_hash', '=', user_id_hash).execute()
    return
  }
  const values = {
    wrong_in_a_row: tries.wrongInARow,
    locked_until: tries.lockedUntil === null ? null : instantText(tries.lockedUntil),
  }
  await trx
    .insertInto('login_tries')
    .values({ user_id_hash, ...values })
    .onConflict((conflict) => conflict.column('user_id_hash').doUpdateSet(values))
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

/** Notes a screen move. */
export async function moveSession(trx: Db, tokenHash: string, now: Temporal.Instant): Promise<void> {
  await trx
    .updateTable('sessions')
    .set({ last_move_at: instantText(now) })
    .where('token_hash', '=', tokenHash)
    .execute()
}

/** Ends a session at the server; says whose it was, null when there was none. */
export async function endSession(trx: Db, token: string): Promise<string | null> {
  const row = await findSession(trx, token)
  if (!row) return null
  await trx.deleteFrom('sessions').where('token_hash', '=', row.token_hash).execute()
  return row.account_id
}

/** Clears away sessions whose last screen move lies before `instant`. */
export async function forgetSessionsBefore(db: Db, instant: Temporal.Instant): Promise<void> {
  await db.deleteFrom('sessions').where('last_move_at', '<=', instantText(instant)).execute()
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
