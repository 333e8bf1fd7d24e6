import { describe, expect, it } from 'vitest'
import { importCertificates } from '#main/features/issue/import-certificates.action'
import { openPortal, tokenIn, type Portal } from '../../support/portal'
import { certificateLine, PASSWORD } from '../../support/samples'

const NEW_PASSWORD = 'Momiji-2026x'
const newPassword = { password: NEW_PASSWORD, passwordConfirmation: NEW_PASSWORD }
const issue = (portal: Portal, userId: string, number: string) =>
  importCertificates(
    portal.data.db,
    JSON.stringify(certificateLine(userId, number)),
    { actor: 'operator', mailer: portal.data.mailer },
    portal.now(),
  )
const changes = [
  { what: 'the password', method: 'PUT', path: '/account/password', body: newPassword, done: 204 },
  { what: 'the address', method: 'POST', path: '/account/email-changes', body: { email: 'new@example.jp' }, done: 202 },
  { what: 'deletion', method: 'POST', path: '/account/deletion', body: {}, done: 202 },
]

describe.each(changes)('a recent login (DESIGN §6) before $what', ({ method, path, body, done }) => {
  it.each([
    { after: 'PT9M59S', status: done },
    { after: 'PT10M', status: 403 },
    { after: 'PT10M1S', status: 403 },
  ])('$after after the login: $status', async ({ after, status }) => {
    const portal = await openPortal()
    const { visitor } = await portal.signedIn()
    portal.wait(after)
    const answer = await visitor.call(method, path, body)
    expect(answer.status).toBe(status)
    if (status === 403) {
      expect(answer.body['code']).toBe('session.not-recent')
      expect((await visitor.call(method, path, { ...body, currentPassword: PASSWORD })).status).toBe(done)
    }
  })

  it('counts wrong passwords towards the lock', async () => {
    const portal = await openPortal()
    const { visitor, userId } = await portal.signedIn()
    portal.wait('PT1H')
    for (const triesLeft of [4, 3, 2, 1])
      expect((await visitor.call(method, path, { ...body, currentPassword: 'wrong' })).body['errors']).toEqual([
        { field: 'currentPassword', code: 'password.wrong', params: { triesLeft } },
      ])
    expect((await visitor.call(method, path, { ...body, currentPassword: 'wrong' })).status).toBe(423)
    expect((await visitor.call(method, path, { ...body, currentPassword: PASSWORD })).status).toBe(423)
    expect((await portal.visitor().logIn(userId)).status).toBe(423)
  })

  it('needs a session', async () => {
    const portal = await openPortal()
    expect((await portal.visitor().call(method, path, body)).status).toBe(401)
  })
})

describe('the password change (M6.2)', () => {
  it('ends all other sessions, keeps this one, and says so by mail', async () => {
    const portal = await openPortal()
    const { visitor, userId, email } = await portal.signedIn()
    const other = portal.visitor()
    await other.logIn(userId)
    expect((await visitor.call('PUT', '/account/password', newPassword)).status).toBe(204)
    expect((await visitor.call('GET', '/session')).status).toBe(200)
    expect((await other.call('GET', '/session')).status).toBe(401)
    expect((await portal.visitor().logIn(userId, NEW_PASSWORD)).status).toBe(200)
    expect((await portal.lastMailTo(email)).text).not.toContain(NEW_PASSWORD)
  })
})

