import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { CertificateProgress, CertificateView } from '#contract/http/certificate/certificate-view'
import { applicationsReply, certificateView } from '#contract/http/certificate/certificate-view'
import { importCertificates } from '#main/features/issue/import-certificates.action'
import type { MailTransport } from '#main/mail/delivery/transports'
import { processDueMail } from '#main/mail/delivery/worker'
import { openPortal, type Portal, type Visitor } from '../../support/portal'
import { certificateLine } from '../../support/samples'

const NUMBER = '在1番Y25071798'

/** A signed-in person with one certificate, issued on 20 November and taken in on the 22nd at 9:00. */
async function withCertificate(changes: Record<string, unknown> = {}, number = NUMBER) {
  const portal = await openPortal()
  const { userId, email, visitor } = await portal.signedIn()
  const source = { actor: 'operator', mailer: portal.data.mailer }
  const line = JSON.stringify(certificateLine(userId, number, changes))
  expect(await importCertificates(portal.data.db, line, source, portal.now())).toMatchObject({ ok: true })
  return { portal, visitor, userId, email }
}

const ACCEPTS: MailTransport['send'] = () => Promise.resolve({ accepted: true })
const refuses = (reason: string, permanent: boolean): MailTransport['send'] => {
  return () => Promise.resolve({ accepted: false, permanent, reason })
}

/** Lets what is due go out to a mail server that answers like this, and everything else that is due run. */
async function deliver(portal: Portal, send = ACCEPTS): Promise<void> {
  await portal.runJobs()
  const transport = { send, reach: () => Promise.resolve(null), close: () => undefined }
  await processDueMail({ ...portal.data.mail, transport }, portal.now())
}

const read = async (visitor: Visitor, number = NUMBER): Promise<CertificateView> =>
  certificateView.parse((await visitor.call('GET', `/receipts/${encodeURIComponent(number)}`)).body)

/** The way as a reader sees it: `sign name time`. */
const wayOf = ({ state, timeline }: CertificateProgress) => [
  state,
  ...timeline.map((one) => [one.state, one.kind, one.count, one.at].filter((part) => part !== null).join(' ')),
]

describe('reading an own certificate again', () => {
  it('says what its mail says, word for word', async () => {
    const { portal, visitor, email } = await withCertificate({ remarks: '第一行\n第二行' })
    const view = await read(visitor)
    const { text } = await portal.lastMailTo(email)
    expect(text).toContain(`${view.numberLabel.ja} / ${view.numberLabel.en}\n  ${view.certificateNumber}`)
    for (const { label, lines } of view.facts)
      expect(text).toContain([`${label.ja} / ${label.en}`, ...lines.map((line) => `  ${line.text}`)].join('\n'))
    expect(view.facts.map(({ field, lines }) => [field, ...lines.map((line) => line.text)])).toEqual([
      ['name', 'NGUYEN VAN AN'],
      ['nationality', 'ベトナム Viet Nam'],
      ['birthDate', '1998年4月12日 (1998-04-12)'],
      ['sex', '男 Male'],
      ['statusOfResidence', '技術・人文知識・国際業務', 'Engineer / Specialist in Humanities / International Services'],
      ['periodOfStay', '3年 3 years'],
      ['issuedOn', '2026年11月20日 (2026-11-20)'],
      ['validUntil', '2027年2月20日 (2027-02-20)'],
      ['organization', '株式会社みらい商事'],
      ['remarks', '第一行 第二行'],
      ['issuingOffice', '東京出入国在留管理局', 'Tokyo Regional Immigration Services Bureau'],
    ])
  })

  it('finds a number of any signs', async () => {
    const number = '在1/番?#%Y.25'
    const { visitor } = await withCertificate({}, number)
    expect((await read(visitor, number)).certificateNumber).toBe(number)
  })

  it('does not exist for another person, nor for nobody', async () => {
    const { portal } = await withCertificate()
    const path = `/receipts/${encodeURIComponent(NUMBER)}`
    const { visitor: other } = await portal.signedIn({ email: 'be@example.jp' })
    const foreign = await other.call('GET', path)
    expect(foreign).toMatchObject({ status: 404, body: { code: 'certificate.unknown' } })
    expect((await other.call('GET', '/receipts/x')).body).toEqual(foreign.body)
    expect((await other.call('GET', '/applications')).body).toMatchObject({ items: [], total: 0 })
    expect(await portal.visitor().call('GET', path)).toMatchObject({ status: 401, body: { code: 'session.none' } })
    expect((await portal.visitor().call('GET', '/applications')).status).toBe(401)
  })

  it('is described in the OpenAPI', async () => {
    const portal = await openPortal()
    const { paths } = (await portal.visitor().call('GET', '/openapi.json')).body as { paths: object }
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/receipts/{certificateNumber}', '/applications']))
  })
})

