import { Temporal } from 'temporal-polyfill'
import { isFromFuture } from '../../platform/clock-bounds.rules'
import { accept, refuse, type Result } from '../../platform/result'

/** At most `count` requests in a window that begins with the first of them. */
export interface Limit {
  count: number
  window: Temporal.Duration
}

export interface LimitState {
  windowStartedAt: Temporal.Instant
  count: number
}

/**
 * Counts one more request. Refused with the instant from which it is answered again when the window holds `count` already.
 * A window that has not begun yet is none. Ours (DESIGN §6): limits by account, address and device, not by IP address.
 */
export function countRequest(
  state: LimitState | null,
  limit: Limit,
  now: Temporal.Instant,
): Result<LimitState, { retryAt: Temporal.Instant }> {
  const end = state?.windowStartedAt.add(limit.window)
  if (!state || !end || isFromFuture(state.windowStartedAt, now) || Temporal.Instant.compare(now, end) >= 0)
    return accept({ windowStartedAt: now, count: 1 })
  if (state.count >= limit.count) return refuse({ retryAt: end })
  return accept({ windowStartedAt: state.windowStartedAt, count: state.count + 1 })
}
