import { Temporal } from 'temporal-polyfill'

/** DESIGN §5: minutes from an attempt to the next; after these it is tried hourly. */
const FIRST_WAITS = [1, 2, 5, 15, 60]
const LATER_WAIT = 60

/** DESIGN §5: a mail is tried for 3 days from its creation. */
const LIFETIME = Temporal.Duration.from({ hours: 72 })

/**
 * When a mail is tried again after its `attempts`-th attempt (counted from 1) failed at `now`; null when it is given up,
 * because the next attempt would not lie within 3 days of its creation.
 */
export function nextAttempt(
  attempts: number,
  createdAt: Temporal.Instant,
  now: Temporal.Instant,
): Temporal.Instant | null {
  const next = now.add({ minutes: FIRST_WAITS[attempts - 1] ?? LATER_WAIT })
  return Temporal.Instant.compare(next, createdAt.add(LIFETIME)) < 0 ? next : null
}
