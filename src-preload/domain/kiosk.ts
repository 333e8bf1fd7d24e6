import * as z from 'zod/mini'

/** DESIGN §3: without touch or key for 90 seconds the kiosk asks whether somebody is there, … */
export const KIOSK_IDLE_MS = 90_000
/** … counts down 30 seconds, and erases what the visitor left. */
export const KIOSK_COUNTDOWN_MS = 30_000

/** Ours: seconds left that a screen reader says. The first word, at 30, is the dialog itself. */
const SPOKEN_SECONDS = [20, 10, 5] as const

/**
 * `fresh`: nobody has touched anything since the last wipe; `used`: somebody works; `asking`: the countdown runs; `over`: to
 * be erased now.
 */
export type KioskPhase = 'fresh' | 'used' | 'asking' | 'over'

/** What the kiosk shows, and how many milliseconds are left of the countdown (all of them before it has begun). */
export interface KioskStatus {
  phase: KioskPhase
  left: number
}

/**
 * The state of a kiosk that was touched last at `touchedAt` (null: not since the wipe). Both are milliseconds of one running
 * clock that nobody can set, so that no change of the machine's time shortens or prolongs a visit.
 */
export function kioskStatus(touchedAt: number | null, now: number): KioskStatus {
  if (touchedAt === null) return { phase: 'fresh', left: KIOSK_COUNTDOWN_MS }
  const idle = now - touchedAt
  const left = Math.min(KIOSK_COUNTDOWN_MS, Math.max(0, KIOSK_IDLE_MS + KIOSK_COUNTDOWN_MS - idle))
  if (idle < KIOSK_IDLE_MS) return { phase: 'used', left }
  return { phase: left > 0 ? 'asking' : 'over', left }
}

/** When it was touched last, after a touch or key at `now`. While the kiosk asks, only the answer 続ける counts. */
export function touchKiosk(touchedAt: number | null, now: number): number | null {
  const { phase } = kioskStatus(touchedAt, now)
  return phase === 'fresh' || phase === 'used' ? now : touchedAt
}

/** The seconds that a screen reader says when `before` ms have shrunk to `left`; null for none. */
export function spokenCountdown(before: number, left: number): (typeof SPOKEN_SECONDS)[number] | null {
  return SPOKEN_SECONDS.findLast((mark) => left <= mark * 1_000 && mark * 1_000 < before) ?? null
}

/** What was typed as the code: anything, within reason. */
export const kioskCodeTry = z.string().check(z.maxLength(256))

/** The answer to a code: the program ends, or why not. `retryAt` is an instant. */
export type KioskLeaveReply =
  { left: true } | { left: false; why: 'wrong' } | { left: false; why: 'limited'; retryAt: string }

/** What a kiosk lets its visitors do. */
export interface KioskOptions {
  print: boolean
  keyboard: boolean
}
