import { Temporal } from 'temporal-polyfill'

/** DESIGN §5: minutes from an attempt to the next; after these it is tried hourly. */
const FIRST_WAITS = [1, 2, 5, 15, 60]
const LATER_WAIT = 60

/** DESIGN §5: a mail is tried for 3 days from its creation, where it is the recipient's server that does not take it. */
const LIFETIME = Temporal.Duration.from({ hours: 72 })

/**
 * When a mail is tried again after its `attempts`-th attempt (counted from 1) failed at `now`; null when it is given up,
 * because the next attempt would not lie within 3 days of its creation. What lies with the office, its server or the way there
 * (`isOwn`) gives up no mail, however long it takes to mend: the office would lose what it has promised to deliver.
 */
export function nextAttempt(
  attempts: number,
  createdAt: Temporal.Instant,
  now: Temporal.Instant,
  isOwn = false,
): Temporal.Instant | null {
  const next = now.add({ minutes: FIRST_WAITS[attempts - 1] ?? LATER_WAIT })
  if (isOwn) return next
  return Temporal.Instant.compare(next, createdAt.add(LIFETIME)) < 0 ? next : null
}