describe('the way of a certificate (M1.4)', () => {
  it('waits for its mail first', async () => {
    const { visitor, email } = await withCertificate()
    const view = await read(visitor)
    expect(wayOf(view)).toEqual([
      'issued',
      'done issued 2026-11-20',
      'next mail-queued 2026-11-22T00:00:00.000Z',
      'later registration',
      'later valid-until 2027-02-20',
    ])
    expect(view.timeline[1]).toMatchObject({ to: email, failure: null, nextAttemptAt: null })
  })

  it('says when the mail went, what is awaited, and when a reminder comes', async () => {
    const { portal, visitor } = await withCertificate()
    portal.wait('PT2M')
    await deliver(portal)
    expect(wayOf(await read(visitor))).toEqual([
      'sent',
      'done issued 2026-11-20',
      'done mail-sent 2026-11-22T00:02:00.000Z',
      'next registration',
      'later reminder-next 1 2026-11-29T00:02:00.000Z',
      'later valid-until 2027-02-20',
    ])
  })

  it('counts the reminders, and promises none after the registration', async () => {
    const { portal, userId } = await withCertificate()
    await deliver(portal)
    portal.wait('P7D')
    await deliver(portal)
    portal.wait('P7D')
    await deliver(portal)
    const again = portal.visitor()
    await again.logIn(userId)
    expect(wayOf(await read(again))).toEqual([
      'sent',
      'done issued 2026-11-20',
      'done mail-sent 2026-11-22T00:00:00.000Z',
      'done reminder-sent 1 2026-11-29T00:00:00.000Z',
      'done reminder-sent 2 2026-12-06T00:00:00.000Z',
      'next registration',
      'later reminder-next 3 2026-12-13T00:00:00.000Z',
      'later valid-until 2027-02-20',
    ])
    await again.call('POST', `/receipts/${encodeURIComponent(NUMBER)}/registration`)
    expect(wayOf(await read(again)).slice(-3)).toEqual([
      'done reminder-sent 2 2026-12-06T00:00:00.000Z',
      'done registered 2026-12-06T00:00:00.000Z',
      'later valid-until 2027-02-20',
    ])
  })

  it('ends with its last day: good at 23:59:59, over at 24:00:00', async () => {
    const { portal, visitor, userId } = await withCertificate()
    await deliver(portal)
    portal.wait('P90D')
    portal.wait('PT14H59M59S')
    await visitor.logIn(userId)
    expect(portal.now().toString()).toBe('2027-02-20T14:59:59Z')
    expect(wayOf(await read(visitor)).at(-1)).toBe('later valid-until 2027-02-20')
    portal.wait('PT1S')
    const [state, ...way] = wayOf(await read(visitor))
    expect(state).toBe('expired')
    expect(way.at(-1)).toBe('done expired 2027-02-20')
    expect(way.join()).not.toMatch(/registration|reminder-next/)
  })

  it.each([
    { reason: '550 5.1.1 after RCPT TO', failure: 'address' },
    { reason: '550 after RCPT TO', failure: 'address' },
    { reason: '552 5.2.2 after RCPT TO', failure: 'mailbox-full' },
    { reason: '552 5.3.4 after DATA', failure: 'refused' },
    { reason: '554 5.6.0 after DATA', failure: 'refused' },
  ])('says that sending failed for good, not what the server wrote: $reason', async ({ reason, failure }) => {
    const { portal, visitor } = await withCertificate()
    portal.wait('PT3M')
    await deliver(portal, refuses(reason, true))
    const answer = await visitor.call('GET', `/receipts/${encodeURIComponent(NUMBER)}`)
    const view = certificateView.parse(answer.body)
    expect(wayOf(view).slice(0, 4)).toEqual([
      'failed',
      'done issued 2026-11-20',
      'failed mail-failed 2026-11-22T00:00:00.000Z',
      'later registration',
    ])
    expect(view.timeline[1]).toMatchObject({ failure, nextAttemptAt: null })
    expect(JSON.stringify(answer.body)).not.toContain('RCPT')
  })

  it.each([
    { reason: 'ECONNREFUSED', failure: 'unreachable' },
    { reason: 'no answer', failure: 'unreachable' },
    { reason: '451 4.7.1 after RCPT TO', failure: 'busy' },
    { reason: '452 4.2.2 after RCPT TO', failure: 'mailbox-full' },
    { reason: '535 5.7.8 after AUTH PLAIN', failure: 'own' },
    { reason: 'EAUTH', failure: 'own' },
    { reason: 'not sent, see the log', failure: 'own' },
  ])('says when it is tried again after $reason', async ({ reason, failure }) => {
    const { portal, visitor } = await withCertificate()
    await deliver(portal, refuses(reason, false))
    const view = await read(visitor)
    expect(view.state).toBe('issued')
    expect(view.timeline[1]).toMatchObject({
      kind: 'mail-queued',
      state: 'next',
      failure,
      nextAttemptAt: '2026-11-22T00:01:00.000Z',
    })
  })

  it('stays sent when a later reminder fails', async () => {
    const { portal, visitor, userId } = await withCertificate()
    await deliver(portal)
    portal.wait('P7D')
    await deliver(portal, refuses('550 5.1.1 after RCPT TO', true))
    await visitor.logIn(userId)
    expect(wayOf(await read(visitor))).toEqual([
      'sent',
      'done issued 2026-11-20',
      'done mail-sent 2026-11-22T00:00:00.000Z',
      'failed reminder-failed 1 2026-11-29T00:00:00.000Z',
      'next registration',
      'later reminder-next 2 2026-12-06T00:00:00.000Z',
      'later valid-until 2027-02-20',
    ])
  })
})

