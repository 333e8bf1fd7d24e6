import { sql } from 'kysely'
import { expect } from 'vitest'
import { addStaff, STAFF_PASSWORD } from './staff'
import { certificateLine, PASSWORD } from './samples'
import { openMailServer } from './mail-server'
import { tokenIn, type Portal, type Visitor } from './portal'

const SMTP = { user: 'smtp-user-77', password: 'Smtp-Geheim-77' }

/** What nobody but its owner may read: typed by the people of this story, and what the database holds of them. */
export type Planted = readonly string[]

const TYPED = [
  'NGUYEN VAN AN',
  'NGUYEN',
  'TRAN THI BE',
  'an@example.jp',
  'be@example.jp',
  'new-an@example.jp',
  'wrong@example.jp',
  '08012345678',
  '09087654321',
  'ABCD-EFGH',
  PASSWORD,
  STAFF_PASSWORD,
  'Sakura-2027y',
  'Wrong-Password-1',
  'ZZZZZZZZZZ',
  '在1番',
  'Y25071798',
  '1998-04-12',
  '株式会社みらい商事',
  '後日、書類を追加します',
  '本人確認を済ませた',
  '不交付の理由です',
  '記載の誤り',
  'システム休止のお知らせ',
  ...Object.values(SMTP),
  '127.0.0.66',
  'office@geheim.example.jp',
]

/** What may stand in a log: rows of the outbox by their identifier, codes, dates, versions. */
const HARMLESS = [
  /^[0-9a-f]{8}-[0-9a-f-]{27}$/,
  /^[0-9a-z]{12,14}[0-9a-f]{12}$/,
  /^[a-z-]+(?:\.[a-z-]+)*$/,
  /^\d{4}-[a-z-]+$/,
  /^\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?$/,
  /^\d+\.\d+\.\d+$/,
  // Why a mail was not taken, in codes.
  /^(?:[A-Z][A-Z_]+|\d{3}(?: \d\.\d\.\d)?(?: after [A-Z ]+)?|no answer)$/,
]

async function everythingIn({ data }: Portal): Promise<string[]> {
  const tables = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(data.db)
  const texts = new Set<string>()
  for (const { name } of tables.rows) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(data.db)
    for (const value of rows.flatMap((row) => Object.values(row)))
      if (typeof value === 'string' && value.length >= 6 && !HARMLESS.some((one) => one.test(value))) texts.add(value)
  }
  return [...texts]
}

const part = encodeURIComponent

async function applicants(portal: Portal): Promise<{ an: Visitor; userId: string }> {
  const stranger = portal.visitor()
  await stranger.call('POST', '/registrations', { email: 'wrong@example' })
  await stranger.call('GET', `/registrations/${'Ab3-'.repeat(10)}xyz`)
  await stranger.call('POST', '/codes', { code: 'ABCD-EFGH' })
  const { visitor: an, userId } = await portal.signedIn({ email: 'an@example.jp' })
  await portal.signedIn({ email: 'be@example.jp', nameEn: 'TRAN THI BE', phone: '09087654321' })
  await portal.visitor().logIn('ZZZZZZZZZZ', 'Wrong-Password-1')
  for (let turn = 0; turn < 6; turn += 1) await portal.visitor().logIn(userId, 'Wrong-Password-1')
  await stranger.call('POST', '/user-id-reminders', { email: 'an@example.jp', nameEn: 'NGUYEN VAN AN' })
  await stranger.call('POST', '/password-resets', { email: 'an@example.jp', userId })
  const reset = tokenIn(await portal.lastMailTo('an@example.jp'), 'password-reset')
  const passwords = { password: 'Sakura-2027y', passwordConfirmation: 'Sakura-2027y' }
  await stranger.call('POST', `/password-resets/${reset}/completion`, passwords)
  await an.logIn(userId, 'Sakura-2027y')
  await an.call('PUT', '/account/details', { phone: '09087654321' })
  await an.call('POST', '/account/email-changes', {
    email: 'new-an@example.jp',
    emailConfirmation: 'new-an@example.jp',
  })
  await an.call('POST', '/account/test-mails')
  await an.call('POST', '/account/export')
  return { an, userId }
}

