import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { z } from 'zod'
import type { loginRequest, Session } from '#contract/session'
import { api } from '../api/client'
import { ApiProblem } from '../api/problem'

/** M2.6 counts screen moves; telling the service once a minute is enough for a span of three hours. */
const EXTEND_EVERY_MS = 60_000

/** Who is signed in on this page. The token itself is never here: it is a cookie that the page cannot read. */
export const useSession = defineStore('session', () => {
  const current = ref<Session | null>(null)
  let first: Promise<void> | null = null
  let extendedAt = -Infinity

  /** Asks who is signed in; a service that does not answer changes nothing and is asked again by the next `ready`. */
  async function refresh(): Promise<void> {
    try {
      current.value = await api.session.read()
    } catch (problem) {
      if (problem instanceof ApiProblem && problem.code === 'session.none') current.value = null
      else first = null
    }
  }

  /** Done when it is known who is signed in; asks only the first time. */
  async function ready(): Promise<void> {
    first ??= refresh()
    await first
  }

  /** M2.2. Throws `session.wrong`, `session.locked`, `session.other-system`, … as `ApiProblem`. */
  async function login(request: z.input<typeof loginRequest>): Promise<Session> {
    const session = await api.session.start(request)
    current.value = session
    extendedAt = performance.now()
    return session
  }

  /** M2.3. The session is over here at once, and at the service when this returns. */
  async function logout(): Promise<void> {
    await api.session.end()
    current.value = null
  }

  /** M2.6: a move to another screen counts as activity. A failure is told by what the screen itself asks for. */
  async function moved(): Promise<void> {
    if (!current.value || performance.now() - extendedAt < EXTEND_EVERY_MS) return
    extendedAt = performance.now()
    try {
      const { deadline } = await api.session.extend()
      if (current.value) current.value = { ...current.value, deadline }
    } catch {
      extendedAt = -Infinity
    }
  }

  /** The service says that nobody is signed in any more. */
  function ended(): void {
    current.value = null
  }

  return { current, signedIn: computed(() => current.value !== null), ready, refresh, login, logout, moved, ended }
})
