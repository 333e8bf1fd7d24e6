import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { applicationsReply, certificateView } from '#contract/http/certificate/certificate-view'
import { ownApplications } from '#main/database/migrations/0010-own-applications'
import { importCertificates } from '#main/features/issue/import-certificates.action'
import { recordMailAccepted } from '#main/features/certificate/certificate.repo'
import { openPortal } from '../../support/portal'
import { certificateLine } from '../../support/samples'
import { staffMember } from '../../support/staff'

const OFFICE = '東京出入国在留管理局'
const NUMBER = '在1番Y25071798'
const certificateOf = (number: string) => {
  const { userId: _, ...form } = certificateLine('', number)
  return form
}

/** A signed-in applicant and a clerk who takes his applications in, 22 November at 9:00. */
const counter = async () => {
  const portal = await openPortal()
  const { visitor, userId } = await portal.signedIn()
  const clerk = await staffMember(portal)
  const takeIn = async (receivedOn?: string) => {
    const { body } = await clerk.call('POST', '/staff/applications', { userId, office: OFFICE, receivedOn })
    return `/staff/applications/${String(body['id'])}`
  }
  const list = async (who = visitor) => {
    const { items, total } = applicationsReply.parse((await who.call('GET', '/applications')).body)
    return { items, total }
  }
  const handOver = async (number: string) => {
    const line = JSON.stringify(certificateLine(userId, number))
    const source = { actor: 'operator', mailer: portal.data.mailer }
    await importCertificates(portal.data.db, line, source, portal.now())
  }
  return { portal, visitor, userId, clerk, takeIn, list, handOver }
}

const wayOf = (timeline: { state: string; kind: string; at: string | null }[]) =>
  timeline.map(({ state, kind, at }) => [state, kind, at].filter((part) => part !== null).join(' '))

describe('own applications (申請状況確認)', () => {
  it('show an application from the counter on, with what comes next', async () => {
    const { portal, clerk, takeIn, list } = await counter()
    const path = await takeIn('2026-11-20')
    expect(await list()).toEqual({
      total: 1,
      items: [
        {
          counter: { receiptNumber: 'TYO-2026-000001', office: OFFICE, receivedOn: '2026-11-20' },
          certificate: null,
          state: 'received',
          timeline: expect.any(Array) as unknown,
        },
      ],
    })
    expect(wayOf((await list()).items[0]?.timeline ?? [])).toEqual([
      'done received 2026-11-20',
      'next examining',
      'later result',
    ])
    portal.wait('PT5M')
    await clerk.call('POST', `${path}/examination`)
    const [examining] = (await list()).items
    expect(examining?.state).toBe('examining')
    expect(wayOf(examining?.timeline ?? [])).toEqual([
      'done received 2026-11-20',
      'next examining 2026-11-22T00:05:00.000Z',
      'later result',
    ])
  })

  it('end a refused one without its reason, which comes by post', async () => {
    const { portal, visitor, clerk, takeIn, list } = await counter()
    const path = await takeIn()
    await clerk.call('POST', `${path}/examination`)
    portal.wait('PT5M')
    await clerk.call('POST', `${path}/refusal`, { reason: '要件を満たさない' })
    const [refused] = (await list()).items
    expect(refused).toMatchObject({ state: 'refused', certificate: null })
    expect(wayOf(refused?.timeline ?? [])).toEqual([
      'done received 2026-11-22',
      'done examining 2026-11-22T00:00:00.000Z',
      'done refused 2026-11-22T00:05:00.000Z',
    ])
    expect(JSON.stringify((await visitor.call('GET', '/applications')).body)).not.toContain('要件')
  })

  it('lead to the certificate, in one item, also after its correction', async () => {
    const { portal, visitor, clerk, takeIn, list } = await counter()
    const path = await takeIn()
    await clerk.call('POST', `${path}/examination`)
    await clerk.call('POST', `${path}/certificate`, certificateOf(NUMBER))
    await recordMailAccepted(portal.data.db, NUMBER, portal.now())
    const view = certificateView.parse((await visitor.call('GET', `/receipts/${encodeURIComponent(NUMBER)}`)).body)
    expect(view.counter?.receiptNumber).toBe('TYO-2026-000001')
    expect(wayOf(view.timeline).slice(0, 3)).toEqual([
      'done received 2026-11-22',
      'done examining 2026-11-22T00:00:00.000Z',
      'done issued 2026-11-20',
    ])
    expect((await list()).items).toMatchObject([
      { state: 'sent', counter: view.counter, certificate: { certificateNumber: NUMBER }, timeline: view.timeline },
    ])
    const reissue = { reason: '氏名の誤り', certificate: certificateOf('在1番Y2') }
    await clerk.call('POST', `/staff/certificates/${encodeURIComponent(NUMBER)}/reissue`, reissue)
    const corrected = await list()
    expect(corrected).toMatchObject({
      total: 1,
      items: [{ state: 'issued', certificate: { certificateNumber: '在1番Y2' } }],
    })
    expect(wayOf(corrected.items[0]?.timeline ?? [])[0]).toBe('done received 2026-11-22')
  })

  it('come newest first, handed-over ones without a counter, those of others not at all', async () => {
    const { portal, takeIn, list, handOver } = await counter()
    await takeIn()
    portal.wait('PT1M')
    await handOver(NUMBER)
    portal.wait('PT1M')
    await takeIn()
    const { items, total } = await list()
    expect(total).toBe(3)
    expect(items.map((one) => one.counter?.receiptNumber ?? one.certificate?.certificateNumber)).toEqual([
      'TYO-2026-000003',
      NUMBER,
      'TYO-2026-000001',
    ])
    expect(items[1]?.timeline[0]?.kind).toBe('issued')
    const { visitor: other } = await portal.signedIn({ email: 'be@example.jp' })
    expect(await list(other)).toEqual({ items: [], total: 0 })
  })

  it('are found and ordered by an index', async () => {
    const { portal } = await counter()
    const { rows } = await sql<{ detail: string }>`explain query plan select * from applications
      where account_id = 'a' order by created_at desc, receipt_number limit 20`.execute(portal.data.db)
    expect(rows.map(({ detail }) => detail)).toEqual([
      'SEARCH applications USING INDEX applications_of_account (account_id=?)',
    ])
  })

  it('include certificates from before there were applications', async () => {
    const { portal, list, handOver, takeIn } = await counter()
    const { db } = portal.data
    await handOver('在1番Y2')
    portal.wait('PT1M')
    await handOver(NUMBER)
    for (const undo of ['applications', 'receipt_counters']) await sql`delete from ${sql.table(undo)}`.execute(db)
    for (const undo of ['own_application_counted', 'own_application_uncounted'])
      await sql`drop trigger ${sql.table(undo)}`.execute(db)
    await sql`drop table own_application_counts`.execute(db)
    expect(await db.transaction().execute((trx) => ownApplications.up(trx))).toBeUndefined()
    const { items, total } = await list()
    expect(total).toBe(2)
    expect(items.map((one) => [one.counter, one.certificate?.certificateNumber])).toEqual([
      [null, NUMBER],
      [null, '在1番Y2'],
    ])
    portal.wait('PT1M')
    await takeIn()
    expect((await list()).items.map((one) => one.counter?.receiptNumber)).toEqual([
      'TYO-2026-000001',
      undefined,
      undefined,
    ])
  })
})
