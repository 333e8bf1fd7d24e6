import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { KIOSK_COUNTDOWN_MS, type KioskLeaveReply, type KioskStatus, spokenCountdown } from '#domain/kiosk'
import { kioskTimer, type KioskTimer } from '#domain/kiosk-timer'
import { type PageClock, usePageClock } from '../page-clock'
import { forgetClipboard, wipeSession } from './kiosk-wipe'

const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const

/** In the browser shell this page is the whole kiosk: it hears touches itself, and begins anew where all is forgotten. */
function ownTimer(
  clock: PageClock,
  tell: (status: KioskStatus) => void,
  erase: () => void,
): { timer: KioskTimer; stop: () => void } {
  const timer = kioskTimer({
    now: () => clock.now(),
    schedule: (run, milliseconds) => {
      const timeout = setTimeout(run, milliseconds)
      return () => {
        clearTimeout(timeout)
      }
    },
    tell,
    erase,
  })
  const touched = () => {
    timer.touched()
  }
  for (const touch of TOUCHES) addEventListener(touch, touched, { capture: true, passive: true })
  return {
    timer,
    stop: () => {
      timer.stop()
      for (const touch of TOUCHES) removeEventListener(touch, touched, { capture: true })
    },
  }
}

/** DESIGN §3: how long nobody has touched this kiosk, and its end. The desktop shell follows it in the main process. */
export const useKiosk = defineStore('kiosk', () => {
  const clock = usePageClock()
  const status = ref<KioskStatus>({ phase: 'fresh', left: KIOSK_COUNTDOWN_MS })
  /** Seconds that a screen reader says now. */
  const spoken = ref<number | null>(null)
  const erasing = ref(false)
  let timer: KioskTimer | null = null

  function show(found: KioskStatus): void {
    spoken.value =
      found.phase === 'asking' && status.value.phase === 'asking'
        ? (spokenCountdown(status.value.left, found.left) ?? spoken.value)
        : null
    status.value = found
  }

  /** Follows the kiosk until the answered undo is called. */
  function follow(): () => void {
    const shell = window.zairyu
    if (shell) {
      const undo = shell.onKioskChanged(show)
      void shell.kioskStatus().then(show)
      return undo
    }
    const own = ownTimer(clock, show, () => void finish())
    timer = own.timer
    return own.stop
  }

  /** 続ける: another 90 seconds. */
  function goOn(): void {
    if (window.zairyu) void window.zairyu.continueKiosk()
    else timer?.goOn()
  }

  /** 終了して消去. Nothing comes after it on this page. */
  async function finish(): Promise<void> {
    if (erasing.value) return
    erasing.value = true
    if (window.zairyu) {
      await window.zairyu.finishKiosk()
      return
    }
    await forgetClipboard()
    await wipeSession()
    location.replace('/')
  }

  /** Staff end the program by their code. */
  const leave = (code: string): Promise<KioskLeaveReply> =>
    window.zairyu ? window.zairyu.leaveKiosk(code) : Promise.resolve({ left: false, why: 'wrong' })

  return {
    asking: computed(() => status.value.phase === 'asking'),
    /** Seconds of the countdown. */
    seconds: computed(() => Math.ceil(status.value.left / 1_000)),
    spoken,
    erasing,
    follow,
    goOn,
    finish,
    leave,
  }
})
