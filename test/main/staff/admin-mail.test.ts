import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MailSettings } from '#contract/http/staff/admin'
import { compose } from '#main/app/compose'
import { planMailChange, readMailServer } from '#main/mail/settings/mail-settings.rules'
import { smtpTransport } from '#main/mail/delivery/transports'
import { readConfig } from '#main/platform/config/config'
import { readSmtpUrl } from '#main/platform/config/smtp-url.rules'
import { settingsDraft } from '../../../src-renderer/screens/mail-settings/mail-settings-form'
import { openPortal, type Portal } from '../../support/portal'
import { staffMember } from '../../support/staff'
import { openPostOffice } from '../mail/post-office'

const settingsOf = (portal: Portal) => join(portal.config.dataDir, 'settings.json')
const serverAt = (url: string, changes: object = {}) => {
  const { hostname, port } = new URL(url)
  return { host: hostname, port: Number(port), tls: 'auto', user: null, ...changes }
}

describe('mail settings (DESIGN §9)', () => {
  it('hold at once, without a restart, and after one', async () => {
    const portal = await openPortal()
    const office = await openPostOffice()
    const admin = await staffMember(portal, 'admin')
    expect((await admin.call('GET', '/staff/mail-settings')).body).toEqual({
      training: false,
      server: null,
      serverSource: 'default',
      passwordPlace: null,
      mailFrom: 'noreply@example.jp',
      mailFromSource: 'default',
    })
    await portal.askForRegistration('waiting@example.jp')
    const changed = await admin.call('PUT', '/staff/mail-settings', {
      server: serverAt(office.url),
      mailFrom: 'immi@moj.example.jp',
    })
    expect(changed).toMatchObject({
      status: 200,
      body: { serverSource: 'file', mailFrom: 'immi@moj.example.jp', mailFromSource: 'file' },
    })
    const waited = await office.letter(({ to }) => to.includes('waiting@example.jp'), 'the mail that had waited')
    expect(waited.mail.from?.value[0]?.address).toBe('immi@moj.example.jp')
    expect((await portal.visitor().call('GET', '/health')).body['mailFrom']).toBe('immi@moj.example.jp')
    await portal.visitor().call('POST', '/registrations', { email: 'next@example.jp' })
    const next = await office.letter(({ to }) => to.includes('next@example.jp'), 'the next mail')
    expect(next.mail.messageId).toMatch(/@moj\.example\.jp>$/)
    expect(readConfig(['--data', portal.config.dataDir], {})).toMatchObject({
      smtpUrl: office.url,
      mailFrom: 'immi@moj.example.jp',
    })
  })

  it('keep the password in a file of the owner alone, and never tell it', async () => {
    const portal = await openPortal()
    const admin = await staffMember(portal, 'admin')
    const secret = 'geheim/:@ #1'
    const server = { host: 'mail.example.jp', port: 465, tls: 'tls', user: 'immi@example.jp' }
    const answer = await admin.call('PUT', '/staff/mail-settings', { server: { ...server, password: secret } })
    expect(answer.body['server']).toEqual({ ...server, hasPassword: true })
    expect(statSync(settingsOf(portal)).mode & 0o777).toBe(0o600)
    expect(readSmtpUrl(readConfig(['--data', portal.config.dataDir], {}).smtpUrl ?? '')?.password).toBe(secret)
    const told = [
      answer.body,
      (await admin.call('GET', '/staff/mail-settings')).body,
      (await admin.call('GET', '/staff/audit')).body,
      await portal.data.db.selectFrom('audit').selectAll().execute(),
    ]
    for (const text of told.map((one) => JSON.stringify(one))) expect(text).not.toMatch(/geheim/)

    await admin.call('PUT', '/staff/mail-settings', { server, mailFrom: 'immi@moj.example.jp' })
    expect(readFileSync(settingsOf(portal), 'utf8')).toContain(encodeURIComponent(secret))
    const elsewhere = await admin.call('PUT', '/staff/mail-settings', { server: { ...server, host: 'evil.example' } })
    expect(elsewhere.body['errors']).toEqual([{ field: 'server.password', code: 'mail-server.password' }])
    await admin.call('PUT', '/staff/mail-settings', { server: null })
    expect(readFileSync(settingsOf(portal), 'utf8')).not.toContain('geheim')
    expect((await admin.call('GET', '/staff/mail-settings')).body).toMatchObject({
      server: null,
      serverSource: 'default',
    })
  })

  it('keep a password only where it goes to the same server and user over a way at least as safe', () => {
    const server = (changes: object) => ({ host: 'mail', port: 587, tls: 'auto', user: 'me', ...changes }) as const
    const sources = { smtpUrl: 'file', smtpTls: 'file', mailFrom: 'file' } as const
    const plan = (smtpUrl: string, smtpTls: 'plain' | null, asked: object, locked = false) =>
      planMailChange({ server: server(asked) }, { training: false, smtpUrl, smtpTls, locked, sources })
    const refused = { ok: false, problem: 'mail-server.password' }
    const kept = (smtpUrl: string, smtpTls: string | null = null) => ({ ok: true, value: { smtpUrl, smtpTls } })
    const old = 'smtp://me:x%2Fy@mail:587'
    expect(plan(old, null, {})).toEqual(kept(old))
    expect(plan(old, null, { tls: 'starttls' })).toEqual(kept(old, 'starttls'))
    expect(plan(old, null, { tls: 'tls', port: 465 })).toEqual(kept('smtps://me:x%2Fy@mail:465'))
    expect(plan(old, null, { port: 2525 })).toEqual(kept('smtp://me:x%2Fy@mail:2525'))
    expect(plan(old, null, { tls: 'plain' })).toEqual(refused)
    expect(plan('smtps://me:x@mail:465', null, { tls: 'plain', port: 465 })).toEqual(refused)
    expect(plan(old, 'plain', { tls: 'plain' })).toEqual(kept(old, 'plain'))
    expect(plan(old, 'plain', { tls: 'plain', port: 2525 })).toEqual(refused)
    expect(plan(old, 'plain', { tls: 'auto' })).toEqual(kept(old))
    for (const change of [{ host: 'other' }, { user: 'you' }]) expect(plan(old, null, change)).toEqual(refused)
    expect(plan(old, null, {}, true)).toEqual(refused)
    expect(plan(old, null, { user: null })).toEqual(kept('smtp://mail:587'))
    expect(plan('smtp://me@mail:587', null, { tls: 'plain' })).toEqual(kept('smtp://me@mail:587', 'plain'))
  })

  it('take every password that can be typed from the screen through the file to the mail server', async () => {
    const portal = await openPortal()
    const admin = await staffMember(portal, 'admin')
    const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    const settings = { server: null, serverSource: 'file', mailFromSource: 'variable' } as unknown as MailSettings
    await fc.assert(
      fc.asyncProperty(word, async (password) => {
        const typed = {
          'server.host': 'mail.example.jp',
          'server.port': '25',
          'server.user': 'immi@example.jp',
          'server.tls': 'plain',
          'server.password': password,
        }
        const request = settingsDraft(settings).parse(typed)
        expect((await admin.call('PUT', '/staff/mail-settings', request)).status).toBe(200)
        const { smtpUrl } = readConfig(['--data', portal.config.dataDir], {})
        expect(readSmtpUrl(smtpUrl ?? '')).toMatchObject({ user: 'immi@example.jp', password })
      }),
      { numRuns: 40 },
    )
    const password = '100%sáfe あ:/?#[]@ "\\'
    const office = await openPostOffice({ login: { user: 'immi', password } })
    await admin.call('PUT', '/staff/mail-settings', {
      server: serverAt(office.url, { user: 'immi', tls: 'plain', password }),
    })
    const { smtpUrl, smtpTls } = readConfig(['--data', portal.config.dataDir], {})
    expect(await smtpTransport(smtpUrl ?? '', 'a@example.jp', smtpTls).reach()).toBeNull()
  })

  it.each([
    [{}, '', 'field.required'],
    [{ mailFrom: 'nobody' }, 'mailFrom', 'email.format'],
    [{ server: { host: 'a b', port: 25 } }, 'server.host', 'mail-server.host'],
    [{ server: { host: 'x:y@z', port: 25 } }, 'server.host', 'mail-server.host'],
    [{ server: { host: 'mail', port: 0 } }, 'server.port', 'mail-server.port'],
  ])('refuse %j', async (request, field, code) => {
    const portal = await openPortal()
    const admin = await staffMember(portal, 'admin')
    expect((await admin.call('PUT', '/staff/mail-settings', request)).body['errors']).toMatchObject([{ field, code }])
  })

  it('of variables win, are shown as such and refuse a change', () => {
    const server = { host: 'mail', port: 25, tls: 'auto', user: null } as const
    const sources = { smtpUrl: 'variable', smtpTls: 'default', mailFrom: 'file' } as const
    const state = { training: false, smtpUrl: 'smtp://one:25', smtpTls: null, locked: false, sources }
    expect(planMailChange({ server }, state)).toEqual({ ok: false, problem: 'settings.variable' })
    expect(planMailChange({ mailFrom: 'a@example.jp' }, state)).toEqual({
      ok: true,
      value: { mailFrom: 'a@example.jp' },
    })
    expect(planMailChange({ server }, { ...state, training: true })).toEqual({
      ok: false,
      problem: 'settings.training',
    })
    const { mailSources } = readConfig(['--data', '/nowhere'], { ZAIRYU_SMTP_URL: 'smtp://mail:25' })
    expect(mailSources).toEqual({ smtpUrl: 'variable', smtpTls: 'default', mailFrom: 'default' })
    const onlyTheWay = { ...sources, smtpUrl: 'default', smtpTls: 'variable' } as const
    expect(planMailChange({ server }, { ...state, smtpUrl: null, sources: onlyTheWay })).toEqual({
      ok: false,
      problem: 'settings.variable',
    })
  })

  it('say so over the service, too', async () => {
    const portal = await openPortal()
    const admin = await staffMember(portal, 'admin')
    const config = readConfig(['--data', portal.config.dataDir, '--browser', '--no-open'], {
      ZAIRYU_SMTP_URL: 'smtp://127.0.0.1:1',
      ZAIRYU_LOG_LEVEL: 'silent',
    })
    const service = await compose(config, { origins: [], hosts: null }, undefined, {
      clock: { now: () => portal.now() },
    })
    try {
      const { headers } = await admin.call('POST', '/staff/session', {
        loginName: 'admin',
        password: 'correct horse battery',
      })
      const cookie = /zairyu_staff=[^;]+/.exec(headers.getSetCookie().join())?.[0] ?? ''
      const call = (method: string, body?: object) =>
        service.fetch(
          new Request('http://app/api/v1/staff/mail-settings', {
            method,
            headers: { Cookie: cookie, 'Content-Type': 'application/json' },
            ...(body && { body: JSON.stringify(body) }),
          }),
        )
      expect(await (await call('GET')).json()).toMatchObject({ serverSource: 'variable' })
      const refused = await call('PUT', { server: null })
      expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'settings.variable' }])
    } finally {
      await service.stop()
    }
  })

  it('read every form of a URL', () => {
    expect(readMailServer('smtp://mail.example.jp', null)).toMatchObject({ port: 587, tls: 'auto', user: null })
    expect(readMailServer('smtp://u@mail.example.jp', null)).toMatchObject({ tls: 'auto', hasPassword: false })
    expect(readMailServer('smtp://u:p@mail.example.jp', 'starttls')).toMatchObject({ port: 587, tls: 'starttls' })
    expect(readMailServer('smtp://u:p@mail.example.jp', 'plain')).toMatchObject({ port: 587, tls: 'plain' })
    expect(readMailServer('smtps://u%40x:p@mail.example.jp', null)).toMatchObject({
      port: 465,
      tls: 'tls',
      user: 'u@x',
      hasPassword: true,
    })
    expect(readMailServer('smtps://mail.example.jp', 'plain')).toBeNull()
  })

  it('send a test mail with the answer of the server', async () => {
    const portal = await openPortal()
    const admin = await staffMember(portal, 'admin')
    const test = (email = 'admin@example.jp') => admin.call('POST', '/staff/mail-settings/test-mails', { email })
    expect(await test()).toMatchObject({ status: 409, body: { code: 'mail.no-server' } })
    const office = await openPostOffice()
    await admin.call('PUT', '/staff/mail-settings', { server: serverAt(office.url) })
    expect((await test()).body).toEqual({
      accepted: true,
      reason: null,
      failure: null,
      certificateNames: null,
    })
    expect((await office.letter(() => true, 'the test mail')).to).toEqual(['admin@example.jp'])
    office.recipientAnswers.push({ responseCode: 550, message: '5.1.1 nobody here' })
    expect((await test()).body).toMatchObject({
      accepted: false,
      reason: '550 5.1.1 after RCPT TO',
      failure: 'address',
    })
    await office.close()
    expect((await test()).body).toMatchObject({ accepted: false, failure: 'unreachable' })
    expect((await test('no address')).status).toBe(422)
  })
})