describe('the application status', () => {
  it('lists own certificates with the way of each, newest request first, in pages', async () => {
    const { portal, visitor, userId } = await withCertificate()
    portal.wait('PT1H')
    const source = { actor: 'operator', mailer: portal.data.mailer }
    const line = JSON.stringify(certificateLine(userId, '在1番Y2'))
    await importCertificates(portal.data.db, line, source, portal.now())
    await deliver(portal)
    const { items, total, asOf } = applicationsReply.parse((await visitor.call('GET', '/applications')).body)
    expect({ total, asOf }).toEqual({ total: 2, asOf: '2026-11-22T01:00:00.000Z' })
    expect(items.map(({ certificate, state }) => [certificate?.certificateNumber, state])).toEqual([
      ['在1番Y2', 'sent'],
      [NUMBER, 'sent'],
    ])
    for (const { certificate, counter, timeline } of items) {
      expect(counter).toBeNull()
      expect(timeline).toEqual((await read(visitor, certificate?.certificateNumber)).timeline)
    }
    expect((await visitor.call('GET', '/applications?page=2')).body).toMatchObject({ items: [], total: 2 })
    expect((await visitor.call('GET', '/applications?size=7')).status).toBe(422)
  })

  it('finds the mails of certificates by an index', async () => {
    const { data } = await openPortal()
    const plan = sql<{
      detail: string
    }>`explain query plan select kind from outbox where certificate_number in ('a', 'b') order by certificate_number, created_at, id`
    const { rows } = await plan.execute(data.db)
    expect(rows.map(({ detail }) => detail).join()).toMatch(/^SEARCH outbox USING INDEX outbox_of_certificate[^,]*$/)
  })
})
