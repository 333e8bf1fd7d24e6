import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { AUDIT_ACTIONS } from '#contract/http/staff/admin'
import { openPortal, type Portal, type Visitor } from '../../support/portal'
import { addStaff, STAFF_PASSWORD, staffMember } from '../../support/staff'

/** The one audit row that a change has written: who did what to what. */
const lastAudit = async (portal: Portal) =>
  portal.data.db.selectFrom('audit').select(['actor', 'action', 'subject', 'detail']).orderBy('at', 'desc').execute()

interface Person {
  id: string
  loginName: string
  role: string
  leftAt: string | null
}
const people = async (admin: Visitor) => (await admin.call('GET', '/staff/people')).body['items'] as Person[]
const idOf = async (admin: Visitor, loginName: string) => {
  const person = (await people(admin)).find((one) => one.loginName === loginName)
  if (!person) throw new Error(`${loginName} is not among the staff`)
  return person.id
}
const signIn = async (portal: Portal, loginName: string, password: string = STAFF_PASSWORD) => {
  const visitor = portal.visitor()
  return { visitor, ...(await visitor.call('POST', '/staff/session', { loginName, password })) }
}

const GUARDED: [method: string, path: string, body?: unknown][] = [
  ['GET', '/staff/announcements'],
  ['GET', '/staff/announcements/sender-domain'],
  ['POST', '/staff/announcements', {}],
  ['PUT', '/staff/announcements/x', {}],
  ['DELETE', '/staff/announcements/sender-domain'],
  ['GET', '/staff/people'],
  ['POST', '/staff/people', {}],
  ['PUT', '/staff/people/x', {}],
  ['POST', '/staff/people/x/departure'],
  ['POST', '/staff/people/x/password', {}],
  ['GET', '/staff/mail-settings'],
  ['PUT', '/staff/mail-settings', {}],
  ['POST', '/staff/mail-settings/test-mails', {}],
  ['GET', '/staff/mails'],
  ['GET', '/staff/mails/x'],
  ['POST', '/staff/mails/x/retry'],
  ['GET', '/staff/audit'],
  ['POST', '/staff/audit/exports', {}],
  ['GET', '/staff/numbers'],
]

