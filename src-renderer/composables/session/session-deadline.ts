import { useIntervalFn } from '@vueuse/core'
import { onScopeDispose, readonly, ref, watch } from 'vue'
import { useRouter } from 'vue-router'
import { deadlinePhase, millisecondsLeft, type SessionStatus, spokenOnTheWay } from '#domain/session-deadline'
import { useService } from '../../stores/service'
import { useSession } from '../../stores/session/session'
import { remember, remembered } from '../../stores/storage'
import { serviceDeadline, shellDeadline } from './deadline-source'
import { leadFromLogin, leadToLogin } from './login-redirect'
import { useTabs } from './tabs'

/** The deadline that was answered by キャンセル; other tabs and a reload know it too. */
const DECLINED = 'declined-deadline'

/**
 * M2.6: how long the session still lasts, in both shells, for as long as the calling component lives. At the deadline the
 * session ends here, too, and a screen that needs one gives way to the login.
 */
export function useSessionDeadline() {
  const router = useRouter()
  const service = useService()
  const session = useSession()
  const source = window.zairyu ? shellDeadline(window.zairyu) : serviceDeadline()

  const phase = ref<'quiet' | 'asking' | 'declined'>('quiet')
  /** Milliseconds until the logout. */
  const left = ref(0)
  /** What a screen reader is told: so many milliseconds are left. */
  const spoken = ref<number | null>(null)
  const busy = ref(false)
  const failed = ref(false)
  const declined = ref(remembered('local', DECLINED))
  let looking: Promise<void> | null = null

  const say = useTabs((message) => {
    if (message.kind === 'declined') {
      declined.value = message.deadline
      show()
    } else if (message.deadline !== (session.current?.deadline ?? null)) {
      if (session.signedIn) void look()
      else if (message.deadline !== null) void follow()
    }
  })
  watch(
    () => session.current?.deadline ?? null,
    (deadline) => {
      say({ kind: 'deadline', deadline })
      show()
    },
  )

  /** Shows what is to be shown now; at the deadline asks once more, since it may have been moved elsewhere. */
  function show(): void {
    const deadline = session.current?.deadline
    if (deadline === undefined) {
      rest()
      return
    }
    const now = service.now()
    const before = left.value
    left.value = millisecondsLeft(deadline, now)
    const found = deadlinePhase(deadline, now, declined.value)
    if (found === 'over') void end()
    else if (found === 'quiet') rest()
    else {
      // What has just appeared tells its time by itself.
      if (phase.value !== 'quiet') spoken.value = spokenOnTheWay(before, left.value) ?? spoken.value
      phase.value = found
    }
  }

  function rest(): void {
    phase.value = 'quiet'
    spoken.value = null
    failed.value = false
  }

  /** Takes over what the service has said; `wasSignedIn` before it was asked. */
  function take(status: SessionStatus, wasSignedIn = session.signedIn): void {
    service.tellTime(status.now)
    if (status.deadline !== null) session.keepDeadline(status.deadline)
    else if (wasSignedIn && !session.leaving) leave()
    show()
  }

  function leave(): void {
    if (session.signedIn) void session.ended()
    void leadToLogin(router)
  }

  async function lookNow(): Promise<void> {
    const wasSignedIn = session.signedIn
    try {
      take(await source.status(), wasSignedIn)
    } catch {
      // The program is ending; the page goes with it.
    }
  }

  /** One look at a time. Who comes while it lasts may know more than it: then a second one follows. */
  async function look(): Promise<void> {
    if (looking) {
      await looking
      return looking ?? look()
    }
    looking = lookNow()
    await looking
    looking = null
  }

  /** The deadline is reached as far as this page knows. A service that cannot be asked does not keep the session open. */
  async function end(): Promise<void> {
    if (looking) return
    await look()
    const deadline = session.current?.deadline
    if (deadline !== undefined && deadlinePhase(deadline, service.now()) === 'over') leave()
    show()
  }

  /** Somebody has signed in in another tab. */
  async function follow(): Promise<void> {
    await session.refresh()
    if (session.signedIn) leadFromLogin(router)
  }

  /** OK: 3 more hours. Says whether it was done; if not, `failed` tells why the question still stands. */
  async function extend(): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    failed.value = false
    try {
      const status = await source.extend()
      take(status)
      return status.deadline !== null
    } catch {
      // Where the session is over the page is on its way to the login, and nothing shows this.
      failed.value = true
      return false
    } finally {
      busy.value = false
    }
  }

  /** キャンセル: the logout comes at its time; here and in all tabs a bar says so. */
  function decline(): void {
    const deadline = session.current?.deadline
    if (deadline === undefined) return
    declined.value = deadline
    failed.value = false
    remember('local', DECLINED, deadline)
    say({ kind: 'declined', deadline })
    show()
  }

  useIntervalFn(show, 1_000)
  onScopeDispose(
    source.follow({
      found: (status) => {
        take(status)
      },
      ask: () => {
        if (session.signedIn) void look()
      },
    }),
  )
  show()

  return {
    phase: readonly(phase),
    left: readonly(left),
    spoken: readonly(spoken),
    busy: readonly(busy),
    failed: readonly(failed),
    extend,
    decline,
  }
}
