import { describe, expect, it } from 'vitest'
import { needsSecureCookie } from '#main/http/cookies/secure-cookies.rules'
import { BASE, openPortal } from '../../support/portal'
import { PASSWORD } from '../../support/samples'
import { addStaff, STAFF_PASSWORD } from '../../support/staff'

const PUBLIC = 'https://example.jp'
const env = { ZAIRYU_PUBLIC_URL: PUBLIC }
/** By which address people came, and whether the browser there keeps a cookie that is for https only. */
const WAYS = [
  { way: 'the public address', headers: { Host: 'example.jp', Origin: PUBLIC }, secure: true },
  { way: 'the public address with its port', headers: { Host: 'Example.jp:443', Origin: PUBLIC }, secure: true },
  { way: 'a proxy that rewrites Host', headers: { Origin: PUBLIC }, secure: true },
  { way: 'a proxy, without Origin', headers: { 'X-Forwarded-For': '203.0.113.7' }, secure: true },
  { way: 'this machine', headers: { Origin: BASE }, secure: false },
  { way: 'a program on this machine', headers: {}, secure: false },
] as { way: string; headers: Record<string, string>; secure: boolean }[]

const cookiesOf = (headers: Headers) =>
  Object.fromEntries(headers.getSetCookie().map((line) => [line.split('=', 1)[0], /; *secure/i.test(line)]))

describe('cookies where the public address is https', () => {
  it.each(WAYS)('of applicants and devices who came by $way: Secure is $secure', async ({ headers, secure }) => {
    const portal = await openPortal({ env })
    const { userId } = await portal.register()
    const visitor = portal.visitor()
    const login = await visitor.call('POST', '/session', { userId, password: PASSWORD }, headers)
    expect(login.status).toBe(200)
    expect(cookiesOf(login.headers)).toEqual({ zairyu_session: secure, zairyu_device: secure })
    const logout = await visitor.call('DELETE', '/session', undefined, headers)
    expect(cookiesOf(logout.headers)).toEqual({ zairyu_session: secure })
  })

  it.each(WAYS)('of staff who came by $way: Secure is $secure', async ({ headers, secure }) => {
    const portal = await openPortal({ env })
    await addStaff(portal)
    const login = await portal
      .visitor()
      .call('POST', '/staff/session', { loginName: 'clerk', password: STAFF_PASSWORD }, headers)
    expect(cookiesOf(login.headers)).toEqual({ zairyu_staff: secure, zairyu_device: secure })
  })

  it('are for https whatever a page on this machine says, once the public name was asked', () => {
    const way = { host: 'example.jp', origin: BASE, isForwarded: false }
    expect(needsSecureCookie(PUBLIC, way)).toBe(true)
    // A public name that is this machine itself: a proxy on it that ends TLS.
    expect(needsSecureCookie('https://localhost', { ...way, host: 'localhost' })).toBe(true)
    expect(needsSecureCookie('https://localhost', { ...way, host: 'localhost:4180' })).toBe(false)
  })

  it.each([null, 'http://192.168.1.5:4180'])('are for any way where the public address is %s', (publicUrl) => {
    for (const { headers } of WAYS)
      expect(
        needsSecureCookie(publicUrl, {
          host: headers['Host'] ?? '127.0.0.1:4180',
          origin: headers['Origin'] ?? null,
          isForwarded: 'X-Forwarded-For' in headers,
        }),
      ).toBe(false)
  })
})

describe('the public name in other spellings', () => {
  it.each(['example.jp', 'example.jp:443', 'EXAMPLE.JP', 'example.jp.', 'example.jp.:443'])(
    'answers to the Host %s',
    async (host) => {
      const portal = await openPortal({ env })
      expect((await portal.visitor().call('GET', '/health', undefined, { Host: host })).status).toBe(200)
    },
  )
  it.each(['example.jp:80', 'example.jp:444', 'example.jp.evil.example', 'user@example.jp'])(
    'refuses the Host %s',
    async (host) => {
      const portal = await openPortal({ env })
      expect((await portal.visitor().call('GET', '/health', undefined, { Host: host })).status).toBe(403)
    },
  )
  it('takes a change from a page of the public name with its port', async () => {
    const portal = await openPortal({ env })
    const answer = await portal
      .visitor()
      .call('POST', '/registrations', { email: 'an@example.jp' }, { Host: 'example.jp:443', Origin: `${PUBLIC}:443` })
    expect(answer.status).toBe(202)
  })
})
