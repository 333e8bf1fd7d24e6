import { Temporal } from 'temporal-polyfill'

/** The only source of time: read once a request, at the edge, and handed to the rules as `now`. */
export interface Clock {
  now(): Temporal.Instant
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) }

/** Milliseconds that run on whatever is done to the machine's clock: for short spans inside of one process, never for a date. */
export const runningTime = (): number => performance.now()

/** When this process began; two processes that had the same number differ in it. */
export const PROCESS_START = performance.timeOrigin.toString(36)

/**
 * The clock of training data: the machine's clock moved by an offset in milliseconds. The offset is asked for at every
 * reading, because the command line of another process may have moved it.
 */
export function movedClock(offsetMilliseconds: () => number, base: Clock = systemClock): Clock {
  return { now: () => base.now().add({ milliseconds: offsetMilliseconds() }) }
}

/** The form in which instants are stored and sent: UTC with milliseconds, so that text order is time order. */
export function instantText(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: 'millisecond' })
}

/** The calendar date in Tokyo at an instant: what people at the counter call "today". */
export function dateInTokyo(instant: Temporal.Instant): Temporal.PlainDate {
  return instant.toZonedDateTimeISO('Asia/Tokyo').toPlainDate()
}
