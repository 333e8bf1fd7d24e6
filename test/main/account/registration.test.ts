import { describe, expect, it } from 'vitest'
import { PASSWORD } from '../../support/samples'
import { codeIn, openPortal, registrationForm } from '../../support/portal'

describe('asking for the registration mail (M3-4)', () => {
  it('answers in the same way whether or not the address is known, with another mail', async () => {
    const portal = await openPortal()
    await portal.register({ email: 'an@example.jp' })
    const known = await portal.visitor().call('POST', '/registrations', { email: 'an@example.jp' })
    const unknown = await portal.visitor().call('POST', '/registrations', { email: 'be@example.jp' })
    expect(known.status).toBe(202)
    expect(unknown.status).toBe(202)
    expect({ ...known.body, email: '' }).toEqual({ ...unknown.body, email: '' })
    const toKnown = await portal.lastMailTo('an@example.jp')
    const toUnknown = await portal.lastMailTo('be@example.jp')
    expect(toKnown.text).not.toBe(toUnknown.text)
    expect(toKnown.text).toMatch(/\/register\/[\w-]{43}/)
    expect(toKnown.text).not.toContain('08012345678')
  })

  it('lets a further person register with a shared address', async () => {
    const portal = await openPortal()
    const first = await portal.register({ email: 'office@example.jp' })
    const second = await portal.register({ email: 'Office@example.jp', nameEn: 'TRAN THI BE' })
    expect(second.userId).not.toBe(first.userId)
    expect((await portal.visitor().logIn(first.userId)).body).toMatchObject({ name: 'NGUYEN VAN AN' })
    expect((await portal.visitor().logIn(second.userId)).body).toMatchObject({ name: 'TRAN THI BE' })
  })

  it.each([
    { email: '', code: 'field.required' },
    { email: 'an', code: 'email.format' },
    { email: `${'a'.repeat(49)}@example.jp`, code: null },
    { email: `${'a'.repeat(50)}@example.jp`, code: 'email.long' },
    { email: 'ａｎ＠ｅｘａｍｐｌｅ．ｊｐ ', code: null },
    { email: 'an@example.jp\r\nBcc: x@example.jp', code: 'email.format' },
    { email: 12, code: 'field.required' },
  ])('answers $code to $email', async ({ email, code }) => {
    const portal = await openPortal()
    const answer = await portal.visitor().call('POST', '/registrations', { email })
    if (code === null) expect(answer.status).toBe(202)
    else
      expect(answer).toMatchObject({
        status: 422,
        body: { code: 'request.invalid', errors: [{ field: 'email', code }] },
      })
  })

  it('ties a second address that differs to its own field', async () => {
    const portal = await openPortal()
    const answer = await portal
      .visitor()
      .call('POST', '/registrations', { email: 'an@example.jp', emailConfirmation: 'ann@example.jp' })
    expect(answer.body['errors']).toEqual([{ field: 'emailConfirmation', code: 'email.mismatch' }])
    expect(await portal.mails()).toEqual([])
  })

  it('does not flood a mailbox: after 20 mails in an hour it says when to try again', async () => {
    const portal = await openPortal()
    const ask = () => portal.visitor().call('POST', '/registrations', { email: 'an@example.jp' })
    for (let count = 0; count < 20; count += 1) expect((await ask()).status).toBe(202)
    portal.wait('PT59M59S')
    expect(await ask()).toMatchObject({ status: 429, body: { retryAt: '2026-11-22T01:00:00.000Z' } })
    await portal.restart()
    expect((await ask()).status).toBe(429)
    portal.wait('PT1S')
    expect((await ask()).status).toBe(202)
  })
})

