import type { Temporal } from 'temporal-polyfill'
import type { StaffPerson } from '#contract/http/staff/admin'
import type { StaffRole } from '#contract/http/staff/staff'
import type { Db } from '../../database/open'
import { newPassphrase } from '../../platform/ids'
import type { Passwords } from '../../platform/crypto/passwords'
import { refused, type Outcome } from '../../platform/outcome'
import { asStaff, type StaffActor } from '../staff-session/as-staff.action'
import { findStaff, toStaffPerson } from './staff-admin.repo'
import { createStaff, isLoginTaken } from '../staff-session/staff-session.repo'

export interface NewStaff {
  loginName: string
  name: string
  role: StaffRole
  password?: string | undefined
}

/** Adds somebody to the staff. Without a password one is made, which is in the answer and nowhere else. */
export async function addStaff(
  { db, passwords }: { db: Db; passwords: Passwords },
  actor: StaffActor,
  { loginName, name, role, password }: NewStaff,
  now: Temporal.Instant,
): Promise<Outcome<{ person: StaffPerson; password: string | null }>> {
  const chosen = password ?? newPassphrase()
  const passwordHash = await passwords.hash(chosen)
  return asStaff(db, actor, now, async (trx, { note }) => {
    if (await isLoginTaken(trx, loginName))
      return refused('request.invalid', [{ field: 'loginName', code: 'login-name.taken' }])
    const id = await createStaff(trx, { loginName, name, role, passwordHash }, now)
    await note({ action: 'staff.added', subject: `staff:${id}` })
    const added = await findStaff(trx, id)
    if (!added) return refused('staff.unknown')
    return { ok: true, value: { person: toStaffPerson(added), password: password === undefined ? chosen : null } }
  })
}
