import { describe, expect, it } from 'vitest'
import { revokeSessionWithRetry } from '#main/desktop/end-visit'

/** A service that is away for the first `away` calls, and the time that passes until it is called again. */
function service(away: number) {
  const waits: number[] = []
  const due: (() => void)[] = []
  let asked = 0
  const tell = () => {
    asked += 1
    if (asked > away) return Promise.resolve(new Response(null, { status: asked % 2 ? 204 : 401 }))
    return asked % 2 ? Promise.reject(new Error('away')) : Promise.resolve(new Response(null, { status: 503 }))
  }
  return {
    asked: () => asked,
    waits,
    end: () =>
      revokeSessionWithRetry(tell, (run, milliseconds) => {
        waits.push(milliseconds)
        due.push(run)
      }),
    async pass() {
      for (let run = due.shift(); run; run = due.shift()) {
        run()
        await new Promise((done) => setImmediate(done))
      }
    },
  }
}

describe('the end of a visit', () => {
  it('is told to the service once', async () => {
    const { asked, waits, end } = service(0)
    await end()
    expect(asked()).toBe(1)
    expect(waits).toEqual([])
  })

  it.each([1, 2, 3])('is told again to a service that is away %i times, each time later', async (away) => {
    const { asked, waits, end, pass } = service(away)
    await end()
    await pass()
    expect(asked()).toBe(away + 1)
    expect(waits).toEqual([5_000, 10_000, 20_000].slice(0, away))
  })

  it('gives up one day: the session ends by itself', async () => {
    const { waits, end, pass } = service(100)
    await end()
    await pass()
    expect(waits).toHaveLength(8)
    expect(waits.reduce((sum, wait) => sum + wait)).toBeLessThan(30 * 60_000)
  })
})
