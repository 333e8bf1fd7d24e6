import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { STORED_STATES } from '#domain/application-state'
import { shownState, transition, type ClerkStep } from '#main/features/application/application.rules'
import { recordMailAccepted } from '#main/features/certificate/certificate.repo'
import { openPortal, tokenIn } from '../../support/portal'
import { certificateLine } from '../../support/samples'
import { staffMember } from '../../support/staff'

const OFFICE = '東京出入国在留管理局'
const certificate = (number: string, changes = {}) => {
  const { userId: _, ...form } = certificateLine('', number, changes)
  return form
}
const counter = async () => {
  const portal = await openPortal()
  const applicant = await portal.signedIn()
  const clerk = await staffMember(portal)
  const takeIn = async (userId = applicant.userId) =>
    (await clerk.call('POST', '/staff/applications', { userId, office: OFFICE })).body
  return { portal, applicant, clerk, takeIn }
}

describe('an application at the counter (DESIGN §9)', () => {
  it('is taken in for an ID in any spelling, under the next receipt number of the office', async () => {
    const { clerk, applicant, takeIn } = await counter()
    expect(await takeIn(applicant.userId.toLowerCase())).toMatchObject({
      receiptNumber: 'TYO-2026-000001',
      userId: applicant.userId,
      name: 'NGUYEN VAN AN',
      receivedOn: '2026-11-22',
      state: 'received',
    })
    expect((await takeIn())['receiptNumber']).toBe('TYO-2026-000002')
    const sapporo = { userId: applicant.userId, office: '札幌出入国在留管理局' }
    expect((await clerk.call('POST', '/staff/applications', sapporo)).body['receiptNumber']).toBe('SPK-2026-000001')
  })

  it('names what does not fit', async () => {
    const { clerk, applicant } = await counter()
    const mistyped = applicant.userId.slice(0, 9) + (applicant.userId.endsWith('A') ? 'B' : 'A')
    const answer = await clerk.call('POST', '/staff/applications', {
      userId: mistyped,
      office: 'nowhere',
      receivedOn: '2026-11-23',
    })
    expect(answer.body['errors']).toEqual([
      { field: 'userId', code: 'user-id.mistyped' },
      { field: 'office', code: 'office.unknown' },
      { field: 'receivedOn', code: 'date.future' },
    ])
  })

  it('goes its way: 受付 → 審査中 → 交付 → 送信済 → 受領登録済, each step once and with who and when', async () => {
    const { portal, clerk, applicant, takeIn } = await counter()
    const { id } = await takeIn()
    const path = `/staff/applications/${String(id)}`
    const state = async () => (await clerk.call('GET', path)).body['state']
    expect((await clerk.call('POST', `${path}/certificate`, certificate('在1番Y1'))).body['code']).toBe(
      'application.state',
    )
    expect((await clerk.call('POST', `${path}/examination`)).status).toBe(204)
    expect((await clerk.call('POST', `${path}/examination`)).body['code']).toBe('application.state')
    expect(await state()).toBe('examining')
    expect(
      (await clerk.call('POST', `${path}/certificate`, certificate('在1番Y1', { issuedOn: '2026-11-23' }))).body[
        'errors'
      ],
    ).toEqual([{ field: 'issuedOn', code: 'date.future' }])
    expect((await clerk.call('POST', `${path}/certificate`, certificate('在1番Y1'))).status).toBe(201)
    expect(await state()).toBe('issued')
    await recordMailAccepted(portal.data.db, '在1番Y1', portal.now())
    expect(await state()).toBe('sent')
    await applicant.visitor.call('POST', `/receipts/${encodeURIComponent('在1番Y1')}/registration`)
    const { body } = await clerk.call('GET', path)
    expect(body).toMatchObject({ state: 'registered', certificateNumber: '在1番Y1', validUntil: '2027-02-20' })
    expect(
      (body['history'] as { action: string; by: string }[]).map(({ action, by }) => `${action} ${by}`).sort(),
    ).toEqual([
      'application.examined clerk 太郎',
      'application.received clerk 太郎',
      'certificate.issued clerk 太郎',
      'receipt.registered account',
    ])
  })

  it('can be refused with a reason; nothing follows and no mail goes out', async () => {
    const { portal, clerk, takeIn } = await counter()
    const { id } = await takeIn()
    const path = `/staff/applications/${String(id)}`
    await clerk.call('POST', `${path}/examination`)
    const before = (await portal.mails()).length
    expect((await clerk.call('POST', `${path}/refusal`, {})).body['errors']).toEqual([
      { field: 'reason', code: 'field.required' },
    ])
    expect((await clerk.call('POST', `${path}/refusal`, { reason: '要件を満たさない' })).status).toBe(204)
    expect((await clerk.call('POST', `${path}/certificate`, certificate('在1番Y1'))).body['code']).toBe(
      'application.state',
    )
    expect(await portal.mails()).toHaveLength(before)
  })

  it('is corrected by cancel and reissue: both are kept, the owner sees the new one', async () => {
    const { portal, clerk, applicant, takeIn } = await counter()
    const { id } = await takeIn()
    const path = `/staff/applications/${String(id)}`
    await clerk.call('POST', `${path}/examination`)
    await clerk.call('POST', `${path}/certificate`, certificate('在1番Y1'))
    const reissue = { reason: '氏名の誤り', certificate: certificate('在1番Y2', { nameEn: 'NGUYEN VAN ANH' }) }
    expect(
      (await clerk.call('POST', `/staff/certificates/${encodeURIComponent('在1番Y1')}/reissue`, reissue)).status,
    ).toBe(201)
    expect(
      (await clerk.call('POST', `/staff/certificates/${encodeURIComponent('在1番Y1')}/reissue`, reissue)).body['code'],
    ).toBe('certificate.cancelled')
    const { body } = await applicant.visitor.call('GET', '/receipts')
    expect(
      (body['items'] as { certificateNumber: string }[]).map(({ certificateNumber }) => certificateNumber),
    ).toEqual(['在1番Y2'])
    expect(
      (await applicant.visitor.call('POST', `/receipts/${encodeURIComponent('在1番Y1')}/registration`)).status,
    ).toBe(404)
    expect(
      await portal.data.db.selectFrom('certificates').select(['number', 'replaced_by']).orderBy('number').execute(),
    ).toEqual([
      { number: '在1番Y1', replaced_by: '在1番Y2' },
      { number: '在1番Y2', replaced_by: null },
    ])
    expect((await clerk.call('GET', path)).body).toMatchObject({ state: 'issued', certificateNumber: '在1番Y2' })
  })

  it('sends the mail of a certificate again with a new link, and does not move the reminders', async () => {
    const { portal, clerk, takeIn } = await counter()
    const { id } = await takeIn()
    await clerk.call('POST', `/staff/applications/${String(id)}/examination`)
    await clerk.call('POST', `/staff/applications/${String(id)}/certificate`, certificate('在1番Y1'))
    await recordMailAccepted(portal.data.db, '在1番Y1', portal.now())
    const grid = await portal.data.db.selectFrom('certificates').select('next_reminder_at').executeTakeFirstOrThrow()
    portal.wait('P3D')
    const again = await staffAgain(portal)
    const path = `/staff/certificates/${encodeURIComponent('在1番Y1')}/resend`
    expect((await again.call('POST', path, { reason: '届かないとのこと' })).status).toBe(204)
    const tokens = (await portal.mails())
      .filter(({ subject }) => subject.includes('証明書交付'))
      .map((mail) => tokenIn(mail, 'receipts'))
    expect(new Set(tokens).size).toBe(2)
    expect(
      await portal.data.db.selectFrom('certificates').select('next_reminder_at').executeTakeFirstOrThrow(),
    ).toEqual(grid)
  })
})

