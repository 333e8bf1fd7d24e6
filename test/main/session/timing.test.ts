import { pbkdf2Sync, randomBytes } from 'node:crypto'
import argon2 from 'argon2'
import bcrypt from 'bcryptjs'
import { sql } from 'kysely'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { importAccounts } from '#main/features/account-import/import-accounts.action'
import { findOldHashes } from '#main/features/session/old-hash.repo'
import { PASSWORD } from '../../support/samples'
import { openPortal as openTestPortal, type Portal } from '../../support/portal'
import { separation, separationOf } from '../../support/separation'
import { addStaff } from '../../support/staff'

const UNKNOWN = '2345678923'

/** What takes a millisecond or two: the time of the disk lies over it, unless it is measured some times. */
const SHORT = { samples: 40, tries: 3 }

/** On a real disk, as where the program is used: every answer waits for it, and nobody can see what is shorter than that varies. */
const openPortal = () => {
  vi.stubEnv('TMPDIR', undefined)
  onTestFinished(() => void vi.unstubAllEnvs())
  return openTestPortal()
}

/** Imports people from before 2026, each with the hash of their ID. */
async function importOld(portal: Portal, hashes: Record<string, string>): Promise<void> {
  const rows = Object.entries(hashes).map(
    ([id, hash]) => `zairyu,${id},"${hash}",applicant,HOUMU TARO,${id}@example.jp,0312345678,2025-12-31`,
  )
  const header = 'system,userId,passwordHash,category,nameEn,email,phone,passwordSetOn'
  const taken = await importAccounts(portal.data.db, [header, ...rows].join('\n'), 'operator', portal.now())
  expect(taken).toMatchObject({ ok: true, value: { imported: rows.length } })
}

const pbkdf2 = (rounds: number) => {
  const salt = randomBytes(16)
  const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
  return `$pbkdf2-sha256$i=${rounds}$${base64(salt)}$${base64(pbkdf2Sync(PASSWORD, salt, rounds, 32, 'sha256'))}`
}

/** How well a first try with a wrong password tells one ID from another. The hash of the portal is a weak one, so that a difference in anything else shows the more. */
async function logInApart(portal: Portal, one: string, other: string, samples = 80): Promise<number> {
  const tryIn = (id: string) => async () => {
    expect((await portal.visitor().logIn(id, 'Wrong-2026xx')).status).toBe(401)
  }
  const rest = async () => void (await portal.data.db.deleteFrom('login_tries').execute())
  return separationOf([tryIn(one), tryIn(other)], { samples, rest })
}

function expectAlike(found: number): void {
  expect(found).toBeGreaterThan(0.25)
  expect(found).toBeLessThan(0.75)
}

