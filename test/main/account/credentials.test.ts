import { describe, expect, it } from 'vitest'
import { codeIn, openPortal, tokenIn, type Portal, type Visitor } from '../../support/portal'
import { PASSWORD } from '../../support/samples'
import { staffMember } from '../../support/staff'

const NEW_PASSWORD = 'Momiji-2026x'
const newPassword = { password: NEW_PASSWORD, passwordConfirmation: NEW_PASSWORD }
const A = 'an@example.jp'
const B = 'b@example.jp'
const C = 'c@example.jp'
const D = 'd@example.jp'

/** Has the address changed by whoever is signed in there, as a person does it in one browser. */
async function changeAddress(portal: Portal, visitor: Visitor, email: string): Promise<void> {
  expect((await visitor.call('POST', '/account/email-changes', { email })).status).toBe(202)
  const token = tokenIn(await portal.lastMailTo(email), 'email-change')
  expect((await visitor.call('POST', `/email-changes/${token}/completion`)).status).toBe(200)
}

/** Somebody whose address went from A over B to C, with everything outstanding that can be: the capabilities that a thief may hold. */
async function everythingOutstanding() {
  const portal = await openPortal()
  const { userId, visitor } = await portal.signedIn({ email: A })
  await changeAddress(portal, visitor, B)
  const undoA = tokenIn(await portal.lastMailTo(A), 'email-undo')
  portal.wait('PT1M')
  await changeAddress(portal, visitor, C)
  const undoMail = await portal.lastMailTo(B)
  portal.wait('PT1M')
  const thief = portal.visitor()
  await thief.logIn(userId)
  await portal.visitor().call('POST', '/password-resets', { userId, email: C })
  const resetMail = await portal.lastMailTo(C)
  await thief.call('POST', '/account/email-changes', { email: D })
  const changeMail = await portal.lastMailTo(D)
  const draftKey = async () => (await visitor.call('GET', '/session/draft-key')).body['key']
  return {
    portal,
    userId,
    visitor,
    thief,
    undoA,
    undoB: tokenIn(undoMail, 'email-undo'),
    reset: tokenIn(resetMail, 'password-reset'),
    change: tokenIn(changeMail, 'email-change'),
    codes: { [B]: codeIn(undoMail), [C]: codeIn(resetMail), [D]: codeIn(changeMail) },
    draftKey,
    keyBefore: await draftKey(),
  }
}
type World = Awaited<ReturnType<typeof everythingOutstanding>>

interface Event {
  what: string
  act(world: World): Promise<{ status: number }>
  /** Which session goes on, if any. */
  keeps: 'visitor' | 'thief' | null
  /** What the event itself uses up, and is therefore answered as used. */
  uses?: 'reset' | 'change' | 'undoA'
  password?: string
  locks?: boolean
}

const EVENTS: Event[] = [
  {
    what: 'a change of the password',
    act: ({ visitor }) => visitor.call('PUT', '/account/password', newPassword),
    keeps: 'visitor',
    password: NEW_PASSWORD,
  },
  {
    what: 'a reset of the password',
    act: ({ portal, reset }) => portal.visitor().call('POST', `/password-resets/${reset}/completion`, newPassword),
    keeps: null,
    uses: 'reset',
    password: NEW_PASSWORD,
  },
  {
    what: '"this was not me"',
    act: ({ visitor }) => visitor.call('POST', '/account/not-me'),
    keeps: null,
    locks: true,
  },
  {
    what: 'the undoing from the oldest address',
    act: ({ portal, undoA }) => portal.visitor().call('POST', `/email-undos/${undoA}/completion`),
    keeps: null,
    uses: 'undoA',
  },
  {
    what: 'a further change of the address',
    act: ({ thief, change }) => thief.call('POST', `/email-changes/${change}/completion`),
    keeps: 'thief',
    uses: 'change',
  },
  {
    what: 'the unlocking by a clerk',
    act: async ({ portal, userId }) =>
      (await staffMember(portal)).call('POST', `/staff/applicants/${userId}/unlock`, {
        reason: '窓口で本人を確認した',
      }),
    keeps: null,
  },
]