const staffAgain = async (portal: Awaited<ReturnType<typeof openPortal>>) => {
  const visitor = portal.visitor()
  await visitor.call('POST', '/staff/session', { loginName: 'clerk', password: 'correct horse battery' })
  return visitor
}

describe('the work list', () => {
  it('finds by state and by what a clerk knows, sorted and paged on the server', async () => {
    const { portal, clerk, applicant, takeIn } = await counter()
    const other = await portal.register({ email: 'be@example.jp', nameEn: 'TRAN THI BE' })
    for (let count = 0; count < 22; count += 1) await takeIn()
    const theirs = await takeIn(other.userId)
    await clerk.call('POST', `/staff/applications/${String(theirs['id'])}/examination`)
    await clerk.call('POST', `/staff/applications/${String(theirs['id'])}/certificate`, certificate('在1番Y9'))
    const list = async (search: string) =>
      (await clerk.call('GET', `/staff/applications${search}`)).body as {
        items: { receiptNumber: string }[]
        total: number
        counts: object
      }
    expect((await list('')).counts).toEqual({
      received: 22,
      examining: 0,
      refused: 0,
      issued: 1,
      failed: 0,
      sent: 0,
      registered: 0,
      expired: 0,
    })
    const pages = [...(await list('?sort=receiptNumber')).items, ...(await list('?sort=receiptNumber&page=2')).items]
    expect(pages.map(({ receiptNumber }) => receiptNumber)).toEqual(
      Array.from({ length: 23 }, (_, index) => `TYO-2026-${String(index + 1).padStart(6, '0')}`),
    )
    for (const [search, total] of [
      ['?state=received', 22],
      ['?state=issued', 1],
      ['?q=TYO-2026-00001', 10],
      ['?q=tyo-2026-000023', 1],
      ['?q=tran', 1],
      [`?q=${encodeURIComponent('在1番Y9')}`, 1],
      [`?q=${applicant.userId.toLowerCase()}`, 22],
      ['?q=nobody', 0],
      ['?q=tran&state=received', 0],
    ] as const)
      expect([search, (await list(search)).total]).toEqual([search, total])
    expect((await clerk.call('GET', '/staff/applications?state=lost')).status).toBe(422)
  })

  it('finds by office and by the day of intake, and counts what it finds', async () => {
    const { portal, clerk, applicant } = await counter()
    const take = async (office: string, receivedOn: string) => {
      const taken = await clerk.call('POST', '/staff/applications', { userId: applicant.userId, office, receivedOn })
      expect(taken.status).toBe(201)
      return String(taken.body['id'])
    }
    const [tokyo, osaka] = ['東京出入国在留管理局', '大阪出入国在留管理局']
    const first = await take(tokyo, '2026-11-18')
    for (const day of ['2026-11-19', '2026-11-20']) await take(tokyo, day)
    for (const day of ['2026-11-20', '2026-11-21']) await take(osaka, day)
    await clerk.call('POST', `/staff/applications/${first}/examination`)
    const list = async (wish: Record<string, string>) =>
      (await clerk.call('GET', `/staff/applications?${new URLSearchParams(wish)}`)).body as {
        items: object[]
        total: number
        counts: Record<string, number>
      }
    for (const [wish, received, examining] of [
      [{ office: tokyo }, 2, 1],
      [{ office: osaka }, 2, 0],
      [{ office: '那覇支局' }, 0, 0],
      [{ from: '2026-11-20' }, 3, 0],
      [{ from: '2026-11-19', to: '2026-11-20' }, 3, 0],
      [{ to: '2026-11-18' }, 0, 1],
      [{ office: tokyo, from: '2026-11-19', to: '2026-11-19' }, 1, 0],
      [{ q: 'TYO', to: '2026-11-19' }, 1, 1],
      [{ q: applicant.userId, office: osaka }, 2, 0],
      [{ office: '', from: '', to: '' }, 4, 1],
    ] as const) {
      const found = await list(wish)
      expect([wish, found.counts['received'], found.counts['examining']]).toEqual([wish, received, examining])
      expect([wish, found.total, found.items.length]).toEqual([wish, received + examining, received + examining])
      expect((await list({ ...wish, state: 'examining' })).items).toHaveLength(examining)
    }
    const refused = await clerk.call('GET', '/staff/applications?from=20261120')
    expect(refused.body['errors']).toEqual([{ field: 'from', code: 'date.format' }])
    await portal.data.db.deleteFrom('applications').where('office', '=', osaka).execute()
    expect((await list({ from: '2026-11-20' })).counts['received']).toBe(1)
  })

  it('shows failed mails and certificates that are over', async () => {
    const { portal, clerk, takeIn } = await counter()
    const { id } = await takeIn()
    await clerk.call('POST', `/staff/applications/${String(id)}/examination`)
    await clerk.call('POST', `/staff/applications/${String(id)}/certificate`, certificate('在1番Y1'))
    await portal.data.db.updateTable('outbox').set({ status: 'failed' }).where('kind', '=', 'certificate').execute()
    const counts = async (visitor: typeof clerk) => (await visitor.call('GET', '/staff/applications')).body['counts']
    expect(await counts(clerk)).toMatchObject({ failed: 1, issued: 0 })
    expect((await clerk.call('GET', `/staff/applications/${String(id)}`)).body['state']).toBe('failed')
    portal.wait('P90D')
    expect(await counts(await staffAgain(portal))).toMatchObject({ failed: 1, expired: 0 })
    portal.wait('P1D')
    expect(await counts(await staffAgain(portal))).toMatchObject({ failed: 0, expired: 1 })
  })

  it('also has certificates that were handed over', async () => {
    const { clerk, applicant } = await counter()
    const lines = ['在1番Y1', '在1番Y2']
      .map((number) => JSON.stringify(certificateLine(applicant.userId, number)))
      .join('\n')
    expect((await clerk.call('POST', '/staff/certificates/import', { lines })).body).toEqual({
      issued: 2,
      unchanged: [],
    })
    expect((await clerk.call('GET', '/staff/applications')).body).toMatchObject({ total: 2, counts: { issued: 2 } })
    const bad = await clerk.call('POST', '/staff/certificates/import', { lines: `${lines}\n{}` })
    expect((bad.body['errors'] as { field: string }[]).every(({ field }) => field.startsWith('3.'))).toBe(true)
  })
})

