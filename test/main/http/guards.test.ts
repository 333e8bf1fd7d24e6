import { describe, expect, it } from 'vitest'
import { BASE, openPortal } from '../../support/portal'

describe('the doors of the service (DESIGN §6)', () => {
  it.each(['evil.example', 'evil.example:4180', '127.0.0.1:4181', '127.0.0.1.evil.example:4180'])(
    'refuses the Host %s',
    async (host) => {
      const portal = await openPortal()
      const answer = await portal.visitor().call('GET', '/health', undefined, { Host: host })
      expect(answer).toMatchObject({ status: 403, body: { code: 'request.host' } })
    },
  )

  it.each([
    { headers: { Origin: 'http://evil.example' }, status: 403 },
    { headers: { Origin: 'null' }, status: 403 },
    { headers: { 'Sec-Fetch-Site': 'cross-site' }, status: 403 },
    { headers: { Origin: BASE, 'Sec-Fetch-Site': 'same-origin' }, status: 202 },
    { headers: {}, status: 202 },
  ])('answers $status to a change with $headers', async ({ headers, status }) => {
    const portal = await openPortal()
    const answer = await portal
      .visitor()
      .call('POST', '/registrations', { email: 'an@example.jp' }, headers as Record<string, string>)
    expect(answer.status).toBe(status)
    if (status === 403) expect(await portal.mails()).toEqual([])
  })

  it('takes JSON only, of at most 64 KiB', async () => {
    const portal = await openPortal()
    const visitor = portal.visitor()
    const form = await visitor.call('POST', '/session', 'userId=a&password=b', {
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': '19',
    })
    expect(form).toMatchObject({ status: 415, body: { code: 'request.media-type' } })
    expect(await visitor.call('POST', '/session', '{"userId":')).toMatchObject({
      status: 400,
      body: { code: 'request.malformed' },
    })
    const most = JSON.stringify({ userId: 'a', password: '' }).length
    const sized = (bytes: number) => JSON.stringify({ userId: 'a', password: 'x'.repeat(bytes - most) })
    expect((await visitor.call('POST', '/session', sized(65_536))).status).toBe(422)
    expect(await visitor.call('POST', '/session', sized(65_537))).toMatchObject({
      status: 413,
      body: { code: 'request.too-large' },
    })
  })

  it('sends the security headers and keeps answers out of caches, also when it refuses', async () => {
    const portal = await openPortal()
    for (const path of ['/health', '/receipts', '/nowhere']) {
      const { headers } = await portal.visitor().call('GET', path)
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(headers.get('content-security-policy')).not.toContain('unsafe')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cache-control')).toBe('no-store')
    }
  })

  it('answers what it does not know with a problem', async () => {
    const portal = await openPortal()
    const answer = await portal.visitor().call('GET', '/nowhere')
    expect(answer).toMatchObject({ status: 404, body: { code: 'route.unknown', status: 404 } })
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
  })

  it('is described by its own OpenAPI', async () => {
    const portal = await openPortal()
    const { body } = await portal.visitor().call('GET', '/openapi.json')
    expect(body['openapi']).toMatch(/^3\.1/)
    expect(Object.keys(body['paths'] as object)).toEqual(
      expect.arrayContaining([
        '/session',
        '/receipts',
        '/receipts/{certificateNumber}/registration',
        '/registrations',
        '/announcements',
        '/health',
      ]),
    )
  })

  it('says whether process, database and mail queue are well', async () => {
    const portal = await openPortal()
    await portal.askForRegistration('an@example.jp')
    expect((await portal.visitor().call('GET', '/health')).body).toMatchObject({
      status: 'ok',
      training: false,
      now: '2026-11-22T00:00:00.000Z',
      database: { status: 'ok' },
      mail: { queued: 1, failed: 0 },
    })
  })
})
