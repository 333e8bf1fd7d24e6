import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { countRequest, type LimitState } from '#main/database/rate-limit/rate-limit.rules'
import { openPortal } from '../../support/portal'

const start = Temporal.Instant.from('2026-11-22T00:00:00Z')
const limit = { count: 3, window: Temporal.Duration.from({ hours: 1 }) }

describe('a limit', () => {
  it('lets so many pass in a window, says when the next may, and never waits longer than the window', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4000 }), { maxLength: 60 }), (waits) => {
        let state: LimitState | null = null
        let now = start
        for (const seconds of waits) {
          now = now.add({ seconds })
          const counted = countRequest(state, limit, now)
          if (counted.ok) {
            state = counted.value
            expect(state.count).toBeLessThanOrEqual(3)
          } else {
            const wait = now.until(counted.problem.retryAt).total('seconds')
            expect(wait).toBeGreaterThan(0)
            expect(wait).toBeLessThanOrEqual(3600)
            expect(countRequest(state, limit, counted.problem.retryAt).ok).toBe(true)
            expect(countRequest(state, limit, counted.problem.retryAt.subtract({ seconds: 1 })).ok).toBe(false)
          }
        }
      }),
    )
  })
})

describe('limits by device (DESIGN §6)', () => {
  it('stop a browser that asks for mails to address after address, and survive a restart', async () => {
    const portal = await openPortal()
    const visitor = portal.visitor()
    const ask = (count: number) => visitor.call('POST', '/registrations', { email: `an${count}@example.jp` })
    for (let count = 0; count < 61; count += 1) expect((await ask(count)).status).toBe(202)
    expect(await ask(61)).toMatchObject({ status: 429, body: { retryAt: '2026-11-22T01:00:00.000Z' } })
    await portal.restart()
    expect((await ask(62)).status).toBe(429)
    expect((await portal.visitor().call('POST', '/registrations', { email: 'be@example.jp' })).status).toBe(202)
    portal.wait('PT1H')
    expect((await ask(63)).status).toBe(202)
  })

  it('do not throw clients without cookies together: a hundred requests do not stop a login (DESIGN §10)', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    for (let count = 0; count < 120; count += 1)
      await portal.visitor().call('POST', '/session', { userId: `nobody${count}`, password: 'Wrong-2026xx' })
    expect((await portal.visitor().logIn(userId)).status).toBe(200)
  })

  it('stop a browser that tries ID after ID', async () => {
    const portal = await openPortal()
    const visitor = portal.visitor()
    const attempt = (count: number) =>
      visitor.call('POST', '/session', { userId: `nobody${count}`, password: 'Wrong-2026xx' })
    for (let count = 0; count < 101; count += 1) expect((await attempt(count)).status).toBe(401)
    expect((await attempt(101)).body['code']).toBe('request.too-many')
  })
})