describe('opening the link of the registration mail (M3-5)', () => {
  it.each([
    { after: 'PT0S', status: 200 },
    { after: 'PT23H59M59S', status: 200 },
    { after: 'PT24H', status: 410 },
    { after: 'PT24H1S', status: 410 },
  ])('answers $status after $after', async ({ after, status }) => {
    const portal = await openPortal()
    const token = await portal.askForRegistration('an@example.jp')
    portal.wait(after)
    expect(await portal.visitor().call('GET', `/registrations/${token}`)).toMatchObject({
      status,
      body:
        status === 200 ? { email: 'an@example.jp', expiresAt: '2026-11-23T00:00:00.000Z' } : { code: 'link.expired' },
    })
    const done = await portal.visitor().call('POST', `/registrations/${token}/completion`, registrationForm)
    expect(done.status).toBe(status === 200 ? 201 : 410)
  })

  it('changes nothing, however often it is opened', async () => {
    const portal = await openPortal()
    const token = await portal.askForRegistration('an@example.jp')
    const before = await portal.data.db.selectFrom('mail_links').selectAll().execute()
    for (let count = 0; count < 5; count += 1) await portal.visitor().call('GET', `/registrations/${token}`)
    expect(await portal.data.db.selectFrom('mail_links').selectAll().execute()).toEqual(before)
    expect(await portal.data.db.selectFrom('accounts').selectAll().execute()).toEqual([])
  })

  it('tells used and unknown links apart, and a used one stays used when its day is over', async () => {
    const portal = await openPortal()
    const token = await portal.askForRegistration('an@example.jp')
    await portal.visitor().call('POST', `/registrations/${token}/completion`, registrationForm)
    const open = (which: string) => portal.visitor().call('GET', `/registrations/${which}`)
    expect(await open(token)).toMatchObject({ status: 410, body: { code: 'link.used' } })
    expect(await open('x'.repeat(43))).toMatchObject({ status: 404, body: { code: 'link.unknown' } })
    portal.wait('P2D')
    expect((await open(token)).body['code']).toBe('link.used')
  })
})

describe('registering (M3-6 to M3-8)', () => {
  it('issues a user ID, mails it, and the person can log in', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    expect(userId).toMatch(/^[2-9A-HJKMNP-Z]{10}$/)
    const mail = await portal.lastMailTo('an@example.jp')
    expect(mail.text).toContain(userId)
    expect(mail.text).not.toContain(PASSWORD)
    expect(mail.html).not.toContain(PASSWORD)
    expect(await portal.visitor().logIn(userId)).toMatchObject({ status: 200, body: { name: 'NGUYEN VAN AN' } })
  })

  it('works once for a link, also when two answers race', async () => {
    const portal = await openPortal()
    const token = await portal.askForRegistration('an@example.jp')
    const send = () => portal.visitor().call('POST', `/registrations/${token}/completion`, registrationForm)
    const answers = await Promise.all([send(), send(), send()])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 410, 410])
    expect(await portal.data.db.selectFrom('accounts').select('id').execute()).toHaveLength(1)
  })

  it('normalises instead of refusing', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register({
      nameEn: ' ｎｇｕｙｅｎ　van  an ',
      phone: '０８０－１２３４－５６７８',
      birthDate: '１９９８年０４月１２日',
      postalCode: '〒123-4567',
      address: ' 東京都港区1-2-3 ',
    })
    const visitor = portal.visitor()
    await visitor.logIn(userId)
    expect((await visitor.call('GET', '/account')).body).toEqual({
      userId,
      category: 'applicant',
      nameEn: 'NGUYEN VAN AN',
      email: 'an@example.jp',
      phone: '08012345678',
      organization: null,
      birthDate: '1998-04-12',
      sex: null,
      postalCode: '1234567',
      address: '東京都港区1-2-3',
      useApproved: false,
      language: 'ja',
      mailJapanese: 'plain',
      deletionDueAt: null,
    })
  })

  it.each([
    { change: { category: 'nobody' }, errors: [{ field: 'category', code: 'field.required' }] },
    {
      change: { nameEn: 'グエン VAN AN' },
      errors: [{ field: 'nameEn', code: 'name.letters', params: { found: 'グエン' } }],
    },
    { change: { nameEn: 'A'.repeat(105) }, errors: [{ field: 'nameEn', code: 'name.long', params: { count: 105 } }] },
    { change: { phone: '080123456' }, errors: [{ field: 'phone', code: 'phone.digits', params: { count: 9 } }] },
    { change: { phone: '0801234567890' }, errors: [{ field: 'phone', code: 'phone.digits', params: { count: 13 } }] },
    { change: { birthDate: '20230229' }, errors: [{ field: 'birthDate', code: 'birth-date.unknown' }] },
    { change: { birthDate: '20261122' }, errors: [{ field: 'birthDate', code: 'birth-date.future' }] },
    {
      change: { postalCode: '123456' },
      errors: [{ field: 'postalCode', code: 'postal-code.digits', params: { count: 6 } }],
    },
    {
      change: { address: 'あ'.repeat(86) },
      errors: [{ field: 'address', code: 'address.long', params: { count: 86 } }],
    },
    { change: { category: 'organization' }, errors: [{ field: 'organization', code: 'field.required' }] },
    {
      change: { passwordConfirmation: 'Other-2026xx' },
      errors: [{ field: 'passwordConfirmation', code: 'password.mismatch' }],
    },
    {
      change: { password: 'Password1!', passwordConfirmation: 'Password1!' },
      errors: [{ field: 'password', code: 'password.common' }],
    },
  ])('refuses $change and registers nothing', async ({ change, errors }) => {
    const portal = await openPortal()
    const token = await portal.askForRegistration('an@example.jp')
    const form = { ...registrationForm, ...change }
    for (const step of ['check', 'completion']) {
      const answer = await portal.visitor().call('POST', `/registrations/${token}/${step}`, form)
      expect(answer).toMatchObject({ status: 422, body: { code: 'request.invalid', errors } })
    }
    expect(await portal.data.db.selectFrom('accounts').selectAll().execute()).toEqual([])
    expect((await portal.visitor().call('GET', `/registrations/${token}`)).status).toBe(200)
  })

  it('names every field that does not fit at once', async () => {
    const portal = await openPortal()
    const token = await portal.askForRegistration('an@example.jp')
    const answer = await portal.visitor().call('POST', `/registrations/${token}/check`, {
      category: 'organization',
      nameEn: 'グエン',
      phone: '1',
      password: 'short',
      passwordConfirmation: 'other',
    })
    const fields = (answer.body['errors'] as { field: string }[]).map(({ field }) => field)
    expect(new Set(fields)).toEqual(new Set(['nameEn', 'phone', 'password', 'passwordConfirmation', 'organization']))
  })

  it('drops fields that the category does not have', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register({
      category: 'organization',
      organization: '株式会社みらい',
      sex: 'male',
      birthDate: '19980412',
    })
    const visitor = portal.visitor()
    await visitor.logIn(userId)
    expect((await visitor.call('GET', '/account')).body).toMatchObject({
      organization: '株式会社みらい',
      sex: null,
      birthDate: null,
    })
  })

  it('writes one audit row without secrets for each change', async () => {
    const portal = await openPortal()
    await portal.register()
    const rows = await portal.data.db.selectFrom('audit').selectAll().orderBy('at').execute()
    expect(rows.map(({ action }) => action).sort()).toEqual(['account.registered', 'registration.asked'])
    expect(JSON.stringify(rows)).not.toMatch(/NGUYEN|an@example|0801234/)
  })
})