describe.each(EVENTS)('$what voids what was handed out before', ({ act, keeps, uses, password = PASSWORD, locks }) => {
  it('links and codes of reset, change and undoing, but not the undoing to the oldest address', async () => {
    const world = await everythingOutstanding()
    const { portal, reset, change, undoA, undoB, codes } = world
    expect((await act(world)).status).toBeLessThan(300)
    const links = {
      reset: ['GET', `/password-resets/${reset}`, `/password-resets/${reset}/completion`, newPassword],
      change: ['GET', `/email-changes/${change}`, `/email-changes/${change}/completion`, { currentPassword: password }],
      undoB: ['GET', `/email-undos/${undoB}`, `/email-undos/${undoB}/completion`, undefined],
    } as const
    for (const [name, [, look, use, body]] of Object.entries(links)) {
      const code = name === uses ? 'link.used' : 'link.unknown'
      expect((await portal.visitor().call('GET', look)).body['code'], name).toBe(code)
      expect((await portal.visitor().call('POST', use, body)).body['code'], name).toBe(code)
    }
    for (const [email, code] of Object.entries(codes)) {
      const usedHere = (uses === 'reset' && email === C) || (uses === 'change' && email === D)
      const typed = await portal.visitor().call('POST', '/codes', { email, code })
      expect(typed.body['code'], email).toBe(usedHere ? 'link.used' : 'code.wrong')
    }
    const undone = await portal.visitor().call('POST', `/email-undos/${undoA}/completion`)
    expect(undone).toMatchObject(
      uses === 'undoA' ? { body: { code: 'link.used' } } : { status: 200, body: { email: A } },
    )
  })

  it('all sessions but the one that acts, and the key of drafts', async () => {
    const world = await everythingOutstanding()
    const { portal, userId, visitor, thief, keyBefore } = world
    await act(world)
    expect((await visitor.call('GET', '/session')).status).toBe(keeps === 'visitor' ? 200 : 401)
    expect((await thief.call('GET', '/session')).status).toBe(keeps === 'thief' ? 200 : 401)
    const again = portal.visitor()
    expect((await again.logIn(userId, password)).status).toBe(locks ? 423 : 200)
    if (locks) return
    const key = (await again.call('GET', '/session/draft-key')).body['key']
    expect(key).toMatch(/^[\w-]{43}$/)
    expect(key).not.toBe(keyBefore)
  })
})

