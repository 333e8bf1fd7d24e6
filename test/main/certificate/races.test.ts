import { describe, expect, it } from 'vitest'
import { recordMailAccepted } from '#main/features/certificate/certificate.repo'
import { holdCall } from '../../support/held'
import { openPortal, type Answer, type Portal, type Visitor } from '../../support/portal'
import { certificateLine } from '../../support/samples'
import { addStaff, STAFF_PASSWORD, staffMember } from '../../support/staff'

const OFFICE = '東京出入国在留管理局'
const form = (number: string) => {
  const { userId: _, ...rest } = certificateLine('', number)
  return rest
}

/** Two clerks, an applicant, their application under examination, and their certificate A1, whose mail a server has taken. */
const counter = async () => {
  const portal = await openPortal()
  const person = await portal.signedIn()
  const one = await staffMember(portal)
  await addStaff(portal, 'clerk', 'second')
  const two = portal.visitor()
  await two.call('POST', '/staff/session', { loginName: 'second', password: STAFF_PASSWORD })
  const { body } = await one.call('POST', '/staff/applications', { userId: person.userId, office: OFFICE })
  const id = String(body['id'])
  await one.call('POST', `/staff/applications/${id}/examination`)
  await one.call('POST', '/staff/certificates/import', { lines: JSON.stringify(certificateLine(person.userId, 'A1')) })
  await portal.data.db.transaction().execute((trx) => recordMailAccepted(trx, 'A1', portal.now()))
  return { portal, person, one, two, id }
}
type Counter = Awaited<ReturnType<typeof counter>>

const audit = async (portal: Portal, action: string) =>
  (await portal.data.db.selectFrom('audit').select(['subject']).where('action', '=', action).execute()).map(
    ({ subject }) => subject,
  )
/** Mails of certificates by number, in their order. */
const mails = async (portal: Portal) =>
  (
    await portal.data.db
      .selectFrom('outbox')
      .select(['certificate_number', 'kind'])
      .where('certificate_number', 'is not', null)
      .orderBy('id')
      .execute()
  ).map((mail) => `${mail.kind} ${mail.certificate_number ?? ''}`)
