import { describe, expect, it } from 'vitest'
import { importCertificates } from '#main/features/issue/import-certificates.action'
import { openPortal, type Portal } from '../../support/portal'
import { certificateLine } from '../../support/samples'

const takeIn = async (portal: Portal, lines: unknown[]) => {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
  return importCertificates(portal.data.db, text, { actor: 'operator', mailer: portal.data.mailer }, portal.now())
}

describe('taking certificates in (DESIGN §9)', () => {
  it('issues each with its mail', async () => {
    const portal = await openPortal()
    const { userId, email } = await portal.register()
    const taken = await takeIn(portal, [
      certificateLine(userId, '在1番Y25071798'),
      '',
      certificateLine(userId, '在1番Y25071799'),
    ])
    expect(taken).toEqual({ ok: true, value: { issued: 2, unchanged: [] } })
    const subjects = (await portal.mails()).filter(({ to }) => to === email).map(({ subject }) => subject)
    expect(subjects.filter((subject) => subject.includes('在留資格認定証明書交付のお知らせ'))).toHaveLength(2)
  })

  it('changes nothing when one line does not fit, and names each bad line and field', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    const mistyped = userId.slice(0, 9) + (userId.endsWith('A') ? 'B' : 'A')
    const mailsBefore = (await portal.mails()).length
    const taken = await takeIn(portal, [
      certificateLine(userId, '在1番Y1'),
      '{"certificateNumber":',
      certificateLine(userId, '在1番Y3', { issuedOn: '2026-11-31', sex: 'x' }),
      certificateLine('2222222223', '在1番Y4'),
      certificateLine(mistyped, '在1番Y5'),
      certificateLine(userId, '在1番Y6', { issuedOn: '2026-11-23' }),
      certificateLine(userId, '在1番Y7', { nationality: 'XYZ', colour: 'red' }),
      certificateLine(userId, '在1番Y8', { nationality: 'XYZ' }),
      '[]',
    ])
    const bad = taken.ok
      ? []
      : taken.problem.map(({ line, errors }) => [line, errors.map(({ field, code }) => `${field} ${code}`)])
    expect(bad).toEqual([
      [2, [' row.json']],
      [3, ['issuedOn date.format', 'sex sex.value']],
      [4, ['userId user-id.mistyped']],
      [5, ['userId user-id.mistyped']],
      [6, ['issuedOn date.future']],
      [7, ['colour field.unknown']],
      [8, ['nationality nationality.code']],
      [9, [' row.object']],
    ])
    expect(await portal.data.db.selectFrom('certificates').selectAll().execute()).toEqual([])
    expect(await portal.mails()).toHaveLength(mailsBefore)
  })

  it('changes nothing for a number that is there already, in the file or before', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    await takeIn(portal, [certificateLine(userId, '在1番Y1')])
    const before = await portal.data.db.selectFrom('certificates').selectAll().execute()
    const again = await takeIn(portal, [
      certificateLine(userId, '在1番Y1', { periodOfStay: '5年' }),
      certificateLine(userId, '在1番Y2'),
      certificateLine(userId, '在1番Y2'),
    ])
    expect(again).toEqual({ ok: true, value: { issued: 1, unchanged: ['在1番Y1', '在1番Y2'] } })
    expect(
      (await portal.data.db.selectFrom('certificates').selectAll().execute()).find(
        ({ number }) => number === '在1番Y1',
      ),
    ).toEqual(before[0])
    expect((await portal.mails()).filter(({ subject }) => subject.includes('証明書交付'))).toHaveLength(2)
  })
})

