/** M2.6: without a screen move for 3 hours the system logs out, … */
export const SESSION_IDLE_MS = 3 * 60 * 60_000
/** … and asks 10 minutes before whether to stay. */
export const LOGOUT_WARNING_MS = 10 * 60_000

/** Ours: how much is left when a screen reader says so; in between it is silent. The first of them is the dialog itself. */
export const SPOKEN_LEFT_MS = [10 * 60_000, 5 * 60_000, 60_000, 30_000] as const

/** Ours: telling the service of screen moves once a minute is enough for a span of three hours. */
const MOVE_EVERY_MS = 60_000

/** Until when the session lasts (instant; null: nobody is signed in), and what time it was at the service when this was said. */
export interface SessionStatus {
  deadline: string | null
  now: string
}

/**
 * `quiet`: nothing to say yet; `asking`: the dialog; `declined`: the reader has answered キャンセル, a bar keeps the time;
 * `over`: the deadline is reached.
 */
export type DeadlinePhase = 'quiet' | 'asking' | 'declined' | 'over'

/** Milliseconds until a deadline, at least 0. Both are instants of the service's clock. */
export function millisecondsLeft(deadline: string, now: string): number {
  return Math.max(0, Date.parse(deadline) - Date.parse(now))
}

/** M2.6: what is to be shown at `now`. `declined` is the deadline that was answered by キャンセル: a later one asks anew. */
export function deadlinePhase(deadline: string, now: string, declined: string | null = null): DeadlinePhase {
  const left = millisecondsLeft(deadline, now)
  if (left === 0) return 'over'
  if (left > LOGOUT_WARNING_MS) return 'quiet'
  return deadline === declined ? 'declined' : 'asking'
}

/** Milliseconds until the phase changes by itself; null when it never will. */
export function untilNextPhase(deadline: string, now: string): number | null {
  const left = millisecondsLeft(deadline, now)
  if (left === 0) return null
  return left > LOGOUT_WARNING_MS ? left - LOGOUT_WARNING_MS : left
}

/** Whether the service knows of a screen move of this last minute already, so that another one need not be told. */
export function knowsRecentMove(deadline: string, now: string): boolean {
  return Date.parse(deadline) - Date.parse(now) > SESSION_IDLE_MS - MOVE_EVERY_MS
}

/** The time left that a screen reader says when `before` ms have shrunk to `left`: the last one passed, or null for none. */
export function spokenOnTheWay(before: number, left: number): (typeof SPOKEN_LEFT_MS)[number] | null {
  return SPOKEN_LEFT_MS.findLast((mark) => left <= mark && mark < before) ?? null
}
