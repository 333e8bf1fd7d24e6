import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { importCertificates } from '#main/features/issue/import-certificates.action'
import { lastWeeks } from '#main/features/numbers/numbers.rules'
import { Temporal } from 'temporal-polyfill'
import { openPortal, type Visitor } from '../../support/portal'
import { certificateLine } from '../../support/samples'
import { addStaff, staffMember } from '../../support/staff'

interface Item {
  at: string
  actorKind: string
  actorName: string | null
  action: string
  subjectName: string | null
}
const look = async (admin: Visitor, filter: Record<string, string> = {}) => {
  const { body, status } = await admin.call('GET', `/staff/audit?${new URLSearchParams(filter)}`)
  expect(status).toBe(200)
  return body as { items: Item[]; total: number }
}

describe('the audit log (DESIGN §9)', () => {
  it('tells who did what, by name', async () => {
    const portal = await openPortal()
    const admin = await staffMember(portal, 'admin')
    const { userId } = await portal.register()
    await admin.call('POST', `/staff/applicants/${userId}/unlock`, { reason: '本人確認済み' })
    const { items } = await look(admin, { subject: userId })
    expect(items).toContainEqual(
      expect.objectContaining({
        actorKind: 'staff',
        actorName: 'admin 太郎 (admin)',
        action: 'account.unlocked',
        subjectName: userId,
        detail: { reason: '本人確認済み' },
      }),
    )
  })

  it('is filtered by day in Tokyo, actor, action and subject, and paged', async () => {
    const portal = await openPortal({ startsAt: '2026-11-22T14:59:59Z' })
    const admin = await staffMember(portal, 'admin')
    await addStaff(portal, 'clerk', 'hanako')
    portal.wait('PT1S')
    const anew = await admin.call('POST', '/staff/people', { loginName: 'taro', name: '太郎', role: 'clerk' })
    expect(anew.status).toBe(201)
    const actions = async (filter: Record<string, string>) =>
      (await look(admin, filter)).items.map(({ action }) => action)
    expect(await actions({ to: '2026-11-22' })).not.toContain('staff.added')
    expect(await actions({ from: '2026-11-23' })).toEqual(['staff.added'])
    expect(await actions({ from: '2026-11-23', to: '2026-11-23', actor: 'admin' })).toEqual(['staff.added'])
    expect(await actions({ actor: 'hanako' })).toEqual([])
    expect(await actions({ actor: 'staff', action: 'staff.added' })).toEqual(['staff.added'])
    expect(await actions({ subject: 'taro' })).toEqual(['staff.added'])
    expect((await look(admin, { action: '', from: '', to: '', actor: ' ', subject: '' })).total).toBeGreaterThan(1)
    for (const bad of ['from=22.11.2026', 'action=nothing', 'page=0'])
      expect((await admin.call('GET', `/staff/audit?${bad}`)).status).toBe(422)
  })

  it('is taken along as CSV that a spreadsheet opens without running anything', async () => {
    const portal = await openPortal()
    const admin = await staffMember(portal, 'admin')
    await admin.call('POST', '/staff/people', {
      loginName: 'mallory',
      name: '=HYPERLINK("http://x","y")',
      role: 'clerk',
    })
    for (let count = 0; count < 600; count += 1)
      await portal.data.db
        .insertInto('audit')
        .values({
          id: `row-${String(count).padStart(4, '0')}`,
          at: '2026-11-21T00:00:00.000Z',
          actor: 'operator',
          action: 'account.approved',
          subject: 'account:gone',
          detail: null,
          account_id: null,
          device: null,
        })
        .execute()
    const answer = await admin.call('POST', '/staff/audit/exports', {})
    expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
    expect(answer.headers.get('Content-Disposition')).toBe('attachment; filename="zairyu-audit-2026-11-22.csv"')
    expect(answer.text.startsWith('\uFEFFat,actor,')).toBe(true)
    const rows: Record<string, string>[] = parse(answer.text, { bom: true, columns: true, record_delimiter: '\r\n' })
    expect(rows.filter(({ action }) => action === 'account.approved')).toHaveLength(600)
    expect(rows.find(({ action }) => action === 'staff.added')?.['subjectName']).toBe(
      '\'=HYPERLINK("http://x","y") (mallory)',
    )
    expect(rows.every((row) => Object.values(row).every((cell) => !/^[=+\-@\t\r]/.test(cell)))).toBe(true)
    expect((await look(admin, { action: 'audit.exported' })).total).toBe(1)
  })
})

describe('the numbers (DESIGN §9)', () => {
  it('count certificates by week', async () => {
    const portal = await openPortal({ startsAt: '2026-11-20T00:00:00Z' })
    const owner = await portal.signedIn()
    const lines = ['1', '2', '3'].map((n) => JSON.stringify(certificateLine(owner.userId, `在1番Y${n}`))).join('\n')
    await importCertificates(portal.data.db, lines, { actor: 'operator', mailer: portal.data.mailer }, portal.now())
    await portal.data.db
      .updateTable('outbox')
      .set({ status: 'failed' })
      .where('certificate_number', '=', '在1番Y3')
      .execute()
    portal.wait('P3D')
    await owner.visitor.logIn(owner.userId)
    await owner.visitor.call('POST', `/receipts/${encodeURIComponent('在1番Y1')}/registration`)
    const admin = await staffMember(portal, 'admin')
    const { body } = await admin.call('GET', '/staff/numbers')
    const weeks = body['weeks'] as Record<string, unknown>[]
    expect(weeks).toHaveLength(12)
    expect(weeks.slice(-2)).toEqual([
      { from: '2026-11-16', issued: 3, delivered: 0, registered: 0, overdue: 0, failed: 1 },
      { from: '2026-11-23', issued: 0, delivered: 0, registered: 1, overdue: 0, failed: 0 },
    ])
  })

  it.each([
    { now: '2027-02-20T14:59:59Z', overdue: 0 },
    { now: '2027-02-20T15:00:00Z', overdue: 2 },
  ])('count what is overdue from the day after its last: $overdue at $now', async ({ now, overdue }) => {
    const portal = await openPortal({ startsAt: '2026-11-20T00:00:00Z' })
    const { userId } = await portal.register()
    const lines = ['1', '2'].map((n) => JSON.stringify(certificateLine(userId, `在1番Y${n}`))).join('\n')
    await importCertificates(portal.data.db, lines, { actor: 'operator', mailer: portal.data.mailer }, portal.now())
    portal.wait(portal.now().until(Temporal.Instant.from(now)).toString())
    const admin = await staffMember(portal, 'admin')
    const weeks = (await admin.call('GET', '/staff/numbers')).body['weeks'] as { from: string; overdue: number }[]
    expect(weeks.reduce((sum, week) => sum + week.overdue, 0)).toBe(overdue)
    expect(weeks.at(-1)).toMatchObject({ from: '2027-02-15', overdue })
  })

  it('begin each week on Monday, also on a Monday and a Sunday', () => {
    for (const [today, last] of [
      ['2026-11-22', '2026-11-16'],
      ['2026-11-23', '2026-11-23'],
    ] as const) {
      const weeks = lastWeeks(Temporal.PlainDate.from(today))
      expect(weeks.at(-1)?.from.toString()).toBe(last)
      expect(weeks.every(({ from, to }) => from.dayOfWeek === 1 && from.add({ days: 7 }).equals(to))).toBe(true)
    }
  })
})