describe('the applicant before the counter', () => {
  it('is found by ID, shown with the lock, and unlocked with a reason', async () => {
    const { portal, clerk, applicant, takeIn } = await counter()
    for (let count = 0; count < 5; count += 1) await portal.visitor().logIn(applicant.userId, 'Wrong-2026xx')
    const path = `/staff/applicants/${applicant.userId.toLowerCase()}`
    expect((await clerk.call('GET', path)).body).toMatchObject({
      userId: applicant.userId,
      lockedUntil: '2026-11-23T00:00:00.000Z',
    })
    expect((await clerk.call('POST', `${path}/unlock`, { reason: '' })).status).toBe(422)
    expect((await clerk.call('POST', `${path}/unlock`, { reason: '窓口で本人確認' })).body['lockedUntil']).toBeNull()
    const { id } = await takeIn()
    const { history } = (await clerk.call('GET', `/staff/applications/${String(id)}`)).body as { history: object[] }
    expect(history[0]).toMatchObject({ action: 'account.unlocked', by: 'clerk 太郎', reason: '窓口で本人確認' })
    expect((await portal.visitor().logIn(applicant.userId)).status).toBe(200)
    expect((await clerk.call('GET', '/staff/applicants/2222222222')).body['code']).toBe('applicant.unknown')
  })
})

