import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { isSessionOpen, isRecent, LOCK, tryLogin } from '#main/features/session/session.rules'
import { isStaffSessionOpen } from '#main/features/staff-session/staff-session.rules'
import { boundedEnd, CLOCK_TOLERANCE, isEndTooFar, isFromFuture, lookAtClock } from '#main/platform/clock-bounds.rules'
import { countRequest } from '#main/database/rate-limit/rate-limit.rules'

const now = Temporal.Instant.from('2026-11-22T00:00:00Z')
const later = (span: string) => now.add(Temporal.Duration.from(span))
/** Any time from two years before now to two years after it, most of them near. */
const anyTime = fc
  .oneof(fc.integer({ min: -63e9, max: 63e9 }), fc.integer({ min: -90e6, max: 90e6 }))
  .map((milliseconds) => now.add({ milliseconds }))
const secondsTo = (end: Temporal.Instant) => now.until(end).total('seconds')
const TOLERATED = CLOCK_TOLERANCE.total('seconds')

describe('a stored time', () => {
  it.each([
    { ahead: 'PT5M', future: false },
    { ahead: 'PT5M0.001S', future: true },
    { ahead: 'PT8760H', future: true },
  ])('that lies $ahead ahead is believed or not', ({ ahead, future }) => {
    expect(isFromFuture(later(ahead), now)).toBe(future)
    expect(isEndTooFar(later(ahead).add({ hours: 1 }), Temporal.Duration.from({ hours: 1 }), now)).toBe(future)
    expect(isSessionOpen(later(ahead), now)).toBe(!future)
    expect(isStaffSessionOpen(later(ahead), now)).toBe(!future)
    expect(isRecent(later(ahead), now)).toBe(!future)
    expect(lookAtClock(later(ahead), now)).toBe(future ? 'back' : null)
  })

  it.each([
    { ago: 'PT4M59.999S', seen: null },
    { ago: 'PT5M', seen: 'note' },
  ])('of the last look is noted anew after five minutes: $ago', ({ ago, seen }) => {
    expect(lookAtClock(now.subtract(Temporal.Duration.from(ago)), now)).toBe(seen)
    expect(lookAtClock(null, now)).toBe('note')
  })
})

describe('whatever was stored while the clock ran ahead', () => {
  it('no session lasts longer than its span from now', () => {
    fc.assert(
      fc.property(anyTime, (moved) => {
        const spans = [
          [isSessionOpen, 3 * 3600],
          [isStaffSessionOpen, 15 * 60],
          [isRecent, 10 * 60],
        ] as const
        for (const [holds, span] of spans)
          if (holds(moved, now)) expect(secondsTo(moved) + span).toBeLessThanOrEqual(span + TOLERATED)
      }),
    )
  })

  it('no lock ends later than 24 hours from now, and what is stored of it after a try neither', () => {
    fc.assert(
      fc.property(anyTime, fc.boolean(), (lockedUntil, isRight) => {
        const outcome = tryLogin({ wrongInARow: 5, lockedUntil }, isRight, now)
        const left = outcome.tries.lockedUntil === null ? 0 : secondsTo(outcome.tries.lockedUntil)
        expect(left).toBeLessThanOrEqual(24 * 3600)
        if (outcome.kind === 'locked') expect(outcome.until).toEqual(outcome.tries.lockedUntil)
      }),
    )
  })

  it.each(['PT23H59M59S', 'PT24H', 'PT24H0.001S'])('a lock that ends in %s ends so or in 24 hours', (span) => {
    const bounded = boundedEnd(later(span), LOCK, now)
    expect(secondsTo(bounded)).toBe(Math.min(Temporal.Duration.from(span).total('seconds'), 24 * 3600))
  })

  it('no limit makes wait longer than its window from now', () => {
    const limit = { count: 3, window: Temporal.Duration.from({ hours: 1 }) }
    fc.assert(
      fc.property(anyTime, fc.integer({ min: 0, max: 6 }), (windowStartedAt, count) => {
        const counted = countRequest({ windowStartedAt, count }, limit, now)
        if (counted.ok) expect(secondsTo(counted.value.windowStartedAt)).toBeLessThanOrEqual(TOLERATED)
        else expect(secondsTo(counted.problem.retryAt)).toBeLessThanOrEqual(3600 + TOLERATED)
      }),
    )
  })
})
