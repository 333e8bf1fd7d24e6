import { Temporal } from 'temporal-polyfill'
import { type DeliveryFailure, isOwnFailure, RECIPIENT_FAILURES } from '#contract/http/mail-failure'
import { isEndTooFar } from '../../platform/clock-bounds.rules'

/**
 * So many different recipients in a row refused for the same reason stop the queue: it lies with the office then, and every further mail
 * would meet the same. What a server says of the recipients themselves is believed longer, since some addresses are simply wrong.
 */
export const STOP_AFTER = { own: 5, recipient: 10 }

/** Whether a failure counts towards the stop. What passes by itself (4xx) does not. */
export const isStrike = (failure: DeliveryFailure): boolean => failure !== 'busy'

/** Whether the queue stops now that so many different recipients were refused alike, without a mail between that was taken. */
export const mustStop = (failure: DeliveryFailure, recipients: number): boolean =>
  recipients >= (isOwnFailure(failure) ? STOP_AFTER.own : STOP_AFTER.recipient)

/** Minutes from one probe to the next, as for a single mail. */
const PROBE_WAITS = [1, 2, 5, 15, 60]
const LONGEST_WAIT = Temporal.Duration.from({ hours: 1 })

/** When one mail is tried again after `probes` of them have failed. */
export const nextProbe = (probes: number, now: Temporal.Instant): Temporal.Instant =>
  now.add({ minutes: PROBE_WAITS[probes] ?? 60 })

/** Whether one mail may be tried now; a time that lies too far ahead comes of a clock that ran ahead. */
export const isProbeDue = (nextProbeAt: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(nextProbeAt, now) <= 0 || isEndTooFar(nextProbeAt, LONGEST_WAIT, now)

/**
 * Whether an answer ends a stop: the server takes mail, or speaks of a recipient where it had refused the office. A stop for what was
 * said of recipients is ended by a mail that is taken alone.
 */
export const endsStop = (stopped: DeliveryFailure, answer: DeliveryFailure | null): boolean =>
  answer === null || (isOwnFailure(stopped) && RECIPIENT_FAILURES.some((one) => one === answer))

/** Failures of one mail after which staff are told although others may go out: a server that restarts is no trouble yet. */
export const UNREACHABLE_IS_TROUBLE_AFTER = 3
