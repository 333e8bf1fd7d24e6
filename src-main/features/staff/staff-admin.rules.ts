import type { StaffRole } from '#contract/http/staff/staff'
import { accept, refuse, type Result } from '../../platform/result'

/**
 * Ours: somebody must always be able to let others in, so the last admin stays one; and nobody takes his own rights away by a
 * slip of the hand. `becomes` null: he leaves.
 */
export function takeRole(
  { isSelf, role, admins }: { isSelf: boolean; role: StaffRole; admins: number },
  becomes: StaffRole | null,
): Result<null, 'staff.self' | 'staff.last-admin'> {
  if (becomes === role || role !== 'admin') return becomes === null && isSelf ? refuse('staff.self') : accept(null)
  if (admins <= 1) return refuse('staff.last-admin')
  return isSelf ? refuse('staff.self') : accept(null)
}
