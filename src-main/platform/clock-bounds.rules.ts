import { Temporal } from 'temporal-polyfill'

/*
 * A machine's clock may run ahead, by a year say, and be put right again. Whatever was stored meanwhile lies in the future then, and
 * would hold until that time comes. So no rule believes a stored time further than its own span reaches from now.
 */

/**
 * How far ahead of `now` a stored time may lie: clocks are corrected by seconds all the time, and of two requests at once the one that
 * read the clock earlier may look at what the other has written.
 */
export const CLOCK_TOLERANCE = Temporal.Duration.from({ minutes: 5 })

/** Whether a time at which something is said to have happened has not come yet: the clock ran ahead when it was written. */
export const isFromFuture = (stored: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(stored, now.add(CLOCK_TOLERANCE)) > 0

/** The stored end of something that lasts for `span` at most: never further from now than that. */
export function boundedEnd(end: Temporal.Instant, span: Temporal.Duration, now: Temporal.Instant): Temporal.Instant {
  const furthest = now.add(span)
  return Temporal.Instant.compare(end, furthest) > 0 ? furthest : end
}

/** Whether the stored end of something that lasts for `span` at most can only come of a clock that ran ahead. */
export const isEndTooFar = (end: Temporal.Instant, span: Temporal.Duration, now: Temporal.Instant): boolean =>
  isFromFuture(end, now.add(span))

/** So often it is noted how late it is at the latest. */
const NOTE_EVERY = Temporal.Duration.from({ minutes: 5 })

/**
 * What a look at the clock means, given the latest time that was noted: `back` where the clock was put back since, `note` where the
 * time is to be noted anew, else null.
 */
export function lookAtClock(latest: Temporal.Instant | null, now: Temporal.Instant): 'back' | 'note' | null {
  if (latest === null) return 'note'
  if (isFromFuture(latest, now)) return 'back'
  return Temporal.Instant.compare(now, latest.add(NOTE_EVERY)) >= 0 ? 'note' : null
}