const stateOf = async ({ portal, id }: Counter) =>
  (
    await portal.data.db
      .selectFrom('applications')
      .select(['state', 'certificate_number'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  ).state
const certificate = (portal: Portal, number: string) =>
  portal.data.db.selectFrom('certificates').selectAll().where('number', '=', number).executeTakeFirst()
const said = ({ status, body }: Answer) => [status, body['code'] ?? null]

/** What a clerk does with an application under examination, and where it leads. */
const STEPS = {
  refuse: { wish: ['refusal', { reason: 'x' }], to: 'refused', action: 'application.refused' },
  issue: { wish: ['certificate', form('B1')], to: 'issued', action: 'certificate.issued' },
  'issue another': { wish: ['certificate', form('B2')], to: 'issued', action: 'certificate.issued' },
} as const
const pairs = (Object.keys(STEPS) as (keyof typeof STEPS)[]).flatMap((slow) =>
  (Object.keys(STEPS) as (keyof typeof STEPS)[]).map((quick) => ({ slow, quick })),
)

describe('two clerks with one application', () => {
  it.each(pairs)('of whom one is about to $slow it when the other does ($quick): one step holds', async (pair) => {
    const all = await counter()
    const path = `/staff/applications/${all.id}`
    const issued = (await audit(all.portal, 'certificate.issued')).length
    const sent = (await mails(all.portal)).length
    const held = await holdCall(all.one, 'POST', `${path}/${STEPS[pair.slow].wish[0]}`, STEPS[pair.slow].wish[1])
    const quick = await all.two.call('POST', `${path}/${STEPS[pair.quick].wish[0]}`, STEPS[pair.quick].wish[1])
    expect(quick.status).toBeLessThan(300)
    expect(said(await held.finish())).toEqual([409, 'application.state'])
    expect(await stateOf(all)).toBe(STEPS[pair.quick].to)
    const letters = pair.quick === 'refuse' ? 0 : 1
    expect(await audit(all.portal, 'application.refused')).toHaveLength(1 - letters)
    expect(await audit(all.portal, 'certificate.issued')).toHaveLength(issued + letters)
    expect(await mails(all.portal)).toHaveLength(sent + letters)
  })

  it.each(pairs)('who $slow and $quick it at the same moment: one step holds', async (pair) => {
    const all = await counter()
    const path = `/staff/applications/${all.id}`
    const both = await Promise.all([
      all.one.call('POST', `${path}/${STEPS[pair.slow].wish[0]}`, STEPS[pair.slow].wish[1]),
      all.two.call('POST', `${path}/${STEPS[pair.quick].wish[0]}`, STEPS[pair.quick].wish[1]),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([both.find((one) => one.status < 300)?.status, 409])
  })

  it('begin its examination once', async () => {
    const all = await counter()
    const { body } = await all.one.call('POST', '/staff/applications', { userId: all.person.userId, office: OFFICE })
    const path = `/staff/applications/${String(body['id'])}/examination`
    const both = await Promise.all([all.one.call('POST', path), all.two.call('POST', path)])
    expect(both.map(said)).toEqual([
      [204, null],
      [409, 'application.state'],
    ])
    expect(
      (await audit(all.portal, 'application.examined')).filter((one) => one.includes(String(body['id']))),
    ).toHaveLength(1)
  })

  it('take applications in under numbers without gaps', async () => {
    const all = await counter()
    const wish = { userId: all.person.userId, office: '札幌出入国在留管理局' }
    const many = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        (index % 2 === 0 ? all.one : all.two).call('POST', '/staff/applications', wish),
      ),
    )
    expect(many.map(({ body }) => body['receiptNumber']).sort()).toEqual(
      Array.from({ length: 8 }, (_, index) => `SPK-2026-00000${index + 1}`),
    )
  })

  it('tell of a person who was deleted while the form was on the line that there is no such ID', async () => {
    const all = await counter()
    const { userId } = await all.portal.register({ email: 'be@example.jp' })
    const held = await holdCall(all.one, 'POST', '/staff/applications', { userId, office: OFFICE })
    await all.portal.data.db.deleteFrom('accounts').where('user_id', '=', userId).execute()
    const answer = await held.finish()
    expect(said(answer)).toEqual([422, 'request.invalid'])
    expect(answer.body['errors']).toEqual([{ field: 'userId', code: 'user-id.unknown' }])
  })
})

const reissueAs = (number: string) => ({ reason: 'x', certificate: form(number) })

describe('one certificate in several hands', () => {
  it.each(['A2', 'A3'])('is corrected once, also when the other correction has the number %s', async (other) => {
    const all = await counter()
    const held = await holdCall(all.one, 'POST', '/staff/certificates/A1/reissue', reissueAs(other))
    expect((await all.two.call('POST', '/staff/certificates/A1/reissue', reissueAs('A2'))).status).toBe(201)
    expect(said(await held.finish())).toEqual([409, 'certificate.cancelled'])
    expect(await audit(all.portal, 'certificate.cancelled')).toEqual(['certificate:A1'])
    expect((await mails(all.portal)).filter((mail) => mail.endsWith(' A2'))).toHaveLength(1)
    expect(await certificate(all.portal, 'A3')).toBeUndefined()
    expect(await certificate(all.portal, 'A1')).toMatchObject({ replaced_by: 'A2' })
  })

  it('is not sent again when it was corrected meanwhile', async () => {
    const all = await counter()
    const before = await mails(all.portal)
    const held = await holdCall(all.one, 'POST', '/staff/certificates/A1/resend', { reason: 'x' })
    await all.two.call('POST', '/staff/certificates/A1/reissue', reissueAs('A2'))
    expect(said(await held.finish())).toEqual([409, 'certificate.cancelled'])
    expect(await audit(all.portal, 'certificate.resent')).toEqual([])
    expect(await mails(all.portal)).toEqual([...before, 'certificate A2'])
  })

  it('is registered or corrected, and nobody registers what was taken back', async () => {
    const all = await counter()
    const both = await Promise.all([
      all.two.call('POST', '/staff/certificates/A1/reissue', reissueAs('A2')),
      all.person.visitor.call('POST', '/receipts/A1/registration'),
    ])
    const row = await certificate(all.portal, 'A1')
    expect(both[0].status).toBe(201)
    expect(both[1].status).toBe(row?.registered_at ? 200 : 404)
    expect(await audit(all.portal, 'receipt.registered')).toHaveLength(row?.registered_at ? 1 : 0)
  })

  it('is registered once by two windows of its owner, and both are answered the same', async () => {
    const all = await counter()
    const second: Visitor = all.portal.visitor()
    await second.logIn(all.person.userId)
    const [one, two] = await Promise.all(
      [all.person.visitor, second].map((visitor) => visitor.call('POST', '/receipts/A1/registration')),
    )
    if (!one || !two) throw new Error('no answer')
    expect([one.status, two.status]).toEqual([200, 200])
    expect(one.body).toEqual(two.body)
    expect(await audit(all.portal, 'receipt.registered')).toEqual(['certificate:A1'])
  })

  it.each([
    [
      'registered',
      async (all: Counter): Promise<void> => void (await all.person.visitor.call('POST', '/receipts/A1/registration')),
    ],
    [
      'corrected',
      async (all: Counter): Promise<void> =>
        void (await all.two.call('POST', '/staff/certificates/A1/reissue', reissueAs('A2'))),
    ],
  ] as const)('gets no reminder once it is %s, and one where two sweeps run at once', async (_, end) => {
    const all = await counter()
    all.portal.wait('P7D')
    await Promise.all([all.portal.runJobs(), all.portal.runJobs()])
    const reminders = async () => (await mails(all.portal)).filter((mail) => mail === 'reminder A1').length
    expect(await reminders()).toBe(1)
    expect(await audit(all.portal, 'certificate.reminded')).toHaveLength(1)
    // Both have to sign in again after a week.
    await all.person.visitor.logIn(all.person.userId)
    await all.two.call('POST', '/staff/session', { loginName: 'second', password: STAFF_PASSWORD })
    await end(all)
    all.portal.wait('P7D')
    await all.portal.runJobs()
    expect(await reminders()).toBe(1)
  })
})

describe('one number from two sides', () => {
  const importing = (all: Counter, numbers: string[]) => ({
    lines: numbers.map((number) => JSON.stringify(certificateLine(all.person.userId, number))).join('\n'),
  })

  it('is imported once by two clerks, and the second is told what was there', async () => {
    const all = await counter()
    const held = await holdCall(all.one, 'POST', '/staff/certificates/import', importing(all, ['C1', 'C2']))
    const both = await Promise.all([
      all.two.call('POST', '/staff/certificates/import', importing(all, ['C1', 'C3'])),
      all.two.call('POST', '/staff/certificates/import', importing(all, ['C1', 'C3'])),
    ])
    expect(both.map(({ body }) => body)).toEqual([
      { issued: 2, unchanged: [] },
      { issued: 0, unchanged: ['C1', 'C3'] },
    ])
    expect((await held.finish()).body).toEqual({ issued: 1, unchanged: ['C1'] })
    expect((await mails(all.portal)).filter((mail) => mail.endsWith(' C1'))).toHaveLength(1)
    expect((await audit(all.portal, 'certificate.issued')).filter((one) => one === 'certificate:C1')).toHaveLength(1)
  })

  it('is issued at the counter or imported, whoever is first', async () => {
    const all = await counter()
    const path = `/staff/applications/${all.id}/certificate`
    const held = await holdCall(all.one, 'POST', path, form('C1'))
    expect((await all.two.call('POST', '/staff/certificates/import', importing(all, ['C1']))).status).toBe(200)
    const late = await held.finish()
    expect(said(late)).toEqual([422, 'request.invalid'])
    expect(late.body['errors']).toEqual([{ field: 'certificateNumber', code: 'certificate.taken' }])
    expect(await stateOf(all)).toBe('examining')
    expect(await audit(all.portal, 'certificate.issued')).toEqual(['certificate:A1', 'certificate:C1'])
  })

  it('is the number of one correction only', async () => {
    const all = await counter()
    await all.one.call('POST', '/staff/certificates/import', importing(all, ['C1']))
    const both = await Promise.all([
      all.one.call('POST', '/staff/certificates/A1/reissue', reissueAs('D1')),
      all.two.call('POST', '/staff/certificates/C1/reissue', reissueAs('D1')),
    ])
    expect(both.map(({ status }) => status)).toEqual([201, 422])
    expect(await certificate(all.portal, 'C1')).toMatchObject({ cancelled_at: null })
    expect(await audit(all.portal, 'certificate.cancelled')).toEqual(['certificate:A1'])
  })
})
