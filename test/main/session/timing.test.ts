import { describe, expect, it } from 'vitest'
import { openPortal } from '../../support/portal'

const SAMPLES = 80

/**
 * How often a value of one sample lies above one of the other (ties half): 0.5 when they cannot be told apart, 0 or 1 when they
 * never overlap. Its standard error at 80 values each is 0.046.
 */
function separation(one: number[], other: number[]): number {
  const wins = one.flatMap((a) => other.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)))
  return wins.reduce((sum: number, win) => sum + win, 0) / wins.length
}

describe('an ID that does not exist', () => {
  /**
   * Method: first tries with a wrong password, known and unknown ID in turn (which one begins changes from pair to pair), each
   * measured alone on the composed service; the two distributions are compared by the probability that one exceeds the
   * other. The hash is a weak one, so that a difference in anything else would show the more.
   */
  it('cannot be told from one that does by the time of the answer', { timeout: 60_000 }, async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    const measure = async (id: string) => {
      await portal.store.db.deleteFrom('login_tries').execute()
      const begun = process.hrtime.bigint()
      const { status } = await portal.visitor().logIn(id, 'Wrong-2026xx')
      expect(status).toBe(401)
      return Number(process.hrtime.bigint() - begun)
    }
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
    const ids = { known: userId, unknown: '2345678923' }
    for (let round = -5; round < SAMPLES; round += 1) {
      const order = round % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)
      for (const which of order) {
        const time = await measure(ids[which])
        if (round >= 0) times[which].push(time)
      }
    }
    const found = separation(times.known, times.unknown)
    expect(found).toBeGreaterThan(0.25)
    expect(found).toBeLessThan(0.75)
  })

  it('would be found by this method if it were answered before hashing', () => {
    const hashed = Array.from({ length: SAMPLES }, (_, index) => 50 + (index % 7))
    const unhashed = hashed.map((time) => time - 40)
    expect(separation(hashed, unhashed)).toBe(1)
  })
})
