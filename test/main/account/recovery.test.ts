import { describe, expect, it } from 'vitest'
import { PASSWORD } from '../../support/samples'
import { codeIn, openPortal, tokenIn, type Portal, type Visitor } from '../../support/portal'

const NEW_PASSWORD = 'Momiji-2026x'
const newPassword = { password: NEW_PASSWORD, passwordConfirmation: NEW_PASSWORD }
const ask = (portal: Portal, path: string, body: unknown) => portal.visitor().call('POST', path, body)

describe('the forgotten ID (M2.4)', () => {
  it('mails all IDs of address and name, and answers the same when there are none', async () => {
    const portal = await openPortal()
    const one = await portal.register({ email: 'office@example.jp' })
    const two = await portal.register({ email: 'office@example.jp' })
    const other = await portal.register({ email: 'office@example.jp', nameEn: 'TRAN THI BE' })
    const before = (await portal.mails()).length
    const found = await ask(portal, '/user-id-reminders', { email: 'OFFICE@example.jp', nameEn: 'nguyen  van an' })
    expect(found.status).toBe(202)
    const mail = await portal.lastMailTo('office@example.jp')
    for (const { userId } of [one, two]) expect(mail.text).toContain(userId)
    expect(mail.text).not.toContain(other.userId)
    expect(await portal.mails()).toHaveLength(before + 1)
    for (const wrong of [
      { email: 'office@example.jp', nameEn: 'LE VAN CU' },
      { email: 'nobody@example.jp', nameEn: 'NGUYEN VAN AN' },
    ]) {
      const answer = await ask(portal, '/user-id-reminders', wrong)
      expect(answer).toMatchObject({ status: 202, body: { email: wrong.email } })
    }
    expect(await portal.mails()).toHaveLength(before + 1)
  })

  it('names the fields that do not fit', async () => {
    const portal = await openPortal()
    const answer = await ask(portal, '/user-id-reminders', { email: 'x', nameEn: '法務' })
    expect(answer.body['errors']).toMatchObject([
      { field: 'email', code: 'email.format' },
      { field: 'nameEn', code: 'name.letters' },
    ])
  })
})

describe('the forgotten password (M2.5)', () => {
  const asked = async () => {
    const portal = await openPortal()
    const person = await portal.signedIn()
    await ask(portal, '/password-resets', { userId: person.userId.toLowerCase(), email: 'AN@example.jp' })
    const token = tokenIn(await portal.lastMailTo(person.email), 'password-reset')
    return { portal, token, ...person }
  }

  it.each([
    { after: 'PT59M59S', status: 204 },
    { after: 'PT1H', status: 410 },
    { after: 'PT1H1S', status: 410 },
  ])('takes a new password $after after the mail was asked for: $status', async ({ after, status }) => {
    const { portal, token, userId } = await asked()
    portal.wait(after)
    expect((await portal.visitor().call('GET', `/password-resets/${token}`)).status).toBe(status === 204 ? 200 : 410)
    expect((await ask(portal, `/password-resets/${token}/completion`, newPassword)).status).toBe(status)
    expect((await portal.visitor().logIn(userId, NEW_PASSWORD)).status).toBe(status === 204 ? 200 : 401)
  })

  it('works once, ends all sessions and says so by mail', async () => {
    const { portal, token, userId, visitor, email } = await asked()
    expect((await visitor.call('GET', '/session')).status).toBe(200)
    await ask(portal, `/password-resets/${token}/completion`, newPassword)
    expect((await visitor.call('GET', '/session')).status).toBe(401)
    expect((await portal.visitor().logIn(userId, PASSWORD)).status).toBe(401)
    expect((await ask(portal, `/password-resets/${token}/completion`, newPassword)).body['code']).toBe('link.used')
    const notice = await portal.lastMailTo(email)
    expect(notice.text).not.toContain(NEW_PASSWORD)
    expect(notice.text).not.toMatch(/password-reset\/[\w-]{43}/)
  })

  it('lifts the lock at once', async () => {
    const { portal, token, userId } = await asked()
    for (let count = 0; count < 5; count += 1) await portal.visitor().logIn(userId, 'wrong')
    expect((await portal.visitor().logIn(userId)).status).toBe(423)
    await ask(portal, `/password-resets/${token}/completion`, newPassword)
    expect((await portal.visitor().logIn(userId, NEW_PASSWORD)).status).toBe(200)
  })

  it('does not tell whether ID and address belong together', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    const before = (await portal.mails()).length
    const right = await ask(portal, '/password-resets', { userId, email: 'an@example.jp' })
    for (const wrong of [
      { userId, email: 'be@example.jp' },
      { userId: '2222222222', email: 'an@example.jp' },
    ]) {
      const answer = await ask(portal, '/password-resets', wrong)
      expect({ ...answer.body, email: '' }).toEqual({ ...right.body, email: '' })
      expect(answer.status).toBe(right.status)
    }
    expect(await portal.mails()).toHaveLength(before + 1)
  })

  it('refuses common passwords and those with the user ID in them, and keeps the link', async () => {
    const { portal, token, userId } = await asked()
    const refused = async (password: string, code: string) => {
      const answer = await ask(portal, `/password-resets/${token}/completion`, {
        password,
        passwordConfirmation: password,
      })
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'password', code }] } })
    }
    await refused('P@ssw0rd123', 'password.common')
    await refused(`x1$${userId}`, 'password.user-id')
    await refused('short', 'password.short')
    expect((await ask(portal, `/password-resets/${token}/completion`, newPassword)).status).toBe(204)
  })

  it('keeps an earlier link when somebody asks again, until one of them is used', async () => {
    const { portal, token, userId, email } = await asked()
    await ask(portal, '/password-resets', { userId, email })
    const newer = tokenIn(await portal.lastMailTo(email), 'password-reset')
    expect((await portal.visitor().call('GET', `/password-resets/${token}`)).status).toBe(200)
    expect((await ask(portal, `/password-resets/${token}/completion`, newPassword)).status).toBe(204)
    expect((await portal.visitor().call('GET', `/password-resets/${newer}`)).body['code']).toBe('link.unknown')
    expect((await ask(portal, `/password-resets/${newer}/completion`, newPassword)).body['code']).toBe('link.unknown')
  })
})

