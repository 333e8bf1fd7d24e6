import { describe, expect, it } from 'vitest'
import { openPortal } from '../../support/portal'
import { certificateLine } from '../../support/samples'
import { addStaff, STAFF_PASSWORD, staffMember } from '../../support/staff'

const OFFICE = '東京出入国在留管理局'
const form = (number: string) => {
  const { userId: _, ...rest } = certificateLine('', number)
  return rest
}

describe('what staff do stands in the audit log', () => {
  it('each with its own code, about the thing that it was done to, by whom it was done', async () => {
    const portal = await openPortal()
    const { db } = portal.data
    const { userId } = await portal.register()
    const admin = await staffMember(portal, 'admin')
    await addStaff(portal, 'clerk', 'hanako')
    const id = async (loginName: string) =>
      (await db.selectFrom('staff').select('id').where('login_name', '=', loginName).executeTakeFirstOrThrow()).id
    const account = (await db.selectFrom('accounts').select('id').executeTakeFirstOrThrow()).id
    const [own, hanako] = [await id('admin'), await id('hanako')]
    const applications: string[] = []
    for (let count = 0; count < 2; count += 1) {
      const { body } = await admin.call('POST', '/staff/applications', { userId, office: OFFICE })
      applications.push(String(body['id']))
    }
    const [one = '', two = ''] = applications
    const newest = async () =>
      await db.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()
    const acts: [string, string, object | undefined, string, string][] = [
      ['POST', `/staff/applications/${one}/examination`, undefined, 'application.examined', `application:${one}`],
      ['POST', `/staff/applications/${two}/examination`, undefined, 'application.examined', `application:${two}`],
      ['POST', `/staff/applications/${one}/refusal`, { reason: 'x' }, 'application.refused', `application:${one}`],
      ['POST', `/staff/applications/${two}/certificate`, form('A1'), 'certificate.issued', 'certificate:A1'],
      ['POST', '/staff/certificates/A1/resend', { reason: 'x' }, 'certificate.resent', 'certificate:A1'],
      [
        'POST',
        '/staff/certificates/A1/reissue',
        { reason: 'x', certificate: form('A2') },
        'certificate.issued',
        'certificate:A2',
      ],
      [
        'POST',
        '/staff/certificates/import',
        { lines: JSON.stringify(certificateLine(userId, 'C1')) },
        'certificate.issued',
        'certificate:C1',
      ],
      ['POST', `/staff/applicants/${userId}/unlock`, { reason: 'x' }, 'account.unlocked', `account:${account}`],
      ['PUT', `/staff/people/${hanako}`, { name: 'x', role: 'clerk' }, 'staff.changed', `staff:${hanako}`],
      ['POST', `/staff/people/${hanako}/password`, {}, 'staff.password-set', `staff:${hanako}`],
      ['POST', `/staff/people/${hanako}/departure`, undefined, 'staff.left', `staff:${hanako}`],
      [
        'PUT',
        '/staff/announcements/pause',
        { publishedAt: '2026-11-22T00:00:00Z', title: { ja: 'x' }, body: { ja: 'x' } },
        'announcement.written',
        'announcement:pause',
      ],
      ['DELETE', '/staff/announcements/pause', undefined, 'announcement.deleted', 'announcement:pause'],
      ['PUT', '/staff/mail-settings', { mailFrom: 'x@example.jp' }, 'settings.mail-changed', 'settings'],
      ['POST', '/staff/audit/exports', {}, 'audit.exported', 'audit'],
    ]
    for (const [method, path, body, action, subject] of acts) {
      const { status } = await admin.call(method, path, body)
      expect([path, status < 300]).toEqual([path, true])
      const row = await newest()
      expect([row.action, row.subject, row.actor]).toEqual([action, subject, `staff:${own}`])
    }
    const cancelled = await db
      .selectFrom('audit')
      .select('subject')
      .where('action', '=', 'certificate.cancelled')
      .execute()
    expect(cancelled).toEqual([{ subject: 'certificate:A1' }])
    const [mail] = await db.selectFrom('outbox').select('id').where('certificate_number', '=', 'C1').execute()
    await admin.call('POST', `/staff/mails/${mail?.id ?? ''}/retry`)
    expect(await newest()).toMatchObject({ action: 'mail.retried', subject: `mail:${mail?.id ?? ''}` })

    for (const [loginName, password, action, subject] of [
      ['admin', 'wrong wrong wrong', 'staff.wrong', `staff:${own}`],
      ['admin', STAFF_PASSWORD, 'staff.session-opened', `staff:${own}`],
      ['hanako', STAFF_PASSWORD, 'staff.wrong', null],
    ] as const) {
      await portal.visitor().call('POST', '/staff/session', { loginName, password })
      const row = await newest()
      expect(row.action).toBe(action)
      expect(row.subject).toEqual(subject ?? expect.stringMatching(/^unknown:/))
    }
  })
})
