import { pbkdf2Sync, randomBytes } from 'node:crypto'
import argon2 from 'argon2'
import bcrypt from 'bcryptjs'
import { describe, expect, it } from 'vitest'
import { importAccounts } from '#main/features/account-import/import-accounts.action'
import { PASSWORD } from '../../support/samples'
import { openPortal, type Portal } from '../../support/portal'

const HEADER = 'system,userId,passwordHash,category,nameEn,email,phone,passwordSetOn'
const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

const pbkdf2 = (digest: string, form: 'phc' | 'passlib') => {
  const salt = randomBytes(16)
  const hash = pbkdf2Sync(PASSWORD, salt, 1000, digest === 'sha1' ? 20 : 32, digest)
  if (form === 'phc') return `$pbkdf2-${digest}$i=1000,l=${hash.length}$${base64(salt)}$${base64(hash)}`
  return `$pbkdf2-${digest}$1000$${base64(salt).replaceAll('+', '.')}$${base64(hash).replaceAll('+', '.')}`
}
const hashes: Record<string, () => Promise<string> | string> = {
  argon2id: () => argon2.hash(PASSWORD, { memoryCost: 1024 }),
  argon2i: () => argon2.hash(PASSWORD, { type: argon2.argon2i, memoryCost: 1024 }),
  bcrypt: () => bcrypt.hash(PASSWORD, 4),
  'bcrypt 2y': async () => (await bcrypt.hash(PASSWORD, 4)).replace('$2b$', '$2y$'),
  'pbkdf2-sha256': () => pbkdf2('sha256', 'phc'),
  'pbkdf2-sha512': () => pbkdf2('sha512', 'phc'),
  'pbkdf2-sha256 of passlib': () => pbkdf2('sha256', 'passlib'),
}
const row = (hash: string, changes: Record<string, string> = {}) =>
  Object.values({
    system: 'zairyu',
    userId: 'old-user_01',
    passwordHash: `"${hash}"`,
    category: 'applicant',
    nameEn: 'HOUMU TARO',
    email: 'taro@example.jp',
    phone: '0312345678',
    passwordSetOn: '2025-12-31',
    ...changes,
  }).join(',')
const takeIn = (portal: Portal, ...rows: string[]) =>
  importAccounts(portal.data.db, [HEADER, ...rows].join('\r\n'), 'operator', portal.now())

describe('accounts set up before 2026-01-01 (M2)', () => {
  it.each(Object.keys(hashes))('log in with their old ID and password: %s', async (kind) => {
    const portal = await openPortal()
    expect(await takeIn(portal, row((await hashes[kind]?.()) ?? ''))).toEqual({
      ok: true,
      value: { imported: 1, unchanged: [] },
    })
    expect((await portal.visitor().logIn('old-user_01', 'Wrong-2026xx')).status).toBe(401)
    for (const typed of ['old-user_01', ' OLD-USER_01 ', 'olduser_01'])
      expect(await portal.visitor().logIn(typed)).toMatchObject({
        status: 200,
        body: { name: 'HOUMU TARO', userId: 'old-user_01' },
      })
    const stored = await portal.data.db.selectFrom('accounts').select('password_hash').executeTakeFirstOrThrow()
    expect(stored.password_hash).toMatch(/^\$argon2id\$/)
    expect((await portal.visitor().logIn('old-user_01', 'Wrong-2026xx')).status).toBe(401)
  })

  it('of the 電子届出 system never log in, and are told why with their right password only', async () => {
    const portal = await openPortal()
    await takeIn(
      portal,
      row(await argon2.hash(PASSWORD, { memoryCost: 1024 }), { system: 'todokede', passwordSetOn: '2026-01-04' }),
    )
    expect(await portal.visitor().logIn('old-user_01', 'Wrong-2026xx')).toMatchObject({
      status: 401,
      body: { code: 'session.wrong' },
    })
    expect(await portal.visitor().logIn('old-user_01')).toMatchObject({
      status: 403,
      body: { code: 'session.other-system' },
    })
  })

  it('may lack a Latin name, and are greeted by their ID', async () => {
    const portal = await openPortal()
    await takeIn(portal, row(pbkdf2('sha256', 'phc'), { nameEn: '', phone: '', category: 'organization' }))
    expect((await portal.visitor().logIn('old-user_01')).body['name']).toBe('old-user_01')
  })

  it('are taken in all or none, with bad rows by line and field', async () => {
    const portal = await openPortal()
    const good = row(pbkdf2('sha256', 'phc'))
    const taken = await takeIn(
      portal,
      good,
      row('5f4dcc3b5aa765d61d8327deb882cf99', { userId: 'b' }),
      row(pbkdf2('sha256', 'phc'), { userId: 'c', passwordSetOn: '2026-01-01', category: 'nobody' }),
      row(pbkdf2('sha256', 'phc'), { userId: 'd', passwordSetOn: '2026-01-01' }),
      row(pbkdf2('sha256', 'phc'), { userId: 'e', system: 'other', email: 'x' }),
    )
    const bad = taken.ok
      ? []
      : taken.problem.map(({ line, errors }) => [line, ...errors.map(({ field, code }) => `${field} ${code}`)])
    expect(bad).toEqual([
      [3, 'passwordHash hash.unknown'],
      [4, 'category category.unknown'],
      [5, 'passwordSetOn date.too-late'],
      [6, 'system system.unknown', 'email email.format'],
    ])
    expect(await portal.data.db.selectFrom('accounts').selectAll().execute()).toEqual([])
  })

  it('that are there already are left as they are', async () => {
    const portal = await openPortal()
    await takeIn(portal, row(pbkdf2('sha256', 'phc')))
    const again = await takeIn(
      portal,
      row(pbkdf2('sha256', 'phc'), { nameEn: 'OTHER' }),
      row(pbkdf2('sha256', 'phc'), { userId: 'new' }),
    )
    expect(again).toEqual({ ok: true, value: { imported: 1, unchanged: ['old-user_01'] } })
    expect((await portal.visitor().logIn('old-user_01')).body['name']).toBe('HOUMU TARO')
  })

  it.each([
    ['a,b\n1,2', 'column.missing'],
    [`${HEADER}\n"unclosed`, 'row.csv'],
  ])('need a proper file: %j', async (text, code) => {
    const portal = await openPortal()
    const taken = await importAccounts(portal.data.db, text, 'operator', portal.now())
    expect(taken.ok ? [] : taken.problem[0]?.errors.map((error) => error.code)).toContain(code)
  })
})
