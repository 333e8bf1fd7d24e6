import { describe, expect, it } from 'vitest'
import { createServiceToken } from '#main/features/staff-session/staff-session.repo'
import { inputFile } from '../../support/inputs'
import { BASE, openPortal, type Portal } from '../../support/portal'
import { certificateLine } from '../../support/samples'
import { staffMember } from '../../support/staff'

const post = async (portal: Portal, path: string, body: Uint8Array, headers: Record<string, string> = {}) => {
  const response = await portal.fetch(
    new Request(`${BASE}/api/v1${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: new Uint8Array(body),
    }),
  )
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const bearer = async (portal: Portal) => {
  const { token } = await createServiceToken(portal.data.db, 'examination', portal.now())
  return { Authorization: `Bearer ${token}` }
}

describe('a body that is not UTF-8', () => {
  it.each([
    ['cp932.jsonl', 'Shift_JIS'],
    ['utf16le.jsonl', 'UTF-16'],
  ])('of certificates is refused with what it looks like: %s', async (file, looksLike) => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    const token = await bearer(portal)
    const letters = (text: Buffer) => Buffer.from(text.toString('latin1').replace('USERIDHERE', userId), 'latin1')
    expect(await post(portal, '/certificates', letters(inputFile(file)), token)).toMatchObject({
      status: 400,
      body: { code: 'request.encoding', looksLike },
    })
    expect(await portal.data.db.selectFrom('certificates').selectAll().execute()).toEqual([])
  })

  it.each(['EUC-JP', 'ISO-2022-JP'])('is recognised: %s', async (looksLike) => {
    const portal = await openPortal()
    // 東京都千代田区霞が関 in each.
    const bytes = {
      'EUC-JP': 'c5ecb5fec5d4c0e9c2e5c5c4b6e8b2e2a4acb4d8',
      'ISO-2022-JP': '1b2442456c357e4554406942654544366832622 42c34581b2842'.replace(/ /g, ''),
    }[looksLike]
    const body = Buffer.concat([Buffer.from('{"email":"'), Buffer.from(bytes ?? '', 'hex'), Buffer.from('"}')])
    expect(await post(portal, '/registrations', body)).toMatchObject({ status: 400, body: { looksLike } })
  })

  it('is named by its declared encoding, too', async () => {
    const portal = await openPortal()
    const body = Buffer.from('{"email":"an@example.jp"}')
    for (const charset of ['shift_jis', '"Windows-31J"', 'utf-16', 'iso-8859-1'])
      expect(
        await post(portal, '/registrations', body, { 'Content-Type': `application/json; charset=${charset}` }),
      ).toMatchObject({ status: 415, body: { code: 'request.charset' } })
    for (const charset of ['utf-8', '"UTF-8"', 'utf8', 'us-ascii'])
      expect(
        (await post(portal, '/registrations', body, { 'Content-Type': `application/json;charset=${charset}` })).status,
      ).toBe(202)
  })

  it('may begin with a byte order mark', async () => {
    const portal = await openPortal()
    expect((await post(portal, '/registrations', Buffer.from('\uFEFF{"email":"an@example.jp"}'))).status).toBe(202)
  })
})

describe('a text that lost letters before it came', () => {
  it.each([
    ['the sign for what was not understood', '\uFFFD'],
    ['half a letter', '\uD842'],
    ['the other half', 'x\uDFB7'],
  ])('is refused at its field: %s', async (_name, lost) => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    const token = await bearer(portal)
    const rows = [
      certificateLine(userId, '在1番Y1'),
      certificateLine(userId, '在1番Y2', { organization: `株式会社${lost}くら` }),
    ]
    expect(await post(portal, '/certificates', Buffer.from(JSON.stringify(rows)), token)).toMatchObject({
      status: 422,
      body: { errors: [{ field: '1.organization', code: 'text.damaged' }] },
    })
    const clerk = await staffMember(portal)
    const lines = rows.map((row) => JSON.stringify(row)).join('\n')
    const refused = await clerk.call('POST', '/staff/certificates/import', { lines })
    expect(refused.status).toBe(422)
    expect(refused.body).toMatchObject({ errors: [{ code: 'text.damaged' }] })
    expect(await portal.data.db.selectFrom('certificates').selectAll().execute()).toEqual([])
  })

  it('in an address of the service is refused', async () => {
    const portal = await openPortal()
    const { visitor } = await portal.signedIn()
    for (const path of ['/receipts/%ED%A0%80', '/receipts/%FF', '/announcements/%8D', '/receipts?page=%ED%A0%80'])
      expect(await visitor.call('GET', path)).toMatchObject({ status: 400, body: { code: 'request.encoding' } })
  })
})

describe('a certificate whose values came with invisible signs', () => {
  it('is issued, found and registered without them', async () => {
    const portal = await openPortal()
    const { userId, visitor } = await portal.signedIn()
    const row = certificateLine(`\u202D${userId}\u202C`, '\u200E在1番Y25071798\u200F', {
      organization: '株式会社\uFA19戸\u200B 葛\u{E0100}城支店',
      issuedOn: '2026-11-20\u200B',
    })
    const body = Buffer.from(JSON.stringify(row))
    expect(await post(portal, '/certificates', body, await bearer(portal))).toMatchObject({
      status: 200,
      body: { issued: 1 },
    })
    const { body: shown } = await visitor.call('GET', `/receipts/${encodeURIComponent('在1番Y25071798')}`)
    expect(JSON.stringify(shown)).toContain('株式会社\uFA19戸 葛\u{E0100}城支店')
    const mail = (await portal.mails()).find(({ text }) => text.includes('在1番Y25071798'))
    for (const part of [mail?.text, mail?.html]) expect(part).toContain('株式会社\uFA19戸 葛\u{E0100}城支店')
    const pasted = encodeURIComponent('\u2068在1番Y25071798\u2069')
    expect(await visitor.call('GET', `/receipts/${pasted}`)).toMatchObject({ status: 200 })
    expect(await visitor.call('POST', `/receipts/${pasted}/registration`)).toMatchObject({
      status: 200,
      body: { certificateNumber: '在1番Y25071798', registeredAt: expect.any(String) },
    })
    const clerk = await staffMember(portal)
    expect((await clerk.call('GET', `/staff/certificates/${pasted}`)).status).toBe(200)
    const q = encodeURIComponent('\u202A在1番Y2507\u202C')
    expect((await clerk.call('GET', `/staff/applications?q=${q}`)).body).toMatchObject({ total: 1 })
  })
})
