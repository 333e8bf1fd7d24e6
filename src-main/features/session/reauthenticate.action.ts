import { Temporal } from 'temporal-polyfill'
import type { Db } from '../../database/open'
import { instantText } from '../../platform/clock'
import type { Passwords } from '../../platform/crypto/passwords'
import { selfAuditEntry, writeAudit } from '../../database/audit'
import { refused, refusedWith, type Outcome, type Refused } from '../../platform/outcome'
import { findAccount } from '../account/account.repo'
import type { AccountRow } from '../../database/tables/account.table'
import type { SignedInActor } from './as-signed-in.action'
import { holdSession, saveLoginAttempts, noteAuthentication, readTries } from './session.repo'
import { applicantName, isRecent, tryLogin } from './session.rules'
import type { SessionRow } from '../../database/tables/session.table'
import { withVerifiedPassword } from './verify-password.action'

/** A password of an account, typed in another place than the login, counts towards the lock like one that is typed there; null where it is right. */
export async function countPassword(
  trx: Db,
  account: AccountRow,
  isRight: boolean,
  { actor, device }: { actor: string; device: string | null },
  now: Temporal.Instant,
): Promise<Refused | null> {
  const name = applicantName(account)
  const outcome = tryLogin(await readTries(trx, name), isRight, now)
  await saveLoginAttempts(trx, name, outcome.tries)
  if (outcome.kind === 'in') return null
  await writeAudit(trx, { ...selfAuditEntry(account.id, `session.${outcome.kind}`, device), actor }, now)
  if (outcome.kind === 'locked') return refusedWith('session.locked', { until: instantText(outcome.until) })
  const params = { triesLeft: outcome.triesLeft }
  return refused('request.invalid', [{ field: 'currentPassword', code: 'password.wrong', params }])
}

/** Whether the password was typed less than 10 minutes ago in this session; the write that needs it asks again. */
export const isRecentlyAuthenticated = (session: SessionRow, now: Temporal.Instant): boolean =>
  isRecent(Temporal.Instant.from(session.authenticated_at), now)

/**
 * Makes sure that it is the owner who changes password or address (DESIGN §6): the login is less than 10 minutes ago, or the
 * password comes with the request. Wrong ones count towards the lock. What follows asks `isRecentlyAuthenticated` again.
 */
export async function reauthenticate(
  { db, passwords }: { db: Db; passwords: Passwords },
  { account, session, tokenHash, device }: SignedInActor & { account: AccountRow; session: SessionRow },
  currentPassword: string | undefined,
  now: Temporal.Instant,
): Promise<Outcome<null>> {
  if (isRecentlyAuthenticated(session, now)) return { ok: true, value: null }
  if (currentPassword === undefined || currentPassword === '') return refused('session.not-recent')
  const find = (trx: Db) => findAccount(trx, account.id)
  return withVerifiedPassword<Outcome<null>>(
    { db, passwords },
    find,
    currentPassword,
    async (trx, { account, isRight }) => {
      const held = await holdSession(trx, tokenHash, now)
      if (!held || !account) return refused('session.none')
      const refusal = await countPassword(trx, account, isRight, { actor: `account:${account.id}`, device }, now)
      if (refusal) return refusal
      await noteAuthentication(trx, tokenHash, now)
      return { ok: true, value: null }
    },
  )
}
