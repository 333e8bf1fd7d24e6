import { ref, watch } from 'vue'
import type { FieldProblem } from '#contract/http/problem'
import type { ApiProblem } from '../../api/problem'
import { useService } from '../../stores/service'
import { useSession } from '../../stores/session/session'

/**
 * Whether the current password is asked for (DESIGN §6): from the start when the login is longer ago than 10 minutes, later when
 * the service says so. What it returns goes into `useForm`; `CurrentPasswordField` shows the field.
 */
export function useOwnerCheck() {
  const session = useSession()
  const service = useService()
  const isRecent = () => Date.parse(session.current?.recentUntil ?? '') > Date.parse(service.now())
  const needed = ref(!isRecent())
  // After a reload the screen may be there before the service's time is known.
  watch(
    () => service.health !== null,
    () => (needed.value ||= !isRecent()),
    { once: true },
  )

  return {
    needed,
    marks: { 'session.not-recent': ['currentPassword'] },
    /** The field is empty although it is asked for. */
    check: ({ currentPassword }: { currentPassword: string }): FieldProblem[] =>
      needed.value && currentPassword === '' ? [{ field: 'currentPassword', code: 'field.required' }] : [],
    /** Shows the field when the service asks for it; the refusal is still told. */
    onProblem: ({ code }: ApiProblem): false => {
      if (code === 'session.not-recent') needed.value = true
      return false
    },
    /** The service has seen the right password: the next 10 minutes have begun. */
    passed: async () => {
      if (needed.value) await session.refresh()
    },
  }
}
