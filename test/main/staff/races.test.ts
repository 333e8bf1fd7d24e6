import { describe, expect, it } from 'vitest'
import { createServiceToken, revokeServiceToken } from '#main/features/staff-session/staff-session.repo'
import { holdCall } from '../../support/held'
import { openPortal, type Portal, type Visitor } from '../../support/portal'
import { certificateLine } from '../../support/samples'
import { addStaff, STAFF_PASSWORD, staffMember } from '../../support/staff'

const signIn = async (portal: Portal, loginName: string, password = STAFF_PASSWORD) => {
  const visitor = portal.visitor()
  const { status } = await visitor.call('POST', '/staff/session', { loginName, password })
  return { status, visitor }
}
const idOf = async (portal: Portal, loginName: string) =>
  (await portal.data.db.selectFrom('staff').select('id').where('login_name', '=', loginName).executeTakeFirstOrThrow())
    .id
const audit = async (portal: Portal) =>
  (await portal.data.db.selectFrom('audit').selectAll().orderBy('id').execute()).map(
    ({ actor, action, subject }) => `${action} ${subject.split(':')[0] ?? ''} by ${actor.split(':')[0] ?? ''}`,
  )
const rowsOf = async (portal: Portal) => {
  const { db } = portal.data
  const count = async (table: 'applications' | 'certificates' | 'announcements' | 'outbox' | 'staff' | 'audit') =>
    Number(
      (
        await db
          .selectFrom(table)
          .select((eb) => eb.fn.countAll().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
    )
  return {
    applications: await db.selectFrom('applications').selectAll().execute(),
    certificates: await count('certificates'),
    announcements: await db.selectFrom('announcements').selectAll().execute(),
    mails: await count('outbox'),
    staff: await db.selectFrom('staff').select(['login_name', 'name', 'role', 'left_at', 'password_hash']).execute(),
    audit: await count('audit'),
  }
}

const OFFICE = '東京出入国在留管理局'
const form = (number: string) => {
  const { userId: _, ...rest } = certificateLine('', number)
  return rest
}
const announcement = { publishedAt: '2026-11-22T00:00:00Z', title: { ja: '休止' }, body: { ja: '休止します' } }

/** A counter with an examined application, a certificate, an announcement, a clerk, two admins, and somebody who joins and leaves. */
const counter = async () => {
  const portal = await openPortal()
  const person = await portal.signedIn()
  const other = await staffMember(portal, 'admin')
  await addStaff(portal, 'clerk', 'hanako')
  await addStaff(portal, 'admin', 'taro')
  const { visitor: hanako } = await signIn(portal, 'hanako')
  const { visitor: taro } = await signIn(portal, 'taro')
  const { body } = await other.call('POST', '/staff/applications', { userId: person.userId, office: OFFICE })
  const application = `/staff/applications/${String(body['id'])}`
  await other.call('POST', `${application}/examination`)
  await other.call('POST', '/staff/certificates/import', {
    lines: JSON.stringify(certificateLine(person.userId, 'A1')),
  })
  await other.call('PUT', '/staff/announcements/pause', announcement)
  return { portal, person, other, hanako, taro, application }
}
type Counter = Awaited<ReturnType<typeof counter>>

/** What clerks do that has a body, each on what the counter has. */
type Wish = [string, string, object]
const CLERK: Record<string, (counter: Counter) => Wish | Promise<Wish>> = {
  'take an application in': ({ person }) => ['POST', '/staff/applications', { userId: person.userId, office: OFFICE }],
  'refuse an application': ({ application }) => ['POST', `${application}/refusal`, { reason: 'x' }],
  'issue a certificate': ({ application }) => ['POST', `${application}/certificate`, form('B1')],
  'resend a certificate': () => ['POST', '/staff/certificates/A1/resend', { reason: 'x' }],
  'reissue a certificate': () => ['POST', '/staff/certificates/A1/reissue', { reason: 'x', certificate: form('A2') }],
  'import certificates': ({ person }) => [
    'POST',
    '/staff/certificates/import',
    { lines: JSON.stringify(certificateLine(person.userId, 'C1')) },
  ],
  'unlock a user': ({ person }) => ['POST', `/staff/applicants/${person.userId}/unlock`, { reason: 'x' }],
}
/** What admins do besides. */
const ADMIN: typeof CLERK = {
  'add staff': () => ['POST', '/staff/people', { loginName: 'jiro', name: '次郎', role: 'admin' }],
  'change a role': async ({ portal }) => [
    'PUT',
    `/staff/people/${await idOf(portal, 'hanako')}`,
    { name: 'x', role: 'admin' },
  ],
  'set a password': async ({ portal }) => ['POST', `/staff/people/${await idOf(portal, 'hanako')}/password`, {}],
  'write an announcement': () => ['POST', '/staff/announcements', announcement],
  'change an announcement': () => ['PUT', '/staff/announcements/pause', { ...announcement, important: true }],
  'set the mail server': () => [
    'PUT',
    '/staff/mail-settings',
    { server: { host: 'mail.example.jp', port: 465, secure: true, tls: 'tls' }, mailFrom: 'x@example.jp' },
  ],
  'send a test mail': () => ['POST', '/staff/mail-settings/test-mails', { email: 'x@example.jp' }],
  'export the audit log': () => ['POST', '/staff/audit/exports', {}],
}
/** What ends the rights of somebody, and what they are told then. */
const ENDS: Record<string, (counter: Counter, loginName: string) => Promise<void>> = {
  'they are removed': async ({ portal, other }, loginName) => {
    expect((await other.call('POST', `/staff/people/${await idOf(portal, loginName)}/departure`)).status).toBe(204)
  },
  'they get a new password': async ({ portal, other }, loginName) => {
    const set = await other.call('POST', `/staff/people/${await idOf(portal, loginName)}/password`, {})
    expect(set.status).toBe(200)
  },
  'they sign out elsewhere': async ({ hanako, taro }, loginName) => {
    expect((await (loginName === 'taro' ? taro : hanako).call('DELETE', '/staff/session')).status).toBe(204)
  },
}

describe('somebody of the staff whose rights end while what they send is on the line', () => {
  /** Everything that the two of them do, each held behind its guard. */
  const holdAll = async (all: Counter, acts: typeof ADMIN, visitor: Visitor) => {
    const held = []
    for (const [act, wish] of Object.entries(acts))
      held.push({ act, call: await holdCall(visitor, ...(await wish(all))) })
    return held
  }
  it.each(Object.keys(ENDS))('does nothing any more when %s', async (end) => {
    const all = await counter()
    const held = [...(await holdAll(all, CLERK, all.hanako)), ...(await holdAll(all, ADMIN, all.taro))]
    await ENDS[end]?.(all, 'hanako')
    await ENDS[end]?.(all, 'taro')
    const before = await rowsOf(all.portal)
    for (const { act, call } of held) {
      const { status, body } = await call.finish()
      expect([act, status, body['code']]).toEqual([act, 401, 'staff.none'])
    }
    expect(await rowsOf(all.portal)).toEqual(before)
  })

  it('does nothing any more of what only admins do, once they are a clerk', async () => {
    const all = await counter()
    const held = await holdAll(all, ADMIN, all.taro)
    const id = await idOf(all.portal, 'taro')
    expect((await all.other.call('PUT', `/staff/people/${id}`, { name: 'x', role: 'clerk' })).status).toBe(200)
    const before = await rowsOf(all.portal)
    for (const { act, call } of held) {
      const { status, body } = await call.finish()
      expect([act, status, body['code']]).toEqual([act, 403, 'staff.role'])
    }
    expect(await rowsOf(all.portal)).toEqual(before)
  })

  it('does nothing any more of what has no body, when they are removed at the same moment', async () => {
    for (const [loginName, act] of [
      ['hanako', ({ application }: Counter) => ['POST', `${application}/examination`]],
      ['taro', () => ['DELETE', '/staff/announcements/pause']],
    ] as const) {
      const all = await counter()
      const received = await all.other.call('POST', '/staff/applications', {
        userId: all.person.userId,
        office: OFFICE,
      })
      const [method = '', path = ''] = act({
        ...all,
        application: `/staff/applications/${String(received.body['id'])}`,
      })
      const id = await idOf(all.portal, loginName)
      const before = (await audit(all.portal)).length
      const [removed, acted] = await Promise.all([
        all.other.call('POST', `/staff/people/${id}/departure`),
        (loginName === 'taro' ? all.taro : all.hanako).call(method, path),
      ])
      expect([removed.status, acted.status]).toEqual([204, 401])
      expect(await audit(all.portal)).toHaveLength(before + 1)
      expect((await all.other.call('GET', '/staff/announcements/pause')).status).toBe(200)
    }
  })

  it('gets no longer session by a screen move that comes when it has ended', async () => {
    const all = await counter()
    const id = await idOf(all.portal, 'hanako')
    const [, extended] = await Promise.all([
      all.other.call('POST', `/staff/people/${id}/departure`),
      all.hanako.call('POST', '/staff/session/extension'),
    ])
    expect(extended.status === 401 || (await all.hanako.call('GET', '/staff/session')).status === 401).toBe(true)
  })
})

describe('two admins at once', () => {
  it('who remove each other leave one of them', async () => {
    const all = await counter()
    const [taro, admin] = [await idOf(all.portal, 'taro'), await idOf(all.portal, 'admin')]
    await addStaff(all.portal, 'admin', 'third')
    const both = await Promise.all([
      all.other.call('POST', `/staff/people/${taro}/departure`),
      all.taro.call('POST', `/staff/people/${admin}/departure`),
    ])
    expect(both.map(({ status }) => status)).toEqual([204, 401])
    expect((await audit(all.portal)).filter((row) => row.startsWith('staff.left'))).toHaveLength(1)
  })

  it('who make each other clerks leave one of them an admin', async () => {
    const all = await counter()
    const [taro, admin] = [await idOf(all.portal, 'taro'), await idOf(all.portal, 'admin')]
    const held = await holdCall(all.taro, 'PUT', `/staff/people/${admin}`, { name: 'x', role: 'clerk' })
    expect((await all.other.call('PUT', `/staff/people/${taro}`, { name: 'x', role: 'clerk' })).status).toBe(200)
    expect(await held.finish()).toMatchObject({ status: 403, body: { code: 'staff.role' } })
    const admins = await all.portal.data.db
      .selectFrom('staff')
      .select('login_name')
      .where('role', '=', 'admin')
      .execute()
    expect(admins).toEqual([{ login_name: 'admin' }])
  })

  it('who each leave the other as the last admin: the last one stays', async () => {
    const all = await counter()
    const admin = await idOf(all.portal, 'admin')
    const held = await holdCall(all.taro, 'PUT', `/staff/people/${admin}`, { name: 'x', role: 'clerk' })
    const own = await all.other.call('PUT', `/staff/people/${admin}`, { name: 'x', role: 'clerk' })
    expect(own.body['code']).toBe('staff.self')
    expect((await held.finish()).status).toBe(200)
    expect(
      (await all.taro.call('POST', `/staff/people/${await idOf(all.portal, 'taro')}/departure`)).body['code'],
    ).toBe('staff.last-admin')
  })

  it('who set a new password for somebody: only the one whose password holds is shown one', async () => {
    const all = await counter()
    const path = `/staff/people/${await idOf(all.portal, 'hanako')}/password`
    const both = await Promise.all([all.other.call('POST', path, {}), all.taro.call('POST', path, {})])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(both.find(({ status }) => status === 409)?.body['code']).toBe('staff.password-changed')
    const shown = both.find(({ status }) => status === 200)?.body['password']
    expect((await signIn(all.portal, 'hanako', String(shown))).status).toBe(200)
    expect((await audit(all.portal)).filter((row) => row.startsWith('staff.password-set'))).toHaveLength(1)
  })

  it('who add the same login name: the second is told that it is taken', async () => {
    const all = await counter()
    const wish = { loginName: 'jiro', name: '次郎', role: 'clerk' }
    const both = await Promise.all([
      all.other.call('POST', '/staff/people', wish),
      all.taro.call('POST', '/staff/people', wish),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 422])
    expect((await audit(all.portal)).filter((row) => row.startsWith('staff.added'))).toHaveLength(1)
  })

  it('who change a person that was removed meanwhile are told', async () => {
    const all = await counter()
    const path = `/staff/people/${await idOf(all.portal, 'hanako')}`
    const held = [
      await holdCall(all.taro, 'PUT', path, { name: 'x', role: 'admin' }),
      await holdCall(all.taro, 'POST', `${path}/password`, {}),
    ]
    expect((await all.other.call('POST', `${path}/departure`)).status).toBe(204)
    for (const call of held) expect((await call.finish()).body['code']).toBe('staff.unknown')
  })

  it('who change the mail settings: neither undoes what the other did', async () => {
    const all = await counter()
    const server = { host: 'mail.example.jp', port: 465, secure: true, tls: 'tls' }
    const both = await Promise.all([
      all.other.call('PUT', '/staff/mail-settings', { server }),
      all.taro.call('PUT', '/staff/mail-settings', { mailFrom: 'office@example.jp' }),
    ])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    expect((await all.taro.call('GET', '/staff/mail-settings')).body).toMatchObject({
      server: { host: 'mail.example.jp' },
      mailFrom: 'office@example.jp',
    })
    expect((await audit(all.portal)).filter((row) => row.startsWith('settings.mail-changed'))).toHaveLength(2)
  })

  it('of whom one edits the announcement that the other takes away: it stays away, and the editor is told', async () => {
    const all = await counter()
    const edit = (visitor: Visitor) =>
      visitor.call('PUT', '/staff/announcements/pause', announcement, { 'If-Match': '*' })
    expect((await edit(all.taro)).status).toBe(200)
    const both = await Promise.all([all.other.call('DELETE', '/staff/announcements/pause'), edit(all.taro)])
    expect(both.map(({ status }) => status)).toEqual([204, 404])
    const twice = await Promise.all([
      all.other.call('DELETE', '/staff/announcements/pause'),
      all.taro.call('DELETE', '/staff/announcements/pause'),
    ])
    expect(twice.map(({ status }) => status)).toEqual([404, 404])
    expect((await audit(all.portal)).filter((row) => row.startsWith('announcement.deleted'))).toHaveLength(1)
  })
})

describe('a sign-in of staff whose password is checked while it changes', () => {
  it('does not get in with the password of before', async () => {
    const all = await counter()
    const path = `/staff/people/${await idOf(all.portal, 'hanako')}`
    const tryIn = () => signIn(all.portal, 'hanako')
    // The hashing of both lies between the look at the person and the writing.
    const [late, set] = await Promise.all([
      tryIn(),
      all.other.call('POST', `${path}/password`, { password: 'another long one' }),
    ])
    expect(set.status).toBe(200)
    // Either it was first, and its session has ended; or it was second, and is told that the password is wrong.
    expect(late.status === 401 || (await late.visitor.call('GET', '/staff/session')).status === 401).toBe(true)
  })
})

describe('the token of another system', () => {
  it('that is revoked while the rows come in brings none of them in', async () => {
    const all = await counter()
    const { token } = await createServiceToken(all.portal.data.db, 'examination', all.portal.now())
    const visitor = all.portal.visitor()
    const system: Visitor = {
      ...visitor,
      call: (method, path, body, headers) =>
        visitor.call(method, path, body, { ...headers, Authorization: `Bearer ${token}` }),
    }
    const held = await holdCall(system, 'POST', '/certificates', certificateLine(all.person.userId, 'S1'))
    expect(await revokeServiceToken(all.portal.data.db, 'examination', all.portal.now())).toHaveLength(1)
    const before = await rowsOf(all.portal)
    expect(await held.finish()).toMatchObject({ status: 401, body: { code: 'token.none' } })
    expect(await rowsOf(all.portal)).toEqual(before)
  })
})
