import { describe, expect, it } from 'vitest'
import { PASSWORD } from '../../support/samples'
import { codeIn, openPortal, tokenIn, type Portal } from '../../support/portal'

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

  it('replaces an earlier link by a newer one', async () => {
    const { portal, token, userId, email } = await asked()
    await ask(portal, '/password-resets', { userId, email })
    expect((await portal.visitor().call('GET', `/password-resets/${token}`)).body['code']).toBe('link.unknown')
  })
})

describe('the code of a mail', () => {
  it.each([4, 5])('after %i wrong tries, and an hour later', async (wrong) => {
    const portal = await openPortal()
    const { userId, email } = await portal.register()
    await ask(portal, '/password-resets', { userId, email })
    const mail = await portal.lastMailTo(email)
    const type = (code: string) => ask(portal, '/codes', { email, code })
    for (let count = 0; count < wrong; count += 1) expect((await type('2222-2222')).body['code']).toBe('code.wrong')
    if (wrong === 5) expect((await type(codeIn(mail))).status).toBe(429)
    portal.wait('PT59M59S')
    const answer = await type(codeIn(mail))
    if (wrong === 4)
      expect(answer).toMatchObject({
        status: 200,
        body: { path: expect.stringMatching(/^\/password-reset\/[\w-]{43}$/) },
      })
    else {
      expect(answer.status).toBe(429)
      portal.wait('PT1S')
      expect((await type(codeIn(mail))).body['code']).toBe('code.wrong')
    }
    expect((await portal.visitor().call('GET', `/password-resets/${tokenIn(mail, 'password-reset')}`)).status).toBe(
      wrong === 4 ? 200 : 410,
    )
  })
})
