import type { FieldProblem } from '#contract/http/problem'
import { containsUserId } from './account.rules'
import { isCommonPassword } from './common-passwords.reference'

/** What only the service can judge of a password that keeps M3-6; `userId` null = not yet issued. */
export function passwordProblems(password: string, userId: string | null): FieldProblem[] {
  if (isCommonPassword(password)) return [{ field: 'password', code: 'password.common' }]
  if (userId !== null && containsUserId(password, userId)) return [{ field: 'password', code: 'password.user-id' }]
  return []
}
