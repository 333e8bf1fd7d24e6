import { sql } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import { importAccounts } from '#main/features/account-import/import-accounts.action'
import { smtpTransport } from '#main/mail/delivery/transports'
import { processDueMail } from '#main/mail/delivery/worker'
import { inputFile } from '../../support/inputs'
import { listenIn, openMailServer } from '../../support/mail-server'
import { codeIn, openPortal, registrationForm } from '../../support/portal'
import { PASSWORD } from '../../support/samples'
import { staffMember, STAFF_PASSWORD } from '../../support/staff'

const addresses = inputFile('emails.txt')
  .toString('utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.replace(/^\*?\t/, ''))

describe('addresses that exist, though not by the book', () => {
  it.each(addresses)('%s gets the mail, registers, and is found again', async (typed) => {
    const portal = await openPortal()
    const asked = await portal.visitor().call('POST', '/registrations', { email: typed })
    expect(asked.status).toBe(202)
    const email = String(asked.body['email'])
    const code = codeIn(await portal.lastMailTo(email))
    const opened = await portal.visitor().call('POST', '/codes', { email: ` ${typed.toUpperCase()} `, code })
    expect(opened).toMatchObject({ status: 200, body: { path: expect.stringMatching(/^\/register\//) } })
    const token = String(opened.body['path']).slice('/register/'.length)
    const done = await portal.visitor().call('POST', `/registrations/${token}/completion`, registrationForm)
    expect(done).toMatchObject({ status: 201, body: { email } })
    await portal.visitor().call('POST', '/user-id-reminders', { email: typed, nameEn: 'NGUYEN VAN AN' })
    expect((await portal.lastMailTo(email)).text).toContain(String(done.body['userId']))
  })

  it('are quoted and in ASCII on the wire, and nobody else gets the mail', async () => {
    const portal = await openPortal()
    const office = await openMailServer()
    const wire = await listenIn(office.url)
    onTestFinished(async () => {
      wire.close()
      await office.close()
    })
    for (const email of [...addresses, 'taro@例え.jp'])
      expect((await portal.visitor().call('POST', '/registrations', { email })).status).toBe(202)
    const transport = smtpTransport(wire.url, 'noreply@example.jp')
    await processDueMail({ ...portal.data.mail, transport }, portal.now())
    const recipients = [...wire.said().matchAll(/^RCPT TO:<(.*)>\r$/gm)].map(([, to]) => to)
    expect(recipients.toSorted()).toEqual([
      '"a..b."@docomo.ne.jp',
      "o'brien@example.jp",
      'r&d@example.jp',
      'taro@example.jp',
      'taro@xn--80akhbyknj4f.xn--p1ai',
      'taro@xn--r8jz45g.jp',
    ])
    const headers = [...wire.said().matchAll(/^To: <?(.*?)>?\r$/gm)].map(([, to]) => to)
    expect(headers.toSorted()).toEqual(recipients.toSorted())
    expect(office.letters).toHaveLength(6)
  })

  it('are one address in each of their spellings', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register({ email: 'taro@例え.jp' })
    await portal.visitor().call('POST', '/user-id-reminders', { email: 'Taro@XN--R8JZ45G.jp', nameEn: 'NGUYEN VAN AN' })
    expect((await portal.lastMailTo('taro@例え.jp')).text).toContain(userId)
    await portal.visitor().call('POST', '/registrations', { email: 'TARO@xn--r8jz45g.JP' })
    expect((await portal.lastMailTo('TARO@xn--r8jz45g.JP')).text).toMatch(/ID/)
  })

  it('are taken in from other systems', async () => {
    const portal = await openPortal()
    const csv = inputFile('users-docomo.csv').toString('utf8')
    expect(await importAccounts(portal.data.db, csv, 'operator', portal.now())).toMatchObject({
      ok: true,
      value: { imported: 1 },
    })
  })
})

describe('what a spreadsheet leaves in a file of users', () => {
  const plain = inputFile('users-empty-row.csv').toString('utf8')
  const lines = plain.split(/\r?\n/).filter((line) => /\w/.test(line))
  it.each([
    ['empty rows', plain],
    ['empty rows and lines at the end', `${plain},,,,,,,\n\n,,,,,,,,,,\n   \n`],
    ['ends of lines of Windows, a byte order mark', `\uFEFF${plain.replaceAll('\n', '\r\n')}`],
    ['a line that names the separator', `sep=,\r\n${plain}`],
    ['semicolons', lines.map((line) => line.replaceAll(',', ';')).join('\r\n')],
    ['semicolons, named', `sep=;\n${lines.map((line) => line.replaceAll(',', ';')).join('\n')}`],
    ['tabulators', lines.map((line) => line.replaceAll(',', '\t')).join('\n')],
    [
      'a header in quotes',
      lines.map((line, index) => (index === 0 ? line.replace(/\w+/g, '"$&"') : line)).join('\r\n'),
    ],
    ['empty columns behind the last', lines.map((line) => `${line},,`).join('\n')],
    ['days in its own form', plain.replace('2024-04-01', '2024/4/1')],
  ])('%s is no obstacle', async (_name, csv) => {
    const portal = await openPortal()
    expect(await importAccounts(portal.data.db, csv, 'operator', portal.now())).toEqual({
      ok: true,
      value: { imported: 1, unchanged: [] },
    })
    expect((await portal.data.db.selectFrom('accounts').selectAll().executeTakeFirstOrThrow()).email).toBe(
      'old4@example.jp',
    )
  })

  it('is told from an entry without a column, and from one that is missing', async () => {
    const portal = await openPortal()
    const more = plain.replace('2024-04-01', '2024-04-01,more')
    expect(await importAccounts(portal.data.db, more, 'operator', portal.now())).toEqual({
      ok: false,
      problem: [{ line: 2, errors: [{ field: '', code: 'row.columns' }] }],
    })
    const fewer = plain.replace(',2024-04-01', '')
    expect(await importAccounts(portal.data.db, fewer, 'operator', portal.now())).toMatchObject({
      ok: false,
      problem: [{ line: 2, errors: [{ field: 'passwordSetOn' }] }],
    })
  })
})

describe('what is pasted with signs that cannot be seen', () => {
  const pasted = JSON.parse(inputFile('invisible.json').toString('utf8')) as Record<string, string[]>

  it.each(Object.entries(pasted).flatMap(([field, texts]) => texts.map((text) => [field, text] as const)))(
    'is taken without them: %s %j',
    async (field, text) => {
      const portal = await openPortal()
      const { email = 'an@example.jp', userId: _id, ...form } = { [field]: text } as Record<string, string>
      const asked = await portal.visitor().call('POST', '/registrations', { email })
      expect(asked).toMatchObject({ status: 202, body: { email: 'an@example.jp' } })
      const { userId } = await portal.register({ ...form })
      const row = await portal.data.db.selectFrom('accounts').selectAll().executeTakeFirstOrThrow()
      expect(row).toMatchObject({ name_en: 'NGUYEN VAN AN', phone: expect.stringMatching(/^0\d0\d{8}$/) })
      expect((await portal.visitor().logIn(`\u202A${userId.slice(0, 4)}\u200B${userId.slice(4)}\u200E`)).status).toBe(
        200,
      )
    },
  )

  it('is a password with what stands around it, which costs no try', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    for (const typed of [`${PASSWORD} `, `\u3000${PASSWORD}`, `${PASSWORD}\r\n`, `\u00A0${PASSWORD}\u200B`])
      expect((await portal.visitor().logIn(userId, typed)).status).toBe(200)
    for (const left of [4, 3])
      expect((await portal.visitor().logIn(userId, `Wrong-2026x${left} `)).body['triesLeft']).toBe(left)
    expect((await portal.visitor().logIn(userId, ` ${PASSWORD}`)).status).toBe(200)
  })

  it('is part of an old password that has it', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    const password_hash = await portal.data.passwords.hash(' old password ')
    await portal.data.db.updateTable('accounts').set({ password_hash }).execute()
    expect((await portal.visitor().logIn(userId, ' old password ')).status).toBe(200)
    expect((await portal.visitor().logIn(userId, 'old password')).status).toBe(401)
  })

  it('is no part of a new password, of staff neither', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register({ password: `${PASSWORD}\n`, passwordConfirmation: PASSWORD })
    expect((await portal.visitor().logIn(userId)).status).toBe(200)
    const clerk = await staffMember(portal)
    expect((await clerk.call('GET', '/staff/session')).status).toBe(200)
    expect(
      (
        await portal
          .visitor()
          .call('POST', '/staff/session', { loginName: 'clerk\u200B', password: `${STAFF_PASSWORD} ` })
      ).status,
    ).toBe(200)
  })

  it('is found in rows from before, by each spelling', async () => {
    const portal = await openPortal()
    await portal.register()
    const { db } = portal.data
    await db.updateTable('accounts').set({ user_id: 'OLD\u200C1', user_id_key: 'OLD\u200C1', email_key: 'x' }).execute()
    await sql`delete from migrations where name = '0018-typed-keys'`.execute(db)
    await portal.restart()
    expect((await portal.visitor().logIn('old-1')).status).toBe(200)
    expect(await db.selectFrom('accounts').select('email_key').executeTakeFirst()).toEqual({
      email_key: 'an@example.jp',
    })
  })
})

describe('letters that stand for themselves', () => {
  it('stay as typed, through forms, answers and mails', async () => {
    const portal = await openPortal()
    const { address } = JSON.parse(inputFile('kanji.json').toString('utf8')) as { address: string }
    const { visitor } = await portal.signedIn({ category: 'organization', organization: `${address}\uFA1A`, address })
    expect((await visitor.call('GET', '/account')).body).toMatchObject({ address, organization: `${address}\uFA1A` })
    const { body } = await visitor.call('POST', '/account/export')
    expect(body['account']).toMatchObject({ address })
  })
})
