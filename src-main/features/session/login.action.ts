import type { Temporal } from 'temporal-polyfill'
import type { Db } from '../../database/open'
import { instantText } from '../../platform/clock'
import { hashToken } from '../../platform/ids'
import type { Passwords } from '../../platform/crypto/passwords'
import { writeAudit } from '../../database/audit'
import { consumeDeviceRateLimit } from '../../database/rate-limit/rate-limit.repo'
import { refused, refusedWith, type Outcome } from '../../platform/outcome'
import { findAccountByUserId, setPassword } from '../account/account.repo'
import type { AccountRow } from '../../database/tables/account.table'
import { createSession, endSession, saveLoginAttempts, readTries } from './session.repo'
import { applicantName, LOGINS_OF_A_DEVICE, tryLogin } from './session.rules'
import type { SessionRow } from '../../database/tables/session.table'
import { withVerifiedPassword } from './verify-password.action'

export interface LoginAttempt {
  userId: string
  password: string
  /** The session that this browser had before; it ends with a new one. */
  before: string | undefined
  /** The browser's own name, where it has one. */
  deviceKey: string | undefined
  device: string | null
}

export interface OpenedSession {
  token: string
  account: AccountRow
  session: SessionRow
  /** The password that fitted what was typed. */
  fitting: string | null
}

/**
 * M2.2: logs in, or counts a wrong password towards the lock. A hash of an older form is replaced afterwards, and only where it is
 * still the one that was verified: a reset in between stands.
 */
export async function logIn(
  { db, passwords }: { db: Db; passwords: Passwords },
  { userId, password, before, deviceKey, device }: LoginAttempt,
  now: Temporal.Instant,
): Promise<Outcome<OpenedSession>> {
  const find = (trx: Db) => findAccountByUserId(trx, userId)
  const opened = await withVerifiedPassword<Outcome<OpenedSession>>(
    { db, passwords },
    find,
    password,
    async (trx, { account, isRight, fitting }) => {
      const passed = await consumeDeviceRateLimit(trx, deviceKey, LOGINS_OF_A_DEVICE, now)
      if (!passed.ok) return refusedWith('request.too-many', { retryAt: instantText(passed.problem.retryAt) })
      const name = applicantName(account, userId)
      const login = tryLogin(await readTries(trx, name), isRight, now)
      await saveLoginAttempts(trx, name, login.tries)
      const subject = account ? `account:${account.id}` : `unknown:${hashToken(userId).slice(0, 12)}`
      const seen = { subject, device, ...(account && { accountId: account.id }) }
      if (login.kind !== 'in' || !account || account.system === 'todokede') {
        const action = login.kind === 'in' ? 'session.other-system' : `session.${login.kind}`
        await writeAudit(trx, { ...seen, actor: 'visitor', action }, now)
        if (login.kind === 'wrong') return refusedWith('session.wrong', { triesLeft: login.triesLeft })
        return login.kind === 'locked'
          ? refusedWith('session.locked', { until: instantText(login.until) })
          : refused('session.other-system')
      }
      if (before !== undefined) await endSession(trx, before)
      const { token, row } = await createSession(trx, account, now)
      await writeAudit(trx, { ...seen, actor: subject, action: 'session.opened' }, now)
      return { ok: true, value: { token, account, session: row, fitting } }
    },
  )
  if (opened.ok) await renewHash({ db, passwords }, opened.value.account, opened.value.fitting ?? password)
  return opened
}

/** A hash with today's parameters in the place of an older one that has just been verified. */
async function renewHash(
  { db, passwords }: { db: Db; passwords: Passwords },
  { id, password_hash: verified }: AccountRow,
  password: string,
): Promise<void> {
  if (!passwords.isOutdated(verified)) return
  const renewed = await passwords.hash(password)
  await setPassword(db, id, renewed, verified)
}