describe('a thief with a session', () => {
  it('gets nothing by a change of address that was asked for before "not me" and the reset', async () => {
    const portal = await openPortal()
    const { userId, visitor } = await portal.signedIn({ email: A })
    const thief = portal.visitor()
    await thief.logIn(userId)
    await thief.call('POST', '/account/email-changes', { email: 'thief@example.jp' })
    const link = tokenIn(await portal.lastMailTo('thief@example.jp'), 'email-change')
    await visitor.call('POST', '/account/not-me')
    const reset = tokenIn(await portal.lastMailTo(A), 'password-reset')
    expect((await portal.visitor().call('POST', `/password-resets/${reset}/completion`, newPassword)).status).toBe(204)
    for (const body of [{}, { currentPassword: PASSWORD }])
      expect((await thief.call('POST', `/email-changes/${link}/completion`, body)).body['code']).toBe('link.unknown')
    const owner = portal.visitor()
    await owner.logIn(userId, NEW_PASSWORD)
    expect((await owner.call('GET', '/account')).body['email']).toBe(A)
  })

  it('gets in with the password that they know neither after the 24 hours of the lock nor when a clerk lifts it', async () => {
    const portal = await openPortal()
    const { userId, visitor } = await portal.signedIn({ email: A })
    await visitor.call('POST', '/account/not-me')
    portal.wait('PT24H')
    expect((await portal.visitor().logIn(userId)).body['code']).toBe('session.wrong')
    const reason = '窓口で本人を確認した'
    await (await staffMember(portal)).call('POST', `/staff/applicants/${userId}/unlock`, { reason })
    expect((await portal.visitor().logIn(userId)).body['code']).toBe('session.wrong')
    const owner = portal.visitor()
    await owner.call('POST', '/password-resets', { userId, email: A })
    const reset = tokenIn(await portal.lastMailTo(A), 'password-reset')
    expect((await owner.call('POST', `/password-resets/${reset}/completion`, newPassword)).status).toBe(204)
    expect((await owner.logIn(userId, NEW_PASSWORD)).status).toBe(200)
  })

  it('does not push the undoing of the oldest address out, however often they change address and password', async () => {
    const portal = await openPortal()
    const { userId, visitor } = await portal.signedIn({ email: A })
    for (const email of [B, C, D, A, B, C]) {
      await changeAddress(portal, visitor, email)
      await visitor.call('PUT', '/account/password', newPassword)
      portal.wait('PT1M')
    }
    const undo = tokenIn(await portal.lastMailTo(A), 'email-undo')
    const owner = portal.visitor()
    expect((await owner.call('POST', `/email-undos/${undo}/completion`)).body).toEqual({ email: A })
    for (const email of [B, D]) {
      const later = tokenIn(await portal.lastMailTo(email), 'email-undo')
      expect((await owner.call('POST', `/email-undos/${later}/completion`)).body['code'], email).toBe('link.unknown')
    }
    await owner.call('POST', '/password-resets', { userId, email: A })
    const reset = tokenIn(await portal.lastMailTo(A), 'password-reset')
    expect((await owner.call('POST', `/password-resets/${reset}/completion`, newPassword)).status).toBe(204)
  })

  it('does not have the account deleted after the owner said "not me"', async () => {
    const portal = await openPortal()
    const { userId, visitor } = await portal.signedIn({ email: A })
    const thief = portal.visitor()
    await thief.logIn(userId)
    expect((await thief.call('POST', '/account/deletion', {})).status).toBe(202)
    await visitor.call('POST', '/account/not-me')
    const reset = tokenIn(await portal.lastMailTo(A), 'password-reset')
    await portal.visitor().call('POST', `/password-resets/${reset}/completion`, newPassword)
    portal.wait('P8D')
    await portal.runJobs()
    expect((await portal.visitor().logIn(userId, NEW_PASSWORD)).status).toBe(200)
  })
})

