import type { Temporal } from 'temporal-polyfill'
import type { Db } from '../../database/open'
import { hashToken } from '../../platform/ids'
import type { Passwords } from '../../platform/crypto/passwords'
import { writeAudit } from '../../database/audit'
import { saveLoginAttempts, readTries } from '../session/session.repo'
import { tryLogin, type LoginOutcome } from '../session/session.rules'
import { createStaffSession, endStaffSession, findStaffByLogin } from './staff-session.repo'
import { staffName } from './staff-session.rules'
import type { StaffRow, StaffSessionRow } from '../../database/tables/staff.table'

export interface StaffLogin {
  loginName: string
  password: string
  /** The session that this browser had before; it ends with the new one. */
  before: string | undefined
  device: string | null
}

export type StaffSignIn =
  Exclude<LoginOutcome, { kind: 'in' }> | { kind: 'opened'; token: string; person: StaffRow; session: StaffSessionRow }

/**
 * DESIGN §9: staff sign in, locked like users. The person is read again after the hashing: one who has left meanwhile, or whose password
 * was replaced, does not get in with the old one.
 */
export async function signInStaff(
  { db, passwords }: { db: Db; passwords: Passwords },
  { loginName, password, before, device }: StaffLogin,
  now: Temporal.Instant,
): Promise<StaffSignIn> {
  const seen = (await findStaffByLogin(db, loginName))?.password_hash ?? null
  const fits = (await passwords.fitting(seen, password)) !== null
  return db.transaction().execute(async (trx) => {
    const person = await findStaffByLogin(trx, loginName)
    const isRight = fits && person !== null && person.password_hash === seen
    const login = tryLogin(await readTries(trx, staffName(loginName)), isRight, now)
    await saveLoginAttempts(trx, staffName(loginName), login.tries)
    const subject = person ? `staff:${person.id}` : `unknown:${hashToken(loginName).slice(0, 12)}`
    if (login.kind !== 'in' || !person) {
      if (login.kind === 'in') throw new Error('a right password without a person')
      const action = login.kind === 'wrong' ? { action: 'staff.wrong' } : { action: 'staff.locked' }
      await writeAudit(trx, { ...action, subject, device, actor: 'visitor' }, now)
      return login
    }
    if (before !== undefined) await endStaffSession(trx, before)
    const { token, row } = await createStaffSession(trx, person, now)
    await writeAudit(trx, { subject, device, actor: subject, action: 'staff.session-opened' }, now)
    return { kind: 'opened', token, person, session: row }
  })
}