async function counter(portal: Portal, clerk: Visitor, userId: string): Promise<void> {
  const office = '東京出入国在留管理局'
  const taken = await clerk.call('POST', '/staff/applications', {
    userId,
    office,
    receivedOn: '2026-11-20',
    note: '後日、書類を追加します',
  })
  const path = `/staff/applications/${String(taken.body['id'])}`
  await clerk.call('POST', `${path}/examination`)
  const { userId: _, ...form } = certificateLine(userId, '在1番Y25071798')
  await clerk.call('POST', `${path}/certificate`, { ...form, issuedOn: 'bald' })
  await clerk.call('POST', `${path}/certificate`, form)
  await clerk.call('POST', `/staff/certificates/${part('在1番Y25071798')}/resend`, { reason: '本人確認を済ませた' })
  const certificate = { ...form, certificateNumber: '在1番Y25071799' }
  await clerk.call('POST', `/staff/certificates/${part('在1番Y25071798')}/reissue`, {
    reason: '記載の誤り',
    certificate,
  })
  const other = await clerk.call('POST', '/staff/applications', { userId, office, receivedOn: '2026-11-20', note: '' })
  await clerk.call('POST', `/staff/applications/${String(other.body['id'])}/refusal`, { reason: '不交付の理由です' })
  await clerk.call('GET', `/staff/applications?q=${part('NGUYEN VAN AN')}`)
  await clerk.call('POST', `/staff/applicants/${userId}/unlock`, { reason: '本人確認を済ませた' })
  const lines = [certificateLine(userId, '在1番Y3'), certificateLine('ZZZZZZZZZZ', '在1番Y4')]
  for (const some of [lines, lines.slice(0, 1)])
    await clerk.call('POST', '/staff/certificates/import', {
      lines: some.map((line) => JSON.stringify(line)).join('\n'),
    })
}

async function administration(admin: Visitor): Promise<void> {
  const text = { title: { ja: 'システム休止のお知らせ' }, body: { ja: '株式会社みらい商事' } }
  await admin.call('POST', '/staff/announcements', { publishedAt: '2026-11-22T00:00:00Z', important: false, ...text })
  await admin.call('POST', '/staff/people', { loginName: 'nguyen', name: 'NGUYEN VAN AN', role: 'clerk' })
  await admin.call('POST', '/staff/audit/exports', {})
  const away = { host: '127.0.0.66', port: 25, tls: 'plain', ...SMTP }
  await admin.call('PUT', '/staff/mail-settings', { server: away, mailFrom: 'office@geheim.example.jp' })
}

/** Mail goes out to a server that quotes every address in its refusals. */
async function mail(portal: Portal, admin: Visitor): Promise<void> {
  const office = await openMailServer()
  try {
    for (let turn = 0; turn < 40; turn += 1)
      office.recipientAnswers.push({ responseCode: 550, message: '5.1.1 <an@example.jp> NGUYEN VAN AN is unknown' })
    const { hostname: host, port } = new URL(office.url)
    await admin.call('PUT', '/staff/mail-settings', { server: { host, port: Number(port), user: null } })
    await portal.visitor().call('POST', '/registrations', { email: 'be@example.jp' })
    const failed = async () => (await admin.call('GET', '/staff/mails?status=failed')).body['items'] as { id: string }[]
    await expect.poll(async () => (await failed()).length, { timeout: 15_000 }).toBeGreaterThan(0)
    await admin.call('POST', `/staff/mails/${(await failed())[0]?.id ?? ''}/retry`)
  } finally {
    await office.close()
  }
}

/** The database breaks while people work: what SQLite then says quotes what they typed. */
async function breakdown(portal: Portal, an: Visitor, userId: string): Promise<void> {
  await sql`create trigger broken before insert on sessions begin select raise(fail, 'NGUYEN VAN AN an@example.jp'); end`.execute(
    portal.data.db,
  )
  await portal.visitor().logIn(userId, 'Sakura-2027y')
  await sql`alter table mail_links rename to broken_links`.execute(portal.data.db)
  await portal.visitor().call('POST', '/registrations', { email: 'an@example.jp' })
  await an.call('POST', '/account/email-changes', {
    email: 'new-an@example.jp',
    emailConfirmation: 'new-an@example.jp',
  })
  await sql`alter table broken_links rename to mail_links`.execute(portal.data.db)
  await sql`drop trigger broken`.execute(portal.data.db)
}

/** All main journeys, also those that go wrong; answers every text that must be found nowhere else afterwards. */
export async function liveThrough(portal: Portal): Promise<Planted> {
  const { an, userId } = await applicants(portal)
  await addStaff(portal, 'clerk')
  await addStaff(portal, 'admin')
  const [clerk, admin] = [portal.visitor(), portal.visitor()]
  await portal.visitor().call('POST', '/staff/session', { loginName: 'clerk', password: 'Wrong-Password-1' })
  await clerk.call('POST', '/staff/session', { loginName: 'clerk', password: STAFF_PASSWORD })
  await admin.call('POST', '/staff/session', { loginName: 'admin', password: STAFF_PASSWORD })
  await counter(portal, clerk, userId)
  await an.call('GET', '/receipts')
  await an.call('POST', `/receipts/${part('在1番Y25071799')}/registration`)
  await an.call('GET', `/receipts/${part('在1番Y25071799')}`)
  const seen = await everythingIn(portal)
  await administration(admin)
  await breakdown(portal, an, userId)
  await mail(portal, admin)
  portal.wait('P8D')
  await portal.runJobs()
  return [...new Set([...TYPED, ...seen, ...(await everythingIn(portal))])]
}
