import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import type * as z from 'zod/mini'
import type { loginRequest, Session } from '#contract/http/account/session'
import { knowsRecentMove, millisecondsLeft } from '#domain/session-deadline'
import { ApiProblem } from '../../api/problem'
import { sessionApi } from '../../api/session'
import { useService } from '../service'
import { remember, remembered } from '../storage'

/** Until when this window's session lasts or lasted, so that after a reload, too, the login screen can say why. */
const DEADLINE = 'deadline'

/** Who is signed in on this page. The token itself is never here: it is a cookie that the page cannot read. */
export const useSession = defineStore('session', () => {
  const service = useService()
  const current = ref<Session | null>(null)
  /** The instant at which this window's session ended by itself (M2.6); null when it did not, or a new one has begun. */
  const timedOutAt = ref<string | null>(null)
  /** The reader is logging out: an end that is not to be explained. */
  const leaving = ref(false)
  let first: Promise<unknown> | null = null

  watch(
    () => current.value?.deadline,
    (deadline) => {
      if (deadline === undefined) return
      remember('session', DEADLINE, deadline)
      timedOutAt.value = null
    },
    { flush: 'sync' },
  )

  /**
   * Asks who is signed in, and answers whether it is known now: a service that does not answer changes nothing and is asked again by the next
   * `ready`.
   */
  async function refresh(): Promise<boolean> {
    try {
      current.value = await sessionApi.read()
      return true
    } catch (problem) {
      if (problem instanceof ApiProblem && problem.code === 'session.none') {
        await ended()
        return true
      }
      first = null
      return false
    }
  }

  /** Done when it is known who is signed in; asks only the first time. */
  async function ready(): Promise<void> {
    first ??= refresh()
    await first
  }

  /** M2.2. Throws `session.wrong`, `session.locked`, `session.other-system`, … as `ApiProblem`. */
  async function login(request: z.input<typeof loginRequest>): Promise<Session> {
    const session = await sessionApi.start(request)
    current.value = session
    return session
  }

  /** M2.3. The session is over here at once, and at the service when this returns. */
  async function logout(): Promise<void> {
    leaving.value = true
    try {
      await sessionApi.end()
      remember('session', DEADLINE, null)
      current.value = null
    } finally {
      leaving.value = false
    }
  }

  /** M2.6: a move to another screen counts as activity. A failure is told by what the screen itself asks for. */
  async function moved(): Promise<void> {
    if (!current.value || knowsRecentMove(current.value.deadline, service.now())) return
    try {
      keepDeadline((await sessionApi.extend()).deadline)
    } catch {
      // The next move tries again.
    }
  }

  /** The service has said until when the session lasts. */
  function keepDeadline(deadline: string): void {
    if (current.value && current.value.deadline !== deadline) current.value = { ...current.value, deadline }
  }

  /** Nobody is signed in any more. Done when it is known whether the session ended by itself. */
  async function ended(): Promise<void> {
    current.value = null
    const deadline = remembered('session', DEADLINE)
    if (deadline === null) return
    const isOver = () => millisecondsLeft(deadline, service.now()) === 0
    // The service's clock may have been moved since it was read (training).
    if (!isOver()) await service.load()
    if (current.value !== null) return
    if (isOver()) timedOutAt.value = deadline
    else remember('session', DEADLINE, null)
  }

  /** It is not known any more who is signed in; the next `ready` asks. */
  function forget(): void {
    current.value = null
    first = null
  }

  /** The reader has read why he is logged out. */
  function forgetTimeOut(): void {
    timedOutAt.value = null
    remember('session', DEADLINE, null)
  }

  return {
    current,
    signedIn: computed(() => current.value !== null),
    timedOutAt,
    leaving,
    ready,
    refresh,
    login,
    logout,
    moved,
    keepDeadline,
    ended,
    forget,
    forgetTimeOut,
  }
})
