import type { Temporal } from 'temporal-polyfill'
import type { StaffPerson } from '#contract/http/staff/admin'
import type { Db } from '../../database/open'
import { newPassphrase } from '../../platform/ids'
import type { Passwords } from '../../platform/crypto/passwords'
import { refused, type Outcome } from '../../platform/outcome'
import { saveLoginAttempts } from '../session/session.repo'
import { NO_LOGIN_ATTEMPTS } from '../session/session.rules'
import { asStaff, type StaffActor } from '../staff-session/as-staff.action'
import { endStaffSessions, findStaff, setStaffPassword, toStaffPerson } from './staff-admin.repo'
import { staffName } from '../staff-session/staff-session.rules'

/**
 * A new password for somebody who works here; ends their sessions (but the one that asks) and lifts a lock. Without a password one is
 * made and shown once: of two admins who do so at once, the slower one is told, since the password that they would be shown is none.
 */
export async function setPasswordOfStaff(
  { db, passwords }: { db: Db; passwords: Passwords },
  actor: StaffActor,
  { id, password }: { id: string; password?: string | undefined },
  now: Temporal.Instant,
): Promise<Outcome<{ person: StaffPerson; password: string | null }>> {
  const chosen = password ?? newPassphrase()
  const before = await findStaff(db, id)
  const passwordHash = await passwords.hash(chosen)
  return asStaff(db, actor, now, async (trx, { note }) => {
    const person = await findStaff(trx, id)
    if (!person || !before) return refused('staff.unknown')
    if (!(await setStaffPassword(trx, id, passwordHash, before.password_hash))) return refused('staff.password-changed')
    await endStaffSessions(trx, id, actor.tokenHash)
    await saveLoginAttempts(trx, staffName(person.login_name), NO_LOGIN_ATTEMPTS)
    await note({ action: 'staff.password-set', subject: `staff:${id}` })
    return { ok: true, value: { person: toStaffPerson(person), password: password === undefined ? chosen : null } }
  })
}
