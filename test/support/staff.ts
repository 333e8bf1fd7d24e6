import { createStaff } from '#main/features/staff-session/staff-session.repo'
import { argonPasswords } from '#main/platform/crypto/passwords'
import type { Portal, Visitor } from './portal'

export const STAFF_PASSWORD = 'correct horse battery'

/** Adds somebody behind the counter. */
export async function addStaff(
  portal: Portal,
  role: 'clerk' | 'admin' = 'clerk',
  loginName: string = role,
): Promise<void> {
  const passwordHash = await argonPasswords({ memoryCost: 1024 }).hash(STAFF_PASSWORD)
  await createStaff(portal.data.db, { loginName, name: `${role} 太郎`, role, passwordHash }, portal.now())
}

/** Somebody behind the counter who is signed in. */
export async function staffMember(
  portal: Portal,
  role: 'clerk' | 'admin' = 'clerk',
  loginName: string = role,
): Promise<Visitor> {
  await addStaff(portal, role, loginName)
  const visitor = portal.visitor()
  await visitor.call('POST', '/staff/session', { loginName, password: STAFF_PASSWORD })
  return visitor
}
