import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { isLocked, NO_LOGIN_ATTEMPTS, TRIES, tryLogin, type LoginAttempts } from '#main/features/session/session.rules'

const start = Temporal.Instant.from('2026-11-22T00:00:00Z')
const steps = fc.array(fc.record({ right: fc.boolean(), wait: fc.integer({ min: 0, max: 30 * 3600 }) }), {
  maxLength: 40,
})

describe('the lock (M2.2), whatever is typed whenever', () => {
  it('never lets anybody in while it lasts, and lasts 24 hours', () => {
    fc.assert(
      fc.property(steps, (tries) => {
        let state: LoginAttempts = NO_LOGIN_ATTEMPTS
        let now = start
        for (const { right, wait } of tries) {
          now = now.add({ seconds: wait })
          const wasLocked = isLocked(state, now)
          const outcome = tryLogin(state, right, now)
          if (wasLocked) {
            expect(outcome.kind).toBe('locked')
            expect(outcome.tries).toEqual(state)
          } else {
            expect(outcome.kind === 'in').toBe(right)
          }
          if (outcome.kind === 'locked') {
            const left = now.until(outcome.until).total('seconds')
            expect(left).toBeGreaterThan(0)
            expect(left).toBeLessThanOrEqual(24 * 3600)
            if (!wasLocked) expect(left).toBe(24 * 3600)
          }
          state = outcome.tries
        }
      }),
    )
  })

  it('falls at the fifth wrong password in a row, no sooner and no later', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (answers) => {
        let state: LoginAttempts = NO_LOGIN_ATTEMPTS
        let inARow = 0
        for (const right of answers) {
          const outcome = tryLogin(state, right, start)
          inARow = right ? 0 : inARow + 1
          if (outcome.kind === 'wrong') expect(outcome.triesLeft).toBe(TRIES - inARow)
          expect(outcome.kind === 'locked').toBe(inARow === TRIES)
          if (outcome.kind === 'locked') return
          state = outcome.tries
        }
      }),
    )
  })
})
