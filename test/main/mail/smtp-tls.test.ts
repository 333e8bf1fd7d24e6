import { createServer, type AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { SmtpTls } from '#main/platform/config/smtp-url.rules'
import { listMail } from '#main/mail/mailer/outbox'
import { smtpTransport, type MailTransport, type OutgoingMail } from '#main/mail/delivery/transports'
import { processDueMail } from '#main/mail/delivery/worker'
import { hasOpenssl, withAuthority, type ServerCertificate } from '../../support/mail-certificates'
import { delivery, FROM, openOutbox, openPostOffice, put, START } from './post-office'

const LOGIN = { user: 'mailer', password: 'Geheim-77' }
/** What `AUTH PLAIN` sends. */
const ON_THE_WIRE = Buffer.from(`\0${LOGIN.user}\0${LOGIN.password}`).toString('base64')
const mail: OutgoingMail = {
  messageId: '<1@immi.example.jp>',
  createdAt: '2026-11-22T00:00:00Z',
  to: 'an@example.jp',
  subject: 'Geheim-Betreff',
  language: 'ja',
  text: 'x',
  html: '<p>x</p>',
}
const withLogin = (url: string) => url.replace('//', `//${LOGIN.user}:${LOGIN.password}@`)
const sendTo = (url: string, tls: SmtpTls | null = null) => {
  const transport: MailTransport = smtpTransport(url, FROM, tls)
  onTestFinished(() => transport.close())
  return transport.send(mail)
}

describe('a mail server without STARTTLS', () => {
  it.each([null, 'starttls'] as const)('gets neither password nor mail (chosen: %s)', async (tls) => {
    const [{ db }, office] = await Promise.all([openOutbox(), openPostOffice({ login: LOGIN })])
    await put(db)
    await processDueMail(delivery(db, smtpTransport(withLogin(office.url), FROM, tls)), START)
    expect(await listMail(db)).toMatchObject([
      { status: 'queued', lastError: expect.stringMatching(/after STARTTLS$/) },
    ])
    expect(office.heard()).toContain('STARTTLS')
    expect(office.heard()).not.toMatch(/AUTH|MAIL FROM/i)
    expect(office.letters).toEqual([])
    expect(await sendTo(withLogin(office.url), tls)).toMatchObject({ failure: 'tls-missing', permanent: false })
    expect(await smtpTransport(withLogin(office.url), FROM, tls).reach()).toMatchObject({ failure: 'tls-missing' })
  })

  it('gets the password where somebody chose plain', async () => {
    const office = await openPostOffice({ login: LOGIN })
    expect(await sendTo(withLogin(office.url), 'plain')).toEqual({ accepted: true })
    expect(office.heard()).toContain(ON_THE_WIRE)
  })

  it('gets a mail where there is no user and nothing was chosen', async () => {
    const office = await openPostOffice()
    expect(await sendTo(office.url)).toEqual({ accepted: true })
    expect(await sendTo(office.url, 'starttls')).toMatchObject({ failure: 'tls-missing' })
  })

  it.each([
    ['250 STARTTLS is taken out of the answer', ['250-fake', '250 AUTH PLAIN LOGIN'], '500 5.5.1 what?'],
    ['EHLO is refused', ['502 5.5.1 what?'], '502 5.5.1 what?'],
    ['STARTTLS is refused for the time being', ['250-fake', '250-STARTTLS', '250 AUTH PLAIN'], '454 4.7.0 not now'],
  ])('between us and the real one gets nothing: %s', async (_, ehlo, starttls) => {
    let heard = ''
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.write('220 fake ESMTP\r\n')
      socket.on('data', (chunk: Buffer) => {
        const line = chunk.toString()
        heard += line
        const answer = /^EHLO/i.test(line) ? ehlo : /^STARTTLS/i.test(line) ? [starttls] : ['250 2.0.0 ok']
        socket.write(`${answer.join('\r\n')}\r\n`)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
    const url = withLogin(`smtp://127.0.0.1:${(server.address() as AddressInfo).port}`)
    expect(await sendTo(url)).toMatchObject({ accepted: false, permanent: false })
    expect(heard).toMatch(/EHLO/i)
    expect(heard).not.toMatch(/AUTH|MAIL FROM|HELO mail/i)
  })
})

describe.skipIf(!hasOpenssl())('the certificate of a mail server', () => {
  const trusted = getCACertificates('default')
  const made = {} as Record<'right' | 'wrongName' | 'stranger' | 'expired', ServerCertificate>
  beforeAll(() => {
    withAuthority(({ ca, sign }) => {
      setDefaultCACertificates([...trusted, ca])
      made.right = sign('IP:127.0.0.1')
      made.wrongName = sign('DNS:mail.example.jp,DNS:smtp.example.jp')
      made.expired = sign('IP:127.0.0.1', -1)
    })
    withAuthority(({ sign }) => (made.stranger = sign('IP:127.0.0.1')))
  })
  afterAll(() => setDefaultCACertificates(trusted))

  it.each([
    { name: 'STARTTLS, by default', secure: false, tls: null },
    { name: 'STARTTLS, chosen', secure: false, tls: 'starttls' },
    { name: 'TLS', secure: true, tls: null },
    { name: 'TLS, chosen', secure: true, tls: 'tls' },
  ] as const)('that fits: password and mail go out encrypted ($name)', async ({ secure, tls }) => {
    const office = await openPostOffice({ login: LOGIN, tls: { ...made.right, secure } })
    expect(await sendTo(withLogin(office.url), tls)).toEqual({ accepted: true })
    expect(office.heard()).not.toMatch(/AUTH|MAIL FROM/i)
    expect(office.letters).toHaveLength(1)
  })

  const WRONG = [
    { which: 'wrongName', reason: 'TLS_WRONG_NAME', failure: 'tls-name', names: 'mail.example.jp, smtp.example.jp' },
    { which: 'stranger', reason: 'TLS_UNTRUSTED', failure: 'tls-untrusted', names: undefined },
    { which: 'expired', reason: 'TLS_EXPIRED', failure: 'tls-expired', names: undefined },
  ] as const
  it.each(
    WRONG.flatMap((wrong) => [
      { ...wrong, secure: false, user: true },
      { ...wrong, secure: true, user: true },
      { ...wrong, secure: false, user: false },
    ]),
  )('that does not fit gets nothing and is named: $reason, secure $secure, user $user', async (one) => {
    const { which, reason, failure, names, secure, user } = one
    const office = await openPostOffice({ ...(user && { login: LOGIN }), tls: { ...made[which], secure } })
    const url = user ? withLogin(office.url) : office.url
    const refused = { accepted: false, permanent: false, reason, failure }
    expect(await sendTo(url)).toEqual({ ...refused, ...(names !== undefined && { certificateNames: names }) })
    expect(await smtpTransport(url, FROM).reach()).toMatchObject(refused)
    expect(office.letters).toEqual([])
    expect(office.heard()).not.toContain('AUTH')
  })

  it('is asked for also where Node is told by a variable not to', async () => {
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    onTestFinished(() => {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before
    })
    const office = await openPostOffice({ login: LOGIN, tls: made.stranger })
    expect(await sendTo(withLogin(office.url))).toMatchObject({ reason: 'TLS_UNTRUSTED' })
  })

  it('is not asked for where somebody chose plain', async () => {
    const office = await openPostOffice({ login: LOGIN, tls: made.stranger })
    expect(await sendTo(withLogin(office.url), 'plain')).toEqual({ accepted: true })
  })

  it('cannot be had from a server that speaks no TLS at all', async () => {
    const office = await openPostOffice()
    expect(await sendTo(office.url.replace('smtp:', 'smtps:'))).toMatchObject({ reason: 'TLS_FAILED', failure: 'tls' })
  })
})