describe('the e-mail change (M6.1)', () => {
  const byPassword = { currentPassword: PASSWORD }
  const asked = async () => {
    const portal = await openPortal()
    const person = await portal.signedIn()
    expect(await person.visitor.call('POST', '/account/email-changes', { email: 'new@example.jp' })).toMatchObject({
      status: 202,
      body: { email: 'new@example.jp', expiresAt: '2026-11-23T00:00:00.000Z' },
    })
    return { portal, ...person, token: tokenIn(await portal.lastMailTo('new@example.jp'), 'email-change') }
  }

  it.each([
    { after: 'PT23H59M59S', status: 200 },
    { after: 'PT24H', status: 410 },
  ])('completes by the link $after later: $status', async ({ after, status }) => {
    const { portal, token, userId } = await asked()
    portal.wait(after)
    const completed = await portal.visitor().call('POST', `/email-changes/${token}/completion`, byPassword)
    expect(completed.status).toBe(status)
    const visitor = portal.visitor()
    await visitor.logIn(userId)
    expect((await visitor.call('GET', '/account')).body['email']).toBe(
      status === 200 ? 'new@example.jp' : 'an@example.jp',
    )
  })

  it('changes nothing before the button is pressed', async () => {
    const { portal, token, visitor } = await asked()
    expect((await portal.visitor().call('GET', `/email-changes/${token}`)).body).toMatchObject({
      email: 'new@example.jp',
    })
    expect((await visitor.call('GET', '/account')).body['email']).toBe('an@example.jp')
  })

  it.each([
    { after: 'P6DT23H59M59S', status: 200 },
    { after: 'P7D', status: 410 },
  ])('can be undone from the old address $after later: $status', async ({ after, status }) => {
    const { portal, token, visitor, userId } = await asked()
    await portal.visitor().call('POST', `/email-changes/${token}/completion`, byPassword)
    const told = await portal.lastMailTo('an@example.jp')
    expect(told.text).not.toContain('new@example.jp')
    const undo = tokenIn(told, 'email-undo')
    portal.wait(after)
    expect((await portal.visitor().call('POST', `/email-undos/${undo}/completion`)).status).toBe(status)
    expect((await visitor.call('GET', '/session')).status).toBe(401)
    const again = portal.visitor()
    await again.logIn(userId)
    expect((await again.call('GET', '/account')).body['email']).toBe(
      status === 200 ? 'an@example.jp' : 'new@example.jp',
    )
    if (status === 200)
      expect((await portal.visitor().call('POST', `/email-undos/${undo}/completion`)).body['code']).toBe('link.used')
  })

  it('takes certificates that wait for delivery along, and back', async () => {
    const { portal, token, userId } = await asked()
    await issue(portal, userId, '在1番Y1')
    const recipient = async () => (await portal.mails()).find(({ subject }) => subject.includes('証明書交付'))?.to
    expect(await recipient()).toBe('an@example.jp')
    await portal.visitor().call('POST', `/email-changes/${token}/completion`, byPassword)
    expect(await recipient()).toBe('new@example.jp')
    const undo = tokenIn(await portal.lastMailTo('an@example.jp'), 'email-undo')
    await portal.visitor().call('POST', `/email-undos/${undo}/completion`)
    expect(await recipient()).toBe('an@example.jp')
  })

  it('refuses the address that is in place already', async () => {
    const portal = await openPortal()
    const { visitor } = await portal.signedIn()
    const answer = await visitor.call('POST', '/account/email-changes', { email: 'an@example.jp' })
    expect(answer.body['errors']).toEqual([{ field: 'email', code: 'email.same' }])
  })
})

describe('the change of phone, postal code and address (M6.3)', () => {
  it('takes the phone from everybody, the rest where the 利用申出 is approved', async () => {
    const portal = await openPortal()
    const { visitor, userId, email } = await portal.signedIn()
    expect((await visitor.call('PUT', '/account/details', { phone: '０９０-1111-2222' })).body).toMatchObject({
      phone: '09011112222',
      useApproved: false,
    })
    expect((await portal.lastMailTo(email)).text).not.toContain('09011112222')
    const wanted = { phone: '09011112222', postalCode: '1234567', address: '東京都' }
    expect((await visitor.call('PUT', '/account/details', wanted)).body['errors']).toEqual([
      { field: 'postalCode', code: 'field.not-approved' },
      { field: 'address', code: 'field.not-approved' },
    ])
    await portal.data.db
      .updateTable('accounts')
      .set({ use_approved_at: '2026-11-22T00:00:00.000Z' })
      .where('user_id', '=', userId)
      .execute()
    expect((await visitor.call('PUT', '/account/details', wanted)).body).toMatchObject({
      postalCode: '1234567',
      address: '東京都',
      useApproved: true,
    })
    expect((await visitor.call('PUT', '/account/details', { phone: '09011112222' })).body).toMatchObject({
      postalCode: '1234567',
    })
    expect(
      (await visitor.call('PUT', '/account/details', { phone: '09011112222', postalCode: '' })).body,
    ).toMatchObject({ postalCode: null, address: '東京都' })
  })

  it('writes neither mail nor audit when nothing changes', async () => {
    const portal = await openPortal()
    const { visitor } = await portal.signedIn()
    const before = (await portal.mails()).length
    expect((await visitor.call('PUT', '/account/details', { phone: '08012345678' })).status).toBe(200)
    expect(await portal.mails()).toHaveLength(before)
  })
})

