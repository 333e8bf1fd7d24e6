import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { nextAttempt } from '#main/mail/delivery/delivery.rules'

const created = Temporal.Instant.from('2026-11-22T00:00:00Z')
const later = (span: string) => created.add(span)

describe('the next attempt after a failed one', () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 5],
    [4, 15],
    [5, 60],
    [6, 60],
    [70, 60],
  ])('after attempt %i waits %i minutes', (attempts, minutes) => {
    expect(nextAttempt(attempts, created, created)?.toString()).toBe(created.add({ minutes }).toString())
  })

  it.each([
    { failedAt: 'PT70H59M59S', next: later('PT71H59M59S').toString() },
    { failedAt: 'PT71H', next: undefined },
    { failedAt: 'PT71H1S', next: undefined },
  ])('within 3 days of the creation only: failed $failedAt after it', ({ failedAt, next }) => {
    expect(nextAttempt(9, created, later(failedAt))?.toString()).toBe(next)
  })

  it('is always there for what lies with the office', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 0, max: 24 * 365 }), (attempts, hours) => {
        const failedAt = created.add({ hours })
        const next = nextAttempt(attempts, created, failedAt, true)
        expect(next?.since(failedAt).total('minutes')).toBeLessThanOrEqual(60)
      }),
    )
  })

  it('comes to an end for every mail, never early and never twice in a minute', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 600_000 }), { minLength: 120, maxLength: 120 }), (delays) => {
        let now = created
        let attempts = 1
        for (const delay of delays) {
          const failedAt = now.add({ milliseconds: delay })
          const next = nextAttempt(attempts, created, failedAt)
          if (next === null) {
            expect(Temporal.Instant.compare(failedAt, later('PT71H'))).toBeGreaterThanOrEqual(0)
            return
          }
          expect(next.since(failedAt).total('minutes')).toBeGreaterThanOrEqual(1)
          expect(Temporal.Instant.compare(next, later('PT72H'))).toBeLessThan(0)
          now = next
          attempts += 1
        }
        expect.unreachable('it was tried for ever')
      }),
    )
  })
})
