import { Temporal } from 'temporal-polyfill'
import { accept, refuse, type Result } from '../../platform/result'
import { countRequest, type Limit, type LimitState } from '../../database/rate-limit/rate-limit.rules'

/** Ours: five codes in a quarter of an hour, whoever types them; the right one begins anew. */
export const CODE_LIMIT: Limit = { count: 5, window: Temporal.Duration.from({ minutes: 15 }) }

/** Counts one more code that is tried at the kiosk; refused with the instant from which the next one is looked at. */
export const countCode = (
  tried: LimitState | null,
  now: Temporal.Instant,
): Result<LimitState, { retryAt: Temporal.Instant }> => countRequest(tried, CODE_LIMIT, now)

/** Ours: long enough not to be guessed at this rate, short enough to be typed at the counter. */
const SHORTEST = 8
const LONGEST = 64
/** What the kiosk's own keyboard has. */
const TYPABLE = /^[A-Za-z0-9$%&=@_#*+\-?!.]+$/

/** An admin code that is being set; refused with one line for the operator. */
export function readNewCode(typed: string): Result<string, string> {
  if (typed.length < SHORTEST || typed.length > LONGEST)
    return refuse(`The code must be ${SHORTEST} to ${LONGEST} characters long.`)
  if (!TYPABLE.test(typed)) return refuse('The code may hold A–Z, a–z, 0–9 and $%&=@_#*+-?!. only.')
  return accept(typed)
}
