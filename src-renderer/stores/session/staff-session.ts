import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type * as z from 'zod/mini'
import { STAFF_IDLE_MS, type staffLoginRequest, type StaffSession } from '#contract/http/staff/staff'
import { millisecondsLeft } from '#domain/session-deadline'
import { ApiProblem } from '../../api/problem'
import { staffApi } from '../../api/staff'
import { useStaffDrafts } from '../drafts/staff-drafts'
import { useService } from '../service'
import { remember, remembered } from '../storage'

/** Until when this window's session of staff lasts or lasted, so that the login screen can say why after a reload, too. */
const DEADLINE = 'staff-deadline'

/** The service is told of screen moves once a minute at most. */
const MOVE_EVERY_MS = 60_000

/** Who of the staff is signed in on this page (DESIGN §9). The token is a cookie that the page cannot read. */
export const useStaffSession = defineStore('staff-session', () => {
  const service = useService()
  const current = ref<StaffSession | null>(null)
  /** The instant at which this window's session ended by itself; null when it did not, or a new one has begun. */
  const timedOutAt = ref<string | null>(null)
  let first: Promise<unknown> | null = null

  function begin(session: StaffSession): void {
    useStaffDrafts().belongTo(session.loginName)
    current.value = session
    timedOutAt.value = null
    remember('session', DEADLINE, session.deadline)
  }

  /**
   * Asks who is signed in, and answers whether it is known now: a service that does not answer changes nothing and is asked again by the next
   * `ready`.
   */
  async function refresh(): Promise<boolean> {
    try {
      begin(await staffApi.session.read())
      return true
    } catch (problem) {
      if (problem instanceof ApiProblem && problem.code === 'staff.none') {
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

  /** Throws `staff.wrong`, `session.locked`, … as `ApiProblem`. */
  async function login(request: z.input<typeof staffLoginRequest>): Promise<void> {
    begin(await staffApi.session.start(request))
    first = Promise.resolve()
  }

  /** Over here and at the service when this returns. */
  async function logout(): Promise<void> {
    await staffApi.session.end()
    useStaffDrafts().forgetAll()
    remember('session', DEADLINE, null)
    current.value = null
  }

  /** Whoever works is not idle: 15 more minutes. Answers whether the service has said so. */
  async function extend(): Promise<boolean> {
    try {
      const { deadline } = await staffApi.session.extend()
      if (current.value) begin({ ...current.value, deadline })
      return true
    } catch {
      return false
    }
  }

  /** A screen move, or typing. A failure is told by what the screen itself asks for, and the next move tries again. */
  async function moved(): Promise<void> {
    if (!current.value) return
    if (millisecondsLeft(current.value.deadline, service.now()) > STAFF_IDLE_MS - MOVE_EVERY_MS) return
    await extend()
  }

  /** Nobody is signed in any more. Done when it is known whether the session ended by itself: it did if its time is over, else somebody ended it. */
  async function ended(): Promise<void> {
    current.value = null
    const deadline = remembered('session', DEADLINE)
    if (deadline === null) return
    remember('session', DEADLINE, null)
    const isOver = () => millisecondsLeft(deadline, service.now()) === 0
    // The service's clock may have been moved since it was read (training).
    if (!isOver()) await service.load()
    if (current.value === null && isOver()) timedOutAt.value = deadline
  }

  /** It is not known any more who is signed in; the next `ready` asks. */
  function forget(): void {
    current.value = null
    first = null
  }

  return {
    current,
    signedIn: computed(() => current.value !== null),
    isAdmin: computed(() => current.value?.role === 'admin'),
    timedOutAt,
    ready,
    refresh,
    login,
    logout,
    extend,
    moved,
    ended,
    forget,
  }
})