describe('the list of receipts (M5)', () => {
  const withCertificates = async (count: number) => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    await takeIn(
      portal,
      Array.from({ length: count }, (_, index) => certificateLine(userId, `在1番Y${1000 + index}`)),
    )
    const visitor = portal.visitor()
    await visitor.logIn(userId)
    return { portal, visitor, userId }
  }

  it('shows what was asked when, and until when each is good', async () => {
    const { visitor } = await withCertificates(1)
    expect((await visitor.call('GET', '/receipts')).body).toEqual({
      items: [
        {
          certificateNumber: '在1番Y1000',
          issuedOn: '2026-11-20',
          validUntil: '2027-02-20',
          requestedAt: '2026-11-22T00:00:00.000Z',
          registeredAt: null,
        },
      ],
      total: 1,
      asOf: '2026-11-22T00:00:00.000Z',
    })
  })

  it('comes in pages of 20, 50 or 100', async () => {
    const { visitor } = await withCertificates(41)
    const numbers = async (search: string) => {
      const { body } = await visitor.call('GET', `/receipts${search}`)
      expect(body['total']).toBe(41)
      return (body['items'] as { certificateNumber: string }[]).map(({ certificateNumber }) => certificateNumber)
    }
    const all = [...(await numbers('')), ...(await numbers('?page=2')), ...(await numbers('?page=3&size=20'))]
    expect(all).toHaveLength(41)
    expect(new Set(all).size).toBe(41)
    expect(await numbers('?size=50')).toEqual(all)
    expect(await numbers('?page=4')).toEqual([])
  })

  it.each(['?size=7', '?size=0', '?size=x', '?page=0', '?page=-1', '?page=1.5', '?page=x'])(
    'refuses %s by field',
    async (search) => {
      const { visitor } = await withCertificates(1)
      expect(await visitor.call('GET', `/receipts${search}`)).toMatchObject({
        status: 422,
        body: { code: 'request.invalid' },
      })
    },
  )

  it('is for somebody who is signed in', async () => {
    const portal = await openPortal()
    expect(await portal.visitor().call('GET', '/receipts')).toMatchObject({
      status: 401,
      body: { code: 'session.none' },
    })
    expect((await portal.visitor().call('POST', '/receipts/%E5%9C%A81/registration')).status).toBe(401)
  })

  it('registers a receipt once; the second time says when the first was', async () => {
    const { portal, visitor } = await withCertificates(1)
    const register = () => visitor.call('POST', `/receipts/${encodeURIComponent('在1番Y1000')}/registration`)
    portal.wait('PT1H')
    expect(await register()).toMatchObject({ status: 200, body: { registeredAt: '2026-11-22T01:00:00.000Z' } })
    portal.wait('PT1H')
    expect(await register()).toMatchObject({ status: 200, body: { registeredAt: '2026-11-22T01:00:00.000Z' } })
    const audit = await portal.data.db
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'receipt.registered')
      .execute()
    expect(audit).toHaveLength(1)
  })

  it('neither shows nor registers what belongs to another person', async () => {
    const { portal } = await withCertificates(1)
    const other = await portal.register({ email: 'be@example.jp' })
    const visitor = portal.visitor()
    await visitor.logIn(other.userId)
    expect((await visitor.call('GET', '/receipts')).body).toMatchObject({ items: [], total: 0 })
    const path = (number: string) => `/receipts/${encodeURIComponent(number)}/registration`
    const foreign = await visitor.call('POST', path('在1番Y1000'))
    const missing = await visitor.call('POST', path('在1番Y9999'))
    expect(foreign).toMatchObject({ status: 404, body: { code: 'certificate.unknown' } })
    expect(missing.body).toEqual(foreign.body)
    const row = await portal.data.db.selectFrom('certificates').select('registered_at').executeTakeFirstOrThrow()
    expect(row.registered_at).toBeNull()
  })

  it('leads from the link of the mail to its certificate, for its owner only', async () => {
    const { portal, visitor } = await withCertificates(1)
    const token = /\/receipts\/([\w-]{43})/.exec((await portal.lastMailTo('an@example.jp')).text)?.[1] ?? ''
    expect((await visitor.call('GET', `/receipts/links/${token}`)).body).toEqual({ certificateNumber: '在1番Y1000' })
    expect((await visitor.call('GET', `/receipts/links/${'x'.repeat(43)}`)).body['code']).toBe('link.unknown')
    const other = await portal.register({ email: 'be@example.jp' })
    const stranger = portal.visitor()
    await stranger.logIn(other.userId)
    expect(await stranger.call('GET', `/receipts/links/${token}`)).toMatchObject({
      status: 404,
      body: { code: 'link.unknown' },
    })
  })
})