describe('who may do this', () => {
  it('is staff only', async () => {
    const { applicant, portal } = await counter()
    const routes: [string, string][] = [
      ['GET', '/staff/applications'],
      ['POST', '/staff/applications'],
      ['GET', '/staff/applications/x'],
      ['POST', '/staff/applications/x/examination'],
      ['POST', '/staff/applications/x/refusal'],
      ['POST', '/staff/applications/x/certificate'],
      ['POST', '/staff/certificates/x/resend'],
      ['POST', '/staff/certificates/x/reissue'],
      ['POST', '/staff/certificates/import'],
      ['GET', '/staff/applicants/x'],
      ['POST', '/staff/applicants/x/unlock'],
    ]
    for (const visitor of [portal.visitor(), applicant.visitor])
      for (const [method, path] of routes)
        expect([path, (await visitor.call(method, path, method === 'POST' ? {} : undefined)).status]).toEqual([
          path,
          401,
        ])
  })
})

describe('the steps of a clerk', () => {
  it('lead only forward, and never out of an end', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<ClerkStep>('examine', 'refuse', 'issue'), { maxLength: 12 }), (steps) => {
        let state: (typeof STORED_STATES)[number] = 'received'
        for (const step of steps) {
          const next = transition(state, step)
          if (next.ok) expect(STORED_STATES.indexOf(next.value)).toBeGreaterThan(STORED_STATES.indexOf(state))
          if (state === 'refused' || state === 'issued') expect(next.ok).toBe(false)
          if (next.ok) state = next.value
        }
      }),
    )
  })

  it.each([
    ['sent', '2026-11-21', 'expired'],
    ['sent', '2026-11-22', 'sent'],
    ['registered', '2026-11-21', 'registered'],
    ['issued', '2026-11-21', 'expired'],
  ] as const)('%s, good until %s, shows %s on 22 November', (state, validUntil, shown) => {
    expect(shownState({ state, validUntil, mailFailed: false }, '2026-11-22')).toBe(shown)
  })
})