describe('the outbox (DESIGN §9)', () => {
  it('shows mails without the links and codes that belong to their readers', async () => {
    const portal = await openPortal()
    const admin = await staffMember(portal, 'admin')
    const token = await portal.askForRegistration('an@example.jp')
    const real = await portal.lastMailTo('an@example.jp')
    const code = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(real.text)?.[0] ?? 'no code'
    const { body } = await admin.call('GET', '/staff/mails')
    expect(body).toMatchObject({ total: 1, counts: { queued: 1, sent: 0, failed: 0 } })
    const [item] = body['items'] as { id: string }[]
    const shown = await admin.call('GET', `/staff/mails/${item?.id}`)
    expect(shown.body).toMatchObject({ to: 'an@example.jp', from: 'noreply@example.jp', status: 'queued', attempts: 0 })
    for (const text of [JSON.stringify(shown.body), JSON.stringify(body)]) {
      expect(text).not.toContain(token)
      expect(text).not.toContain(code)
    }
    expect(shown.body['text']).toContain('/register/＊＊＊')
    expect((await admin.call('GET', '/staff/mails/x')).body['code']).toBe('mail.unknown')
  })

  it('tries a mail that was given up again, at once', async () => {
    const portal = await openPortal()
    const office = await openPostOffice()
    const admin = await staffMember(portal, 'admin')
    office.recipientAnswers.push({ responseCode: 550, message: '5.1.1 nobody' })
    await admin.call('PUT', '/staff/mail-settings', { server: serverAt(office.url) })
    await portal.visitor().call('POST', '/registrations', { email: 'an@example.jp' })
    const failed = async () => (await admin.call('GET', '/staff/mails?status=failed')).body['items'] as { id: string }[]
    await expect.poll(failed, { timeout: 10_000 }).toMatchObject([
      {
        to: 'an@example.jp',
        failure: 'address',
        lastError: '550 5.1.1 after RCPT TO',
        attempts: 1,
        nextAttemptAt: null,
      },
    ])
    const id = (await failed())[0]?.id
    const tried = await admin.call('POST', `/staff/mails/${id}/retry`)
    expect(tried.body).toMatchObject({ status: 'sent', attempts: 2, lastError: null })
    expect(office.letters.at(-1)?.to).toEqual(['an@example.jp'])
    expect((await admin.call('POST', `/staff/mails/${id}/retry`)).body['code']).toBe('mail.sent')
    expect((await admin.call('POST', '/staff/mails/x/retry')).status).toBe(404)
    const { body } = await admin.call('GET', `/staff/audit?action=mail.retried&subject=${id}`)
    expect(body['total']).toBe(1)
  })

  it('is paged and filtered', async () => {
    const portal = await openPortal()
    const admin = await staffMember(portal, 'admin')
    for (let count = 0; count < 21; count += 1)
      await portal.visitor().call('POST', '/registrations', { email: `a${count}@example.jp` })
    const ids = async (search: string) =>
      ((await admin.call('GET', `/staff/mails${search}`)).body['items'] as { id: string }[]).map(({ id }) => id)
    const all = [...(await ids('')), ...(await ids('?page=2'))]
    expect(new Set(all).size).toBe(21)
    expect(await ids('?status=sent')).toEqual([])
    expect((await admin.call('GET', '/staff/mails?status=lost')).status).toBe(422)
  })

  it('tells what keeps mail from going out, to everybody in one word, and tries again together', async () => {
    const portal = await openPortal()
    const office = await openPostOffice()
    const admin = await staffMember(portal, 'admin')
    const health = async () => (await portal.visitor().call('GET', '/health')).body
    expect(await health()).toMatchObject({ status: 'ok', mail: { alarm: null } })
    for (let count = 0; count < 40; count += 1)
      office.recipientAnswers.push({ responseCode: 554, message: '5.7.1 Relay access denied' })
    for (let count = 0; count < 8; count += 1)
      await portal.visitor().call('POST', '/registrations', { email: `a${count}@example.jp` })
    await admin.call('PUT', '/staff/mail-settings', { server: serverAt(office.url) })
    await expect
      .poll(health, { timeout: 10_000 })
      .toMatchObject({ status: 'degraded', mail: { alarm: 'stopped', failed: 0 } })
    expect(JSON.stringify(await health())).not.toContain('relay')
    const { body } = await admin.call('GET', '/staff/mails')
    expect(body['trouble']).toMatchObject({ stopped: { failure: 'relay', reason: '554 5.7.1 after RCPT TO' } })
    expect(body['items']).toContainEqual(expect.objectContaining({ status: 'queued', failure: 'relay' }))
    expect(body['failures']).toEqual([])

    office.recipientAnswers.length = 0
    const resumed = await admin.call('POST', '/staff/mails/retries', { status: 'queued' })
    expect(resumed).toMatchObject({ status: 200, body: { count: expect.any(Number) as number } })
    await expect.poll(health, { timeout: 10_000 }).toMatchObject({ status: 'ok', mail: { alarm: null, queued: 0 } })
    expect(office.letters).toHaveLength(8)
    expect((await admin.call('POST', '/staff/mails/retries', { status: 'queued' })).body).toEqual({ count: 0 })
    const audit = await admin.call('GET', '/staff/audit?action=mail.all-retried')
    expect(audit.body).toMatchObject({
      total: 1,
      items: [{ detail: { status: 'queued', count: resumed.body['count'] } }],
    })
  })

  it('tries given-up mails again by why they were given up, and not for ever', async () => {
    const portal = await openPortal()
    const office = await openPostOffice()
    const admin = await staffMember(portal, 'admin')
    for (const message of ['5.1.1 nobody', '5.1.1 nobody', '5.2.2 full'])
      office.recipientAnswers.push({ responseCode: 552, message })
    for (let count = 0; count < 3; count += 1)
      await portal.visitor().call('POST', '/registrations', { email: `a${count}@example.jp` })
    await admin.call('PUT', '/staff/mail-settings', { server: serverAt(office.url) })
    const failures = async () => (await admin.call('GET', '/staff/mails')).body['failures']
    await expect.poll(failures, { timeout: 10_000 }).toEqual([
      { failure: 'address', count: 2 },
      { failure: 'mailbox-full', count: 1 },
    ])
    const retry = (body: object) => admin.call('POST', '/staff/mails/retries', body)
    expect((await retry({ status: 'failed', failure: 'address' })).body).toEqual({ count: 2 })
    await expect.poll(failures, { timeout: 10_000 }).toEqual([{ failure: 'mailbox-full', count: 1 }])
    expect((await retry({ status: 'failed' })).body).toEqual({ count: 1 })
    await expect.poll(() => office.letters.length, { timeout: 10_000 }).toBe(3)
    for (const wrong of [{ status: 'sent' }, { status: 'failed', failure: 'x' }, {}])
      expect((await retry(wrong)).status).toBe(422)
    const clerk = await staffMember(portal, 'clerk')
    expect((await clerk.call('POST', '/staff/mails/retries', { status: 'failed' })).body['code']).toBe('staff.role')
    let limited = 0
    for (let count = 0; count < 40; count += 1) limited = Math.max(limited, (await retry({ status: 'failed' })).status)
    expect(limited).toBe(429)
  })

  it('lets a stopped queue go on when the settings are changed', async () => {
    const portal = await openPortal()
    const [closed, office] = await Promise.all([openPostOffice({ locked: true }), openPostOffice()])
    const admin = await staffMember(portal, 'admin')
    for (let count = 0; count < 7; count += 1)
      await portal.visitor().call('POST', '/registrations', { email: `a${count}@example.jp` })
    const alarm = async () => ((await portal.visitor().call('GET', '/health')).body['mail'] as { alarm: string }).alarm
    await admin.call('PUT', '/staff/mail-settings', {
      server: serverAt(closed.url, { tls: 'plain', user: 'me', password: 'wrong' }),
    })
    await expect.poll(alarm, { timeout: 10_000 }).toBe('stopped')
    const underWay = () =>
      portal.data.db.selectFrom('outbox').select('id').where('lease_holder', 'is not', null).execute()
    await expect.poll(underWay).toEqual([])
    await admin.call('PUT', '/staff/mail-settings', { server: serverAt(office.url) })
    await expect.poll(() => office.letters.length, { timeout: 10_000 }).toBe(7)
    expect(await alarm()).toBeNull()
  })
})
