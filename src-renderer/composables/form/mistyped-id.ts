import { ref } from 'vue'
import type { FieldProblem } from '#contract/http/problem'
import { isMistypedUserId, normalizeUserId } from '#domain/user-id'

/**
 * Points out a wrong check character before anything is sent (DESIGN §3). Pressed again with the same ID, it is sent: IDs from
 * before 2026 may look mistyped (M2).
 */
export function useMistypedId(): (typed: { userId: string }) => FieldProblem[] {
  const questioned = ref('')
  return ({ userId }) => {
    const id = normalizeUserId(userId)
    if (!isMistypedUserId(userId) || questioned.value === id) return []
    questioned.value = id
    return [{ field: 'userId', code: 'user-id.mistyped' }]
  }
}