describe('what belongs to admins alone (DESIGN §9)', () => {
  it('is refused to nobody, applicants and clerks, and nothing happens', async () => {
    const portal = await openPortal()
    const applicant = await portal.signedIn()
    const clerk = await staffMember(portal, 'clerk')
    const before = (await lastAudit(portal)).length
    for (const [method, path, body] of GUARDED) {
      for (const who of [portal.visitor(), applicant.visitor])
        expect(await who.call(method, path, body), path).toMatchObject({ status: 401, body: { code: 'staff.none' } })
      expect(await clerk.call(method, path, body), path).toMatchObject({ status: 403, body: { code: 'staff.role' } })
    }
    expect((await lastAudit(portal)).length).toBe(before)
  })

  it('knows every action that the program writes down', () => {
    const sources = globSync('src-main/{features,mail,http}/**/*.ts').map((file) => readFileSync(file, 'utf8'))
    const written = sources.flatMap((source) =>
      [...source.matchAll(/action: '([a-z]+\.[a-z.-]+)'|selfAuditEntry\([\w.]+, '([a-z.-]+)'/g)].map(
        ([, one, other]) => one ?? other,
      ),
    )
    expect(written.length).toBeGreaterThan(30)
    expect([...new Set(written)].filter((action) => !(AUDIT_ACTIONS as readonly unknown[]).includes(action))).toEqual(
      [],
    )
  })
})

describe('accounts of staff', () => {
  it('are made with a password that is shown once and works', async () => {
    const portal = await openPortal()
    const admin = await staffMember(portal, 'admin')
    const added = await admin.call('POST', '/staff/people', { loginName: 'Hanako', name: ' 山田 花子 ', role: 'clerk' })
    expect(added).toMatchObject({
      status: 201,
      body: { person: { loginName: 'hanako', name: '山田 花子', role: 'clerk', leftAt: null, lastLoginAt: null } },
    })
    const password = String(added.body['password'])
    expect(password).toMatch(/^\w{4}(-\w{4}){3}$/)
    expect((await signIn(portal, 'hanako', password)).status).toBe(200)
    expect(JSON.stringify((await admin.call('GET', '/staff/people')).body)).not.toMatch(/argon2|hash|password/i)
    expect((await lastAudit(portal)).filter(({ action }) => action === 'staff.added')).toMatchObject([
      { actor: `staff:${await idOf(admin, 'admin')}`, subject: `staff:${await idOf(admin, 'hanako')}` },
    ])
  })

  it('take a password that is given, and refuse what does not fit', async () => {
    const portal = await openPortal()
    const admin = await staffMember(portal, 'admin')
    const ask = (changes: object) =>
      admin.call('POST', '/staff/people', { loginName: 'taro', name: '太郎', role: 'clerk', ...changes })
    for (const [changes, field, code] of [
      [{ loginName: 'a b' }, 'loginName', 'login-name.form'],
      [{ loginName: 'admin' }, 'loginName', 'login-name.taken'],
      [{ name: '　' }, 'name', 'field.required'],
      [{ role: 'king' }, 'role', 'staff-role.unknown'],
      [{ password: 'short words' }, 'password', 'staff-password.short'],
    ] as const)
      expect((await ask(changes)).body['errors']).toMatchObject([{ field, code }])
    expect(await ask({ password: 'twelve signs' })).toMatchObject({ status: 201, body: { password: null } })
    expect((await signIn(portal, 'taro', 'twelve signs')).status).toBe(200)
  })

  it('change name and role at once', async () => {
    const portal = await openPortal()
    const admin = await staffMember(portal, 'admin')
    const clerk = await staffMember(portal, 'clerk')
    const id = await idOf(admin, 'clerk')
    expect(await admin.call('PUT', `/staff/people/${id}`, { name: '佐藤', role: 'admin' })).toMatchObject({
      status: 200,
      body: { name: '佐藤', role: 'admin' },
    })
    expect((await clerk.call('GET', '/staff/people')).status).toBe(200)
    await admin.call('PUT', `/staff/people/${id}`, { name: '佐藤', role: 'clerk' })
    expect((await clerk.call('GET', '/staff/people')).status).toBe(403)
    expect(await admin.call('PUT', '/staff/people/x', { name: 'x', role: 'clerk' })).toMatchObject({
      status: 404,
      body: { code: 'staff.unknown' },
    })
  })

  it('shut somebody out at once who leaves, and keep him in the log', async () => {
    const portal = await openPortal()
    const admin = await staffMember(portal, 'admin')
    const clerk = await staffMember(portal, 'clerk')
    const id = await idOf(admin, 'clerk')
    expect((await admin.call('POST', `/staff/people/${id}/departure`)).status).toBe(204)
    expect((await clerk.call('GET', '/staff/session')).status).toBe(401)
    expect((await signIn(portal, 'clerk')).status).toBe(401)
    expect((await people(admin)).find((one) => one.id === id)).toMatchObject({
      leftAt: portal.now().toString({ smallestUnit: 'millisecond' }),
    })
    expect((await admin.call('POST', `/staff/people/${id}/departure`)).status).toBe(404)
    expect((await admin.call('POST', '/staff/people', { loginName: 'clerk', name: 'x', role: 'clerk' })).status).toBe(
      422,
    )
  })

  it('always leave an admin, and let nobody take his own rights away', async () => {
    const portal = await openPortal()
    const admin = await staffMember(portal, 'admin')
    const own = await idOf(admin, 'admin')
    const demote = (id: string) => admin.call('PUT', `/staff/people/${id}`, { name: 'x', role: 'clerk' })
    expect(await demote(own)).toMatchObject({ status: 409, body: { code: 'staff.last-admin' } })
    expect(await admin.call('POST', `/staff/people/${own}/departure`)).toMatchObject({
      status: 409,
      body: { code: 'staff.last-admin' },
    })
    await addStaff(portal, 'admin', 'second')
    const second = await idOf(admin, 'second')
    expect(await demote(own)).toMatchObject({ status: 409, body: { code: 'staff.self' } })
    expect((await admin.call('POST', `/staff/people/${own}/departure`)).body['code']).toBe('staff.self')
    const { visitor } = await signIn(portal, 'second')
    const both = await Promise.all([
      demote(second),
      visitor.call('PUT', `/staff/people/${own}`, { name: 'x', role: 'clerk' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(
      [200, 403].includes(both[1].status) ? [200, both[1].status] : [200, 409],
    )
    expect(
      (await people(both[0].status === 200 ? admin : visitor)).filter(({ role }) => role === 'admin'),
    ).toHaveLength(1)
  })

  it('get a new password that ends the sessions and lifts the lock', async () => {
    const portal = await openPortal()
    const admin = await staffMember(portal, 'admin')
    const clerk = await staffMember(portal, 'clerk')
    for (let tries = 0; tries < 5; tries += 1) await signIn(portal, 'clerk', 'wrong')
    expect((await signIn(portal, 'clerk')).status).toBe(423)
    const set = await admin.call('POST', `/staff/people/${await idOf(admin, 'clerk')}/password`, {})
    expect((await clerk.call('GET', '/staff/session')).status).toBe(401)
    expect((await signIn(portal, 'clerk')).status).toBe(401)
    expect((await signIn(portal, 'clerk', String(set.body['password']))).status).toBe(200)
    const own = await admin.call('POST', `/staff/people/${await idOf(admin, 'admin')}/password`, {
      password: 'a new long one',
    })
    expect(own).toMatchObject({ status: 200, body: { password: null } })
    expect((await admin.call('GET', '/staff/session')).status).toBe(200)
  })
})

describe('announcements in the hands of admins', () => {
  const form = (changes: object = {}) => ({
    publishedAt: '2026-11-22T00:00:00Z',
    title: { ja: ' 休止のお知らせ ', en: 'Pause', vi: ' ' },
    body: { ja: '**休止**します', en: 'We pause', vi: '' },
    ...changes,
  })

  it('are written, shown to readers, changed and taken away, each with its audit row', async () => {
    const portal = await openPortal()
    const admin = await staffMember(portal, 'admin')
    const made = await admin.call('POST', '/staff/announcements', form({ important: true }))
    expect(made).toMatchObject({
      status: 201,
      body: {
        title: { ja: '休止のお知らせ', en: 'Pause' },
        body: { ja: '**休止**します' },
        important: true,
        state: 'shown',
      },
    })
    expect(made.body['title']).not.toHaveProperty('vi')
    const id = String(made.body['id'])
    expect((await portal.visitor().call('GET', `/announcements/${id}`)).status).toBe(200)
    const changed = await admin.call('PUT', `/staff/announcements/${id}`, form({ until: '2026-11-23T00:00:00+09:00' }))
    expect(changed.body).toMatchObject({ id, important: false, until: '2026-11-22T15:00:00.000Z' })
    expect((await admin.call('DELETE', `/staff/announcements/${id}`)).status).toBe(204)
    expect((await admin.call('DELETE', `/staff/announcements/${id}`)).status).toBe(404)
    expect((await portal.visitor().call('GET', `/announcements/${id}`)).status).toBe(404)
    const rows = (await lastAudit(portal)).filter(({ subject }) => subject === `announcement:${id}`)
    expect(rows.map(({ action }) => action).sort()).toEqual([
      'announcement.deleted',
      'announcement.written',
      'announcement.written',
    ])
  })

  it('are listed also before and after their time', async () => {
    const portal = await openPortal()
    const admin = await staffMember(portal, 'admin')
    const put = (id: string, changes: object) => admin.call('PUT', `/staff/announcements/${id}`, form(changes))
    await put('soon', { publishedAt: '2026-12-01T00:00:00Z' })
    await put('gone', { publishedAt: '2026-01-01T00:00:00Z', until: '2026-02-01T00:00:00Z' })
    const { body } = await admin.call('GET', '/staff/announcements')
    const states = Object.fromEntries(
      (body['items'] as { id: string; state: string }[]).map(({ id, state }) => [id, state]),
    )
    expect(states).toMatchObject({ soon: 'scheduled', gone: 'over', 'sender-domain': 'shown' })
    expect((await admin.call('GET', '/staff/announcements/soon')).status).toBe(200)
    expect((await portal.visitor().call('GET', '/announcements/soon')).status).toBe(404)
  })

  it.each([
    [{ title: { en: 'only' } }, 'title.ja', 'field.required'],
    [{ title: { ja: ' ' } }, 'title.ja', 'field.required'],
    [{ title: { ja: 'x', ko: '제목' } }, 'body.ko', 'field.required'],
    [{ until: '2026-11-22T00:00:00Z' }, 'until', 'announcement.until'],
    [{ publishedAt: 'soon' }, 'publishedAt', 'instant.format'],
  ])('refuse %j', async (changes, field, code) => {
    const portal = await openPortal()
    const admin = await staffMember(portal, 'admin')
    const refused = await admin.call('POST', '/staff/announcements', form(changes))
    expect(refused.status).toBe(422)
    expect(refused.body['errors']).toContainEqual({ field, code })
  })

  it('keep the readings of Japanese texts as they were typed, and braces of other languages', async () => {
    const portal = await openPortal()
    const admin = await staffMember(portal, 'admin')
    const title = { ja: '{休止|きゅうし}のお{知|し}らせ', en: 'Pause {a|b' }
    const made = await admin.call('POST', '/staff/announcements', form({ title }))
    expect(made).toMatchObject({ status: 201, body: { title } })
  })

  it.each([
    [{ title: { ja: '{休止|きゅうし', en: 'Pause' } }, 'title.ja', '{休止|きゅうし'],
    [{ body: { ja: 'x\n{休止|休止}します', en: 'We pause' } }, 'body.ja', '{休止|休止}'],
  ])('are refused with a reading that is none: %j', async (changes, field, found) => {
    const portal = await openPortal()
    const admin = await staffMember(portal, 'admin')
    const refused = await admin.call('POST', '/staff/announcements', form(changes))
    expect(refused.status).toBe(422)
    expect(refused.body['errors']).toEqual([
      { field, code: 'announcement.reading', params: expect.objectContaining({ found }) },
    ])
  })
})
