import { describe, expect, it } from 'vitest'
import { importAccounts } from '#main/features/account-import/import-accounts.action'
import { argonPasswords } from '#main/platform/crypto/passwords'
import { openPortal, tokenIn, type Portal } from '../../support/portal'
import { PASSWORD } from '../../support/samples'
import { addStaff, STAFF_PASSWORD } from '../../support/staff'

const NEW_PASSWORD = 'Momiji-2026x'
const newPassword = { password: NEW_PASSWORD, passwordConfirmation: NEW_PASSWORD }

/** A stranger can slow somebody down, never lock them out for good. */
describe('a stranger who types wrong passwords', () => {
  const staffLogin = (portal: Portal, loginName: string, password = STAFF_PASSWORD) =>
    portal.visitor().call('POST', '/staff/session', { loginName, password })
  const fiveTimes = async (act: () => Promise<unknown>) => {
    for (let count = 0; count < 5; count += 1) await act()
  }

  it.each(['staff:hanako', 'STAFF:HANAKO', 'staff: hana-ko', 'staff\u0000hanako', 'hanako'])(
    'as the applicant %j does not lock hanako of the staff',
    async (typed) => {
      const portal = await openPortal()
      await addStaff(portal, 'clerk', 'hanako')
      await fiveTimes(() => portal.visitor().logIn(typed, 'Wrong-2026xx'))
      expect((await staffLogin(portal, 'hanako')).status).toBe(200)
    },
  )

  it('as staff does not lock an applicant with that ID', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    await fiveTimes(() => staffLogin(portal, userId, 'wrong'))
    expect((await portal.visitor().logIn(userId)).status).toBe(200)
  })

  it('under a staff name that differs by a hyphen locks only that one', async () => {
    const portal = await openPortal()
    for (const name of ['hanako', 'hana-ko']) await addStaff(portal, 'clerk', name)
    await fiveTimes(() => staffLogin(portal, 'hana-ko', 'wrong'))
    expect((await staffLogin(portal, 'hana-ko')).status).toBe(423)
    expect((await staffLogin(portal, 'hanako')).status).toBe(200)
  })

  it('under an old ID that differs by a hyphen locks only that one', async () => {
    const portal = await openPortal()
    const hash = await argonPasswords({ memoryCost: 1024 }).hash(PASSWORD)
    const row = (id: string) => `zairyu,${id},"${hash}",applicant,HOUMU TARO,${id}@example.jp,0312345678,2025-12-31`
    const header = 'system,userId,passwordHash,category,nameEn,email,phone,passwordSetOn'
    await importAccounts(portal.data.db, [header, row('sato-1'), row('sato1')].join('\n'), 'operator', portal.now())
    await fiveTimes(() => portal.visitor().logIn('sato1', 'Wrong-2026xx'))
    expect((await portal.visitor().logIn('sato1')).status).toBe(423)
    expect((await portal.visitor().logIn('sato-1')).status).toBe(200)
  })

  it('locks an ID whatever its spelling, and the way by mail stays open to its owner', async () => {
    const portal = await openPortal()
    const { userId, email } = await portal.register()
    const spellings = [userId, userId.toLowerCase(), `${userId.slice(0, 5)}-${userId.slice(5)}`, ` ${userId}`, userId]
    for (const typed of spellings) await portal.visitor().logIn(typed, 'Wrong-2026xx')
    expect((await portal.visitor().logIn(userId)).status).toBe(423)
    await portal.visitor().call('POST', '/password-resets', { userId, email })
    const token = tokenIn(await portal.lastMailTo(email), 'password-reset')
    expect((await portal.visitor().call('POST', `/password-resets/${token}/completion`, newPassword)).status).toBe(204)
    expect((await portal.visitor().logIn(userId, NEW_PASSWORD)).status).toBe(200)
  })
})

describe('a stranger who asks for mails in the name of somebody', () => {
  it('cannot void the link that the owner has, nor keep a link from them: every mail goes to the owner', async () => {
    const portal = await openPortal()
    const { userId, email } = await portal.register()
    const ask = () => portal.visitor().call('POST', '/password-resets', { userId, email })
    await ask()
    const first = tokenIn(await portal.lastMailTo(email), 'password-reset')
    for (let count = 1; count < 20; count += 1) expect((await ask()).status).toBe(202)
    expect((await ask()).status).toBe(429)
    const last = tokenIn(await portal.lastMailTo(email), 'password-reset')
    for (const token of [first, last])
      expect((await portal.visitor().call('GET', `/password-resets/${token}`)).status).toBe(200)
    expect((await portal.visitor().call('POST', `/password-resets/${first}/completion`, newPassword)).status).toBe(204)
    expect((await portal.visitor().call('GET', `/password-resets/${last}`)).body['code']).toBe('link.unknown')
  })

  it('cannot void a registration link, either', async () => {
    const portal = await openPortal()
    const first = await portal.askForRegistration('new@example.jp')
    for (let count = 0; count < 5; count += 1) await portal.askForRegistration('new@example.jp')
    expect((await portal.visitor().call('GET', `/registrations/${first}`)).status).toBe(200)
  })
})