describe('by the time of the answer nobody can tell', { timeout: 120_000 }, () => {
  it('an ID that does not exist from one that does', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    expectAlike(await logInApart(portal, userId, UNKNOWN))
  })

  it('an ID that does not exist from one of before 2026, whatever the form of its password', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    await importOld(portal, {
      slow: await bcrypt.hash(PASSWORD, 5),
      quick: await bcrypt.hash(PASSWORD, 4),
      rounds: pbkdf2(5_000),
      memory: await argon2.hash(PASSWORD, { memoryCost: 2048, timeCost: 2, parallelism: 1 }),
    })
    for (const id of ['slow', 'quick', 'rounds', 'memory', userId])
      expectAlike(await logInApart(portal, id, UNKNOWN, 40))
  })

  it('a login name of staff that does not exist from one that does', async () => {
    const portal = await openPortal()
    await addStaff(portal)
    const tryIn = (loginName: string) => async () => {
      const { status } = await portal
        .visitor()
        .call('POST', '/staff/session', { loginName, password: 'wrong wrong wrong' })
      expect(status).toBe(401)
    }
    const rest = async () => void (await portal.data.db.deleteFrom('login_tries').execute())
    expectAlike(await separationOf([tryIn('clerk'), tryIn('nobody')], { rest }))
  })

  /** Each time with the limits of before, so that nothing is refused. */
  const forget = (portal: Portal) => async () => {
    for (const table of ['limits', 'outbox', 'mail_links'] as const) await portal.data.db.deleteFrom(table).execute()
  }
  const ask = (portal: Portal, path: string, body: object) => async () => {
    expect((await portal.visitor().call('POST', path, { language: 'ja', ...body })).status).toBe(202)
  }

  it('whether a forgotten ID is mailed to anybody', async () => {
    const portal = await openPortal()
    await portal.register()
    const wish = (email: string, nameEn = 'NGUYEN VAN AN') => ask(portal, '/user-id-reminders', { email, nameEn })
    const rest = forget(portal)
    expectAlike(await separationOf([wish('an@example.jp'), wish('be@example.jp')], { ...SHORT, rest }))
    expectAlike(await separationOf([wish('an@example.jp'), wish('an@example.jp', 'TRAN THI BE')], { ...SHORT, rest }))
  })

  it('whether a link to a new password is mailed to anybody', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    const wish = (id: string, email: string) => ask(portal, '/password-resets', { userId: id, email })
    const rest = forget(portal)
    expectAlike(await separationOf([wish(userId, 'an@example.jp'), wish(UNKNOWN, 'be@example.jp')], { ...SHORT, rest }))
    expectAlike(await separationOf([wish(userId, 'an@example.jp'), wish(userId, 'be@example.jp')], { ...SHORT, rest }))
  })

  it('whether somebody is registered with an address', async () => {
    const portal = await openPortal()
    await portal.register()
    const wish = (email: string) => ask(portal, '/registrations', { email })
    expectAlike(await separationOf([wish('an@example.jp'), wish('be@example.jp')], { ...SHORT, rest: forget(portal) }))
  })

  it('whether a code was mailed to an address', async () => {
    const portal = await openPortal()
    await portal.askForRegistration('an@example.jp')
    const wish = (email: string) => async () => {
      const { status } = await portal.visitor().call('POST', '/codes', { email, code: 'ABCD-EFGH' })
      expect(status).toBe(422)
    }
    const rest = async () => void (await portal.data.db.deleteFrom('limits').execute())
    expectAlike(await separationOf([wish('an@example.jp'), wish('be@example.jp')], { ...SHORT, rest }))
  })

  it('would be found by this method if it were answered before hashing', () => {
    const hashed = Array.from({ length: 80 }, (_, index) => 50 + (index % 7))
    const unhashed = hashed.map((time) => time - 40)
    expect(separation(hashed, unhashed)).toBe(1)
  })
})

describe('the work for old hashes', () => {
  const bcrypts = async (portal: Portal) =>
    (await findOldHashes(portal.data.db)).filter((hash) => hash.startsWith('$2'))

  it('is of one hash for each form, and falls away when the last person with it has logged in', async () => {
    const portal = await openPortal()
    const [one, other] = [await bcrypt.hash(PASSWORD, 4), await bcrypt.hash(PASSWORD, 4)]
    await importOld(portal, { one, other, third: await bcrypt.hash(PASSWORD, 5) })
    expect((await bcrypts(portal)).map((hash) => hash.slice(0, 7))).toEqual(['$2b$04$', '$2b$05$'])
    for (const id of ['one', 'third']) expect((await portal.visitor().logIn(id)).status).toBe(200)
    expect(await bcrypts(portal)).toEqual([other])
    expect((await portal.visitor().logIn('other')).status).toBe(200)
    expect(await bcrypts(portal)).toEqual([])
  })

  it('is found by way of its index alone', async () => {
    const portal = await openPortal()
    const { sql: text } = portal.data.db
      .selectFrom('accounts')
      .select('password_hash')
      .where(sql<boolean>`substr(password_hash, 1, 31) <> '$argon2id$v=19$m=19456,t=2,p=1$'`)
      .where('password_hash', '>', '')
      .orderBy('password_hash')
      .limit(1)
      .compile()
    const plan = await sql<{ detail: string }>`explain query plan ${sql.raw(text.replaceAll('?', "''"))}`.execute(
      portal.data.db,
    )
    expect(plan.rows.map(({ detail }) => detail).join()).toMatch(
      /^SEARCH accounts USING COVERING INDEX accounts_with_old_hash/,
    )
  })
})