describe('the code of a mail', () => {
  const type = (portal: Portal, visitor: Visitor, code: string) =>
    visitor.call('POST', '/codes', { email: 'an@example.jp', code })
  const mailed = async () => {
    const portal = await openPortal()
    const { userId, email } = await portal.register()
    const asker = portal.visitor()
    await asker.call('POST', '/password-resets', { userId, email })
    return { portal, asker, mail: await portal.lastMailTo(email) }
  }
  const opens = { status: 200, body: { path: expect.stringMatching(/^\/password-reset\/[\w-]{43}$/) } }

  it('opens what the link of its mail opens, also after four wrong ones', async () => {
    const { portal, mail } = await mailed()
    for (const triesLeft of [4, 3, 2, 1])
      expect((await type(portal, portal.visitor(), '2222-2222')).body).toMatchObject({ code: 'code.wrong', triesLeft })
    expect(await type(portal, portal.visitor(), codeIn(mail))).toMatchObject(opens)
  })

  it.each([
    { after: 'PT14M59S', status: 429 },
    { after: 'PT15M', status: 200 },
    { after: 'PT15M1S', status: 200 },
  ])('works again $after after the first of five wrong ones: $status', async ({ after, status }) => {
    const { portal, mail } = await mailed()
    for (let count = 0; count < 5; count += 1) await type(portal, portal.visitor(), '2222-2222')
    expect(await type(portal, portal.visitor(), codeIn(mail))).toMatchObject({
      status: 429,
      body: { retryAt: '2026-11-22T00:15:00.000Z' },
    })
    portal.wait(after)
    expect((await type(portal, portal.visitor(), codeIn(mail))).status).toBe(status)
  })

  it('works at once in the browser that asked for the mail, whatever strangers type', async () => {
    const { portal, asker, mail } = await mailed()
    for (let round = 0; round < 3; round += 1) {
      for (let count = 0; count < 6; count += 1) await type(portal, portal.visitor(), '2222-2222')
      expect(await type(portal, asker, codeIn(mail))).toMatchObject(opens)
      portal.wait('PT15M')
    }
  })

  it('is not guessed by the browser that asked, either', async () => {
    const { portal, asker, mail } = await mailed()
    for (const triesLeft of [4, 3, 2, 1, 0])
      expect((await type(portal, asker, '2222-2222')).body).toMatchObject({ code: 'code.wrong', triesLeft })
    expect((await type(portal, asker, codeIn(mail))).status).toBe(429)
    portal.wait('PT15M')
    expect(await type(portal, asker, codeIn(mail))).toMatchObject(opens)
  })

  it('that somebody else asked for is tried with those of all others', async () => {
    const { portal, asker, mail } = await mailed()
    const other = portal.visitor()
    await other.call('POST', '/registrations', { email: 'an@example.jp' })
    for (let count = 0; count < 5; count += 1) await type(portal, portal.visitor(), '2222-2222')
    expect((await type(portal, other, codeIn(mail))).status).toBe(429)
    expect((await type(portal, asker, codeIn(mail))).status).toBe(200)
  })

  it('answers the same whether or not anything was mailed to the address', async () => {
    const portal = await openPortal()
    await portal.register()
    const trace = async (email: string) => {
      const visitor = portal.visitor()
      const answers = []
      for (let count = 0; count < 7; count += 1) {
        const { status, body } = await visitor.call('POST', '/codes', { email, code: '2222-2222' })
        answers.push({ status, body })
      }
      return answers
    }
    expect(await trace('nobody@example.jp')).toEqual(await trace('an@example.jp'))
  })
})
