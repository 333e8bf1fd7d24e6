import { kioskStatus, touchKiosk, type KioskStatus } from './kiosk'

/** How often a kiosk that is in use looks at the time: the countdown runs by seconds. */
const LOOK_EVERY_MS = 1_000

export interface KioskTimerParts {
  /** Running time in milliseconds. */
  now: () => number
  /** Calls `run` once after so many milliseconds; answers its undo. */
  schedule: (run: () => void, milliseconds: number) => () => void
  /** Tells what is to be shown: at each change, and each second of the countdown. */
  tell: (status: KioskStatus) => void
  /** The countdown is over: erases everything, and then forgets here, too. */
  erase: () => void
}

export interface KioskTimer {
  /** A touch or a key. */
  touched(): void
  /** The answer 続ける: the 90 seconds begin anew. */
  goOn(): void
  /** Nobody has touched anything since now. */
  forget(): void
  status(): KioskStatus
  stop(): void
}

/**
 * Follows the rule of `kioskStatus` through time, the same in the main process of the desktop shell, where no page can delay it,
 * and on the page of the browser shell. It measures at each look, so that a late look erases at once.
 */
export function kioskTimer({ now, schedule, tell, erase }: KioskTimerParts): KioskTimer {
  let touchedAt: number | null = null
  let told: KioskStatus['phase'] = 'fresh'
  let cancel: () => void = () => undefined

  const status = () => kioskStatus(touchedAt, now())

  function look(): void {
    cancel()
    const current = status()
    if (current.phase !== told || current.phase === 'asking') {
      told = current.phase
      tell(current)
    }
    if (current.phase === 'over') erase()
    else if (current.phase !== 'fresh') cancel = schedule(look, LOOK_EVERY_MS)
  }

  function set(touch: number | null): void {
    touchedAt = touch
    if (told !== status().phase) look()
  }

  return {
    touched() {
      set(touchKiosk(touchedAt, now()))
    },
    goOn() {
      if (status().phase === 'asking') set(now())
    },
    forget() {
      cancel()
      set(null)
    },
    status,
    stop() {
      cancel()
    },
  }
}
