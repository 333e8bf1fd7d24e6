import { describe, expect, it } from 'vitest'
import { PASSWORD } from '../../support/samples'
import { openPortal, type Answer } from '../../support/portal'

const sessionCookie = ({ headers }: Answer) =>
  headers.getSetCookie().find((line) => line.startsWith('zairyu_session=')) ?? ''

describe('logging in (M2.2)', () => {
  it('takes the ID in any case, with or without spaces and hyphens', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    const spellings = [userId, userId.toLowerCase(), ` ${userId.slice(0, 4)} ${userId.slice(4, 8)}-${userId.slice(8)} `]
    for (const spelling of spellings) expect((await portal.visitor().logIn(spelling)).status).toBe(200)
  })

  it('answers name, deadline and the previous login', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    expect((await portal.visitor().logIn(userId)).body).toEqual({
      userId,
      name: 'NGUYEN VAN AN',
      previousLoginAt: null,
      deadline: '2026-11-22T03:00:00.000Z',
      recentUntil: '2026-11-22T00:10:00.000Z',
    })
    portal.wait('P1D')
    expect((await portal.visitor().logIn(userId)).body).toMatchObject({ previousLoginAt: '2026-11-22T00:00:00.000Z' })
  })

  it('keeps the token out of reach of scripts and other sites, and only as a hash in the database', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    const cookie = sessionCookie(await portal.visitor().logIn(userId))
    expect(cookie).toMatch(/^zairyu_session=[\w-]{43};/)
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Strict/)
    const token = /=([\w-]{43})/.exec(cookie)?.[1] ?? ''
    expect(JSON.stringify(await portal.data.db.selectFrom('sessions').selectAll().execute())).not.toContain(token)
  })

  it.each([{}, { userId: 'K7RM2XQ9PA' }, { userId: '', password: '' }, { userId: 7, password: null }, []])(
    'names the missing field of %j',
    async (body) => {
      const portal = await openPortal()
      const answer = await portal.visitor().call('POST', '/session', body)
      expect(answer).toMatchObject({ status: 422, body: { code: 'request.invalid' } })
    },
  )

  it('gives a new token at each login and ends the old session', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    const visitor = portal.visitor()
    const first = sessionCookie(await visitor.logIn(userId)).split(';')[0] ?? ''
    await visitor.logIn(userId)
    const old = await portal.visitor().call('GET', '/session', undefined, { Cookie: first })
    expect(old.status).toBe(401)
    expect((await visitor.call('GET', '/session')).status).toBe(200)
  })
})

describe('wrong passwords (M2.2)', () => {
  it('says how many tries are left, then until when the ID is locked', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    for (const triesLeft of [4, 3, 2, 1])
      expect(await portal.visitor().logIn(userId, 'wrong')).toMatchObject({
        status: 401,
        body: { code: 'session.wrong', triesLeft },
      })
    expect(await portal.visitor().logIn(userId, 'wrong')).toMatchObject({
      status: 423,
      body: { code: 'session.locked', until: '2026-11-23T00:00:00.000Z' },
    })
  })

  it.each([
    { after: 'PT23H59M59S', status: 423 },
    { after: 'PT24H', status: 200 },
    { after: 'PT24H1S', status: 200 },
  ])('answers $status to the right password $after after the lock, also after a restart', async ({ after, status }) => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    for (let count = 0; count < 5; count += 1) await portal.visitor().logIn(userId, 'wrong')
    await portal.restart()
    portal.wait(after)
    expect((await portal.visitor().logIn(userId)).status).toBe(status)
  })

  it('does not move the end of the lock by further tries', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    for (let count = 0; count < 5; count += 1) await portal.visitor().logIn(userId, 'wrong')
    portal.wait('PT1H')
    for (const password of ['wrong', PASSWORD])
      expect((await portal.visitor().logIn(userId, password)).body['until']).toBe('2026-11-23T00:00:00.000Z')
  })

  it('begins anew after a right password', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    for (let count = 0; count < 4; count += 1) await portal.visitor().logIn(userId, 'wrong')
    expect((await portal.visitor().logIn(userId)).status).toBe(200)
    expect((await portal.visitor().logIn(userId, 'wrong')).body['triesLeft']).toBe(4)
  })

  it('counts each of many tries that race', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    const answers = await Promise.all(Array.from({ length: 12 }, () => portal.visitor().logIn(userId, 'wrong')))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(4)
    expect(answers.filter(({ status }) => status === 423)).toHaveLength(8)
  })

  it('answers in the same way for an ID that does not exist', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    const trace = async (id: string) => {
      const answers = []
      for (let count = 0; count < 6; count += 1) {
        const { status, body } = await portal.visitor().logIn(id, 'wrong')
        answers.push({ status, body })
      }
      return answers
    }
    expect(await trace('22222-22222')).toEqual(await trace(userId))
  })
})

describe('the session (M2.6, M2.3)', () => {
  it.each([
    { after: 'PT2H59M59S', status: 200 },
    { after: 'PT3H', status: 401 },
    { after: 'PT3H1S', status: 401 },
  ])('answers $status $after after the last screen move', async ({ after, status }) => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    const visitor = portal.visitor()
    await visitor.logIn(userId)
    portal.wait('PT2H')
    expect((await visitor.call('POST', '/session/extension')).body).toEqual({ deadline: '2026-11-22T05:00:00.000Z' })
    portal.wait(after)
    expect((await visitor.call('GET', '/receipts')).status).toBe(status)
    expect((await visitor.call('POST', '/session/extension')).status).toBe(status)
  })

  it('is not prolonged by being asked about', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    const visitor = portal.visitor()
    await visitor.logIn(userId)
    portal.wait('PT2H59M59S')
    expect((await visitor.call('GET', '/session')).body['deadline']).toBe('2026-11-22T03:00:00.000Z')
    await visitor.call('GET', '/receipts')
    portal.wait('PT1S')
    expect(await visitor.call('GET', '/session')).toMatchObject({ status: 401, body: { code: 'session.none' } })
  })

  it('survives a restart and ends at the server on logout', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    const visitor = portal.visitor()
    const cookie = sessionCookie(await visitor.logIn(userId)).split(';')[0] ?? ''
    await portal.restart()
    expect((await visitor.call('GET', '/session')).status).toBe(200)
    expect((await visitor.call('DELETE', '/session')).status).toBe(204)
    expect((await portal.visitor().call('GET', '/session', undefined, { Cookie: cookie })).status).toBe(401)
    expect((await visitor.call('DELETE', '/session')).status).toBe(204)
  })
})