describe('completing a change of the address', () => {
  const asked = async () => {
    const portal = await openPortal()
    const { userId, visitor } = await portal.signedIn({ email: A })
    await visitor.call('POST', '/account/email-changes', { email: B })
    return { portal, userId, visitor, token: tokenIn(await portal.lastMailTo(B), 'email-change') }
  }

  it('needs a session of that account or its password; the link alone does nothing', async () => {
    const { portal, token, visitor } = await asked()
    const other = await portal.signedIn({ email: 'other@example.jp' })
    for (const stranger of [portal.visitor(), other.visitor]) {
      expect((await stranger.call('GET', `/email-changes/${token}`)).body).toMatchObject({
        email: B,
        needsPassword: true,
      })
      for (const body of [undefined, {}, { currentPassword: '' }]) {
        const answer = await stranger.call('POST', `/email-changes/${token}/completion`, body)
        expect(answer).toMatchObject({ status: 403, body: { code: 'password.needed' } })
      }
    }
    expect((await visitor.call('GET', '/account')).body['email']).toBe(A)
    expect((await visitor.call('GET', `/email-changes/${token}`)).body).toMatchObject({ needsPassword: false })
    expect((await visitor.call('POST', `/email-changes/${token}/completion`)).status).toBe(200)
    expect((await visitor.call('GET', '/account')).body['email']).toBe(B)
  })

  it.each([
    { after: 'PT2H59M59S', status: 200 },
    { after: 'PT3H', status: 403 },
  ])('by a session whose last move is $after ago: $status', async ({ after, status }) => {
    const { portal, token, visitor } = await asked()
    portal.wait(after)
    expect((await visitor.call('POST', `/email-changes/${token}/completion`)).status).toBe(status)
  })

  it('counts wrong passwords towards the lock, and says how many tries are left', async () => {
    const { portal, token, userId } = await asked()
    const complete = (currentPassword: string) =>
      portal.visitor().call('POST', `/email-changes/${token}/completion`, { currentPassword })
    for (const triesLeft of [4, 3, 2, 1])
      expect((await complete('Wrong-2026xx')).body['errors']).toEqual([
        { field: 'currentPassword', code: 'password.wrong', params: { triesLeft } },
      ])
    for (const password of ['Wrong-2026xx', PASSWORD])
      expect(await complete(password)).toMatchObject({ status: 423, body: { until: '2026-11-23T00:00:00.000Z' } })
    expect((await portal.visitor().logIn(userId)).status).toBe(423)
  })

  it('works by the mailed code in the same way', async () => {
    const { portal, userId } = await asked()
    const typed = await portal.visitor().call('POST', '/codes', { email: B, code: codeIn(await portal.lastMailTo(B)) })
    const path = `/email-changes/${String(typed.body['path']).split('/').pop() ?? ''}/completion`
    expect((await portal.visitor().call('POST', path)).body['code']).toBe('password.needed')
    expect((await portal.visitor().call('POST', path, { currentPassword: PASSWORD })).status).toBe(200)
    expect((await portal.visitor().logIn(userId)).status).toBe(200)
  })

  it('keeps links that were asked for before until one of them is used', async () => {
    const { portal, token, visitor } = await asked()
    await visitor.call('POST', '/account/email-changes', { email: C })
    const newer = tokenIn(await portal.lastMailTo(C), 'email-change')
    expect((await visitor.call('POST', `/email-changes/${token}/completion`)).status).toBe(200)
    expect((await visitor.call('POST', `/email-changes/${newer}/completion`)).body['code']).toBe('link.unknown')
  })

  it('may be asked for twenty times an hour, by one account', async () => {
    const portal = await openPortal()
    const { visitor, userId } = await portal.signedIn({ email: A })
    for (let count = 0; count < 20; count += 1) {
      const other = count % 2 === 0 ? visitor : portal.visitor()
      if (other !== visitor) await other.logIn(userId)
      expect((await other.call('POST', '/account/email-changes', { email: `n${count}@example.jp` })).status).toBe(202)
    }
    const last = await visitor.call('POST', '/account/email-changes', { email: 'n20@example.jp' })
    expect(last).toMatchObject({ status: 429, body: { retryAt: '2026-11-22T01:00:00.000Z' } })
  })
})

describe('an import over an account that is there', () => {
  it('changes nothing: no password, no session, no link', async () => {
    const { portal, userId, visitor, reset } = await everythingOutstanding()
    const { importAccounts } = await import('#main/features/account-import/import-accounts.action')
    const hash = '$2b$04$abcdefghijklmnopqrstuuxGzEMXgBRvhrCkAVuJg2IYPiqbIEpZe'
    const csv = `system,userId,passwordHash,category,nameEn,email,phone,passwordSetOn\nzairyu,${userId},${hash},applicant,X Y,x@example.jp,0312345678,2025-12-31`
    expect(await importAccounts(portal.data.db, csv, 'operator', portal.now())).toMatchObject({
      ok: true,
      value: { imported: 0, unchanged: [userId] },
    })
    expect((await visitor.call('GET', '/account')).body['email']).toBe(C)
    expect((await portal.visitor().call('GET', `/password-resets/${reset}`)).status).toBe(200)
    expect((await portal.visitor().logIn(userId)).status).toBe(200)
  })
})
