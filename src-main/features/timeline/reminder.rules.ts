import { Temporal } from 'temporal-polyfill'

/** M1.4, M5: a mail every 7 days while the receipt is not registered. */
const EVERY_HOURS = 7 * 24

/** M1.4: "until 3 months have passed since the issue": the end of the last valid day in Tokyo. `validUntil` is an ISO date. */
export function validityEnd(validUntil: string): Temporal.Instant {
  return Temporal.PlainDate.from(validUntil).add({ days: 1 }).toZonedDateTime('Asia/Tokyo').toInstant()
}

/**
 * The first reminder after `now` on the grid of 7 days that begins with the acceptance of the CoE mail; null when the
 * certificate is no longer valid by then. Slots that have passed meanwhile are not made up for: they got one reminder at once.
 */
export function nextReminder(
  acceptedAt: Temporal.Instant,
  validUntil: string,
  now: Temporal.Instant,
): Temporal.Instant | null {
  const passed = Math.max(0, Math.floor(acceptedAt.until(now).total('hours') / EVERY_HOURS))
  const next = acceptedAt.add({ hours: (passed + 1) * EVERY_HOURS })
  return Temporal.Instant.compare(next, validityEnd(validUntil)) < 0 ? next : null
}

/** Whether a reminder that is due may still go out: the certificate is valid. */
export const isStillValid = (validUntil: string, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(now, validityEnd(validUntil)) < 0