describe('my activity (ours)', () => {
  it('shows sign-ins, failures, changes and mails of this person only, newest first, with the device', async () => {
    const portal = await openPortal()
    await portal.register({ email: 'be@example.jp' })
    const { userId, visitor } = await portal.signedIn()
    const edge =
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0'
    portal.wait('PT1M')
    await portal.visitor().call('POST', '/session', { userId, password: 'wrong' }, { 'User-Agent': edge })
    portal.wait('PT1M')
    await issue(portal, userId, '在1番Y1')
    const { body } = await visitor.call('GET', '/account/activity')
    const items = body['items'] as { kind: string; device: string | null; subject: string | null }[]
    expect(items.map(({ kind }) => kind)).toEqual([
      'mail.queued',
      'session.wrong',
      ...items.slice(2).map(({ kind }) => kind),
    ])
    expect(items[1]).toMatchObject({ device: 'Microsoft Edge, Windows', at: '2026-11-22T00:01:00.000Z' })
    expect(new Set(items.slice(2).map(({ kind }) => kind))).toEqual(
      new Set(['session.opened', 'account.registered', 'mail.queued']),
    )
    expect(body['total']).toBe(5)
  })

  it('"this was not me" locks the ID, ends all sessions and mails a reset', async () => {
    const portal = await openPortal()
    const { userId, visitor, email } = await portal.signedIn()
    const thief = portal.visitor()
    await thief.logIn(userId)
    expect((await visitor.call('POST', '/account/not-me')).status).toBe(204)
    for (const session of [visitor, thief]) expect((await session.call('GET', '/session')).status).toBe(401)
    expect((await portal.visitor().logIn(userId)).status).toBe(423)
    const token = tokenIn(await portal.lastMailTo(email), 'password-reset')
    await portal.visitor().call('POST', `/password-resets/${token}/completion`, newPassword)
    expect((await portal.visitor().logIn(userId, NEW_PASSWORD)).status).toBe(200)
  })
})

describe('mail readiness (ours)', () => {
  it('sends a test mail and shows what became of it, five an hour', async () => {
    const portal = await openPortal()
    const { visitor } = await portal.signedIn()
    const first = await visitor.call('POST', '/account/test-mails')
    expect(first).toMatchObject({ status: 202, body: { status: 'queued', email: 'an@example.jp' } })
    const path = `/account/test-mails/${String(first.body['id'])}`
    expect((await visitor.call('GET', path)).body).toMatchObject({ status: 'queued', sentAt: null })
    const other = await portal.signedIn({ email: 'be@example.jp' })
    expect((await other.visitor.call('GET', path)).body['code']).toBe('mail.unknown')
    for (let count = 0; count < 4; count += 1) await visitor.call('POST', '/account/test-mails')
    expect(await visitor.call('POST', '/account/test-mails')).toMatchObject({
      status: 429,
      body: { retryAt: '2026-11-22T01:00:00.000Z' },
    })
  })
})