describe('typing the code of a mail (DESIGN §5)', () => {
  it('does what the link does, in any spelling', async () => {
    const portal = await openPortal()
    await portal.askForRegistration('an@example.jp')
    const code = codeIn(await portal.lastMailTo('an@example.jp'))
    const typed = await portal
      .visitor()
      .call('POST', '/codes', { email: 'AN@example.jp', code: code.toLowerCase().replace('-', ' ') })
    expect(typed.status).toBe(200)
    const path = String(typed.body['path'])
    expect(path).toMatch(/^\/register\/[\w-]{43}$/)
    const token = path.replace('/register/', '')
    expect((await portal.visitor().call('POST', `/registrations/${token}/completion`, registrationForm)).status).toBe(
      201,
    )
    const again = await portal.visitor().call('POST', '/codes', { email: 'an@example.jp', code })
    expect(again.body['code']).toBe('link.used')
  })

  it('lets five wrong codes pass in 15 minutes, the same for addresses to which nothing was mailed', async () => {
    const portal = await openPortal()
    await portal.askForRegistration('an@example.jp')
    const code = codeIn(await portal.lastMailTo('an@example.jp'))
    for (const email of ['an@example.jp', 'nobody@example.jp']) {
      const type = (what: string) => portal.visitor().call('POST', '/codes', { email, code: what })
      for (const triesLeft of [4, 3, 2, 1, 0])
        expect(await type('2222-2222')).toMatchObject({ status: 422, body: { code: 'code.wrong', triesLeft } })
      expect(await type(code)).toMatchObject({ status: 429, body: { retryAt: '2026-11-22T00:15:00.000Z' } })
    }
  })
})