describe('export and deletion (ours)', () => {
  it('hands over everything that is held, without secrets', async () => {
    const portal = await openPortal()
    const { visitor, userId } = await portal.signedIn()
    await issue(portal, userId, '在1番Y1')
    const { status, body } = await visitor.call('POST', '/account/export')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      account: { userId, email: 'an@example.jp' },
      certificates: [{ certificateNumber: '在1番Y1', nationality: 'VNM' }],
    })
    expect(JSON.stringify(body)).not.toMatch(/argon2|token|hash/i)
  })

  it.each([
    { after: 'P6DT23H59M59S', gone: false },
    { after: 'P7D', gone: true },
  ])('deletes $after after the wish: $gone', async ({ after, gone }) => {
    const portal = await openPortal()
    const { visitor, userId, email } = await portal.signedIn()
    expect((await visitor.call('POST', '/account/deletion', {})).body).toEqual({ dueAt: '2026-11-29T00:00:00.000Z' })
    portal.wait(after)
    await portal.runJobs()
    expect((await portal.visitor().logIn(userId)).status).toBe(gone ? 401 : 200)
    const text = JSON.stringify(await portal.data.db.selectFrom('outbox').selectAll().execute())
    expect(text.includes(userId)).toBe(!gone)
    expect((await portal.lastMailTo(email)).subject).toContain('削除')
  })

  it('can be withdrawn', async () => {
    const portal = await openPortal()
    const { visitor, userId } = await portal.signedIn()
    await visitor.call('POST', '/account/deletion', {})
    expect((await visitor.call('DELETE', '/account/deletion')).status).toBe(204)
    expect((await visitor.call('GET', '/account')).body['deletionDueAt']).toBeNull()
    portal.wait('P8D')
    await portal.runJobs()
    expect((await portal.visitor().logIn(userId)).status).toBe(200)
  })

  it('never deletes with an undelivered certificate, also when it came afterwards', async () => {
    const portal = await openPortal()
    const { visitor, userId } = await portal.signedIn()
    await visitor.call('POST', '/account/deletion', {})
    await issue(portal, userId, '在1番Y1')
    expect((await visitor.call('DELETE', '/account/deletion')).status).toBe(204)
    expect((await visitor.call('POST', '/account/deletion', {})).body['code']).toBe('deletion.undelivered')
    await portal.data.db.updateTable('accounts').set({ deletion_due_at: '2026-11-23T00:00:00.000Z' }).execute()
    portal.wait('P8D')
    await portal.runJobs()
    expect((await portal.visitor().logIn(userId)).status).toBe(200)
    await portal.data.db.updateTable('certificates').set({ mail_accepted_at: '2026-11-30T00:00:00.000Z' }).execute()
    await portal.runJobs()
    expect((await portal.visitor().logIn(userId)).status).toBe(401)
  })
})

describe('the key of drafts', () => {
  it('is one a person, the same until the credentials change', async () => {
    const portal = await openPortal()
    const one = await portal.signedIn()
    const other = await portal.signedIn({ email: 'be@example.jp' })
    const key = async ({ visitor }: typeof one) => (await visitor.call('GET', '/session/draft-key')).body['key']
    const first = await key(one)
    expect(first).toMatch(/^[\w-]{43}$/)
    expect(await key(other)).not.toBe(first)
    await portal.restart()
    expect(await key(one)).toBe(first)
    await one.visitor.call('PUT', '/account/password', newPassword)
    const second = await key(one)
    expect(second).toMatch(/^[\w-]{43}$/)
    expect(second).not.toBe(first)
    await portal.restart()
    expect(await key(one)).toBe(second)
  })
})

describe('the audit log', () => {
  it('has exactly one row without secrets for each change of state', async () => {
    const portal = await openPortal()
    const { visitor, userId, email } = await portal.signedIn()
    const steps: [string, string, unknown, string][] = [
      ['PUT', '/account/password', newPassword, 'account.password-changed'],
      ['PUT', '/account/details', { phone: '09011112222' }, 'account.phone-changed'],
      ['PUT', '/account/mail-language', { language: 'vi', mailJapanese: 'plain' }, 'account.mail-language-changed'],
      ['POST', '/account/email-changes', { email: 'new@example.jp' }, 'account.email-change-asked'],
      ['POST', '/account/test-mails', undefined, 'account.test-mail'],
      ['POST', '/account/export', undefined, 'account.exported'],
      ['POST', '/account/deletion', {}, 'account.deletion-asked'],
      ['DELETE', '/account/deletion', undefined, 'account.deletion-withdrawn'],
      ['POST', '/password-resets', { userId, email }, 'account.reset-asked'],
      ['POST', '/user-id-reminders', { email, nameEn: 'NGUYEN VAN AN' }, 'account.id-reminded'],
      ['POST', '/account/not-me', undefined, 'account.not-me'],
    ]
    const rows = () => portal.data.db.selectFrom('audit').selectAll().execute()
    for (const [method, path, body, action] of steps) {
      const before = new Set((await rows()).map(({ id }) => id))
      expect((await visitor.call(method, path, body)).status).toBeLessThan(300)
      const added = (await rows()).filter(({ id }) => !before.has(id))
      expect(added.map((row) => row.action)).toEqual([action])
    }
    expect(JSON.stringify(await rows())).not.toMatch(/NGUYEN|example\.jp|Momiji|Sakura|0901111|[\w-]{43}/)
  })
})
