import { describe, expect, it, onTestFinished } from 'vitest'
import { createAccount, createMailLink } from '#main/features/account/account.repo'
import { createSession, readTries } from '#main/features/session/session.repo'
import { applicantName } from '#main/features/session/session.rules'
import { hashToken } from '#main/platform/ids'
import type { Passwords } from '#main/platform/crypto/passwords'
import { interleave, watchTurns } from '../../support/interleave'
import { openPortal, type Portal, type Visitor } from '../../support/portal'
import { staffMember } from '../../support/staff'

const OLD = 'Hanami-2026x'
const CHANGED = 'Momiji-2026x'
const RESET = 'Tsubaki-2026x'
const pair = (password: string) => ({ password, passwordConfirmation: password })

/** Hashes that cost nothing; `older:` stands for a form of before, which a login replaces. */
const fits = (hash: string | null, password: string) => hash === `today:${password}` || hash === `older:${password}`
const quickPasswords: Passwords = {
  hash: (password) => Promise.resolve(`today:${password}`),
  verify: (hash, password) => Promise.resolve(fits(hash, password)),
  fitting: (hash, typed) => Promise.resolve(fits(hash, typed) ? typed : null),
  isOutdated: (hash) => hash.startsWith('older:'),
}

interface World {
  portal: Portal
  clerk: Visitor
  id: string
  userId: string
  email: string
  /** Two sessions of the owner, as their cookies. */
  one: string
  two: string
  reset: string
  otherReset: string
  change: string
  undo: string
  registration: string
  since: string
}

let count = 0

/** Somebody with an old hash, two sessions and a link of every kind. `leaves`: the account is to go in an hour. */
async function makeWorld(portal: Portal, clerk: Visitor, leaves: boolean): Promise<World> {
  const { db } = portal.data
  const now = portal.now()
  const name = `w${(count += 1)}`
  const email = `${name}@example.jp`
  // What an earlier world left to be deleted is none of this one's.
  await db.updateTable('accounts').set({ deletion_due_at: null }).execute()
  return db.transaction().execute(async (trx) => {
    const form = {
      category: 'applicant',
      nameEn: 'NGUYEN VAN AN',
      phone: '08012345678',
      organization: null,
      birthDate: null,
      sex: null,
      postalCode: null,
      address: null,
      password: OLD,
    } as unknown as Parameters<typeof createAccount>[1]
    const { id, userId } = await createAccount(
      trx,
      { ...form, email, language: 'ja', passwordHash: `older:${OLD}` },
      now,
    )
    if (leaves)
      await trx
        .updateTable('accounts')
        .set({ deletion_due_at: now.add({ hours: 1 }).toString({ fractionalSecondDigits: 3 }) })
        .where('id', '=', id)
        .execute()
    const session = async () => `zairyu_session=${(await createSession(trx, { id, last_login_at: null }, now)).token}`
    const link = async (kind: Parameters<typeof createMailLink>[1]['kind'], to: string, accountId?: string) =>
      (await createMailLink(trx, { kind, email: to, language: 'ja', ...(accountId && { accountId }) }, now)).token
    const made = {
      one: await session(),
      two: await session(),
      reset: await link('password-reset', email, id),
      otherReset: await link('password-reset', email, id),
      change: await link('email-change', `new-${email}`, id),
      undo: await link('email-undo', `old-${email}`, id),
      registration: await link('registration', `fresh-${email}`),
    }
    const last = await trx.selectFrom('audit').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst()
    return { portal, clerk, id, userId, email, ...made, since: last?.id ?? '' }
  })
}

type Act = (world: World) => Promise<{ status: number } | void>

const call = ({ portal }: World, method: string, path: string, body?: unknown, cookie?: string) =>
  portal.visitor().call(method, path, body, cookie === undefined ? {} : { Cookie: cookie })

const ACTS: Record<string, Act> = {
  'a login': (w) => call(w, 'POST', '/session', { userId: w.userId, password: OLD }),
  'a login with a wrong password': (w) => call(w, 'POST', '/session', { userId: w.userId, password: 'Wrong-2026xx' }),
  'a logout': (w) => call(w, 'DELETE', '/session', undefined, w.one),
  'an extension': (w) => call(w, 'POST', '/session/extension', undefined, w.one),
  'a change of password': (w) => call(w, 'PUT', '/account/password', pair(CHANGED), w.one),
  'a change of password elsewhere': (w) => call(w, 'PUT', '/account/password', pair('Ajisai-2026x'), w.two),
  'a reset': (w) => call(w, 'POST', `/password-resets/${w.reset}/completion`, pair(RESET)),
  'another reset': (w) => call(w, 'POST', `/password-resets/${w.otherReset}/completion`, pair('Sakura-2026x')),
  '"not me"': (w) => call(w, 'POST', '/account/not-me', undefined, w.two),
  'a change of address by the session': (w) => call(w, 'POST', `/email-changes/${w.change}/completion`, {}, w.one),
  'a change of address by the password': (w) =>
    call(w, 'POST', `/email-changes/${w.change}/completion`, { currentPassword: OLD }),
  'the undoing': (w) => call(w, 'POST', `/email-undos/${w.undo}/completion`),
  'asking for a change of address': (w) =>
    call(w, 'POST', '/account/email-changes', { email: `next-${w.email}` }, w.one),
  'asking for a reset': (w) => call(w, 'POST', '/password-resets', { userId: w.userId, email: w.email }),
  'a change of the phone': (w) => call(w, 'PUT', '/account/details', { phone: '09011112222' }, w.one),
  'the same phone elsewhere': (w) => call(w, 'PUT', '/account/details', { phone: '09011112222' }, w.two),
  'a change of the mail language': (w) =>
    call(w, 'PUT', '/account/mail-language', { language: 'vi', mailJapanese: 'plain' }, w.one),
  'a test mail': (w) => call(w, 'POST', '/account/test-mails', undefined, w.one),
  'an export': (w) => call(w, 'POST', '/account/export', undefined, w.one),
  'asking for deletion': (w) => call(w, 'POST', '/account/deletion', {}, w.one),
  'withdrawing the deletion': (w) => call(w, 'DELETE', '/account/deletion', undefined, w.one),
  'the deletion': async ({ portal }) => {
    for (const job of portal.data.jobs) if (job.name === 'deletion') await job.run(portal.now().add({ hours: 2 }))
  },
  'a registration': (w) =>
    call(w, 'POST', `/registrations/${w.registration}/completion`, {
      category: 'applicant',
      nameEn: 'NGUYEN VAN AN',
      phone: '08012345678',
      ...pair(OLD),
    }),
  'the unlocking': (w) => w.clerk.call('POST', `/staff/applicants/${w.userId}/unlock`, { reason: 'at the counter' }),
}

/** These need a deletion that is wished already. */
const LEAVING = new Set(['withdrawing the deletion', 'the deletion'])

/** All that is stored about a world, without what is random: names in the place of keys. */
async function snapshot(world: World) {
  const { db } = world.portal.data
  const { id, userId, email, since } = world
  const account = await db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst()
  const sessions = await db.selectFrom('sessions').select('token_hash').where('account_id', '=', id).execute()
  const isOpen = (cookie: string) =>
    sessions.some(({ token_hash: hash }) => hash === hashToken(cookie.split('=')[1] ?? ''))
  const tries = await readTries(db, applicantName({ user_id: userId }))
  const links = await db
    .selectFrom('mail_links')
    .selectAll()
    .where('email', 'like', `%${email}`)
    .orderBy('kind')
    .orderBy('email')
    .execute()
  const states = links.map(({ kind, email, used_at, void_at }) =>
    [kind, email.replace(/w\d+/, 'w'), used_at && 'used', void_at && 'void'].filter(Boolean).join(' '),
  )
  const audit = await db.selectFrom('audit').select(['action', 'account_id']).where('id', '>', since).execute()
  const mails = await db
    .selectFrom('outbox')
    .select(['kind', 'recipient'])
    .where('recipient', 'like', `%${email}`)
    .execute()
  return {
    account: account && {
      password: account.password_hash,
      email: account.email.replace(/w\d+/, 'w'),
      phone: account.phone,
      language: account.language,
      leaves: account.deletion_due_at !== null,
      hasOldKey: account.draft_epoch === '',
    },
    one: isOpen(world.one),
    two: isOpen(world.two),
    tries: tries.wrongInARow,
    sessions: sessions.length,
    links: states.sort(),
    audit: audit.map(({ action }) => action).sort(),
    mails: mails.map(({ kind, recipient }) => `${kind} ${recipient.replace(/w\d+/, 'w')}`).sort(),
  }
}

let portal: Portal
let clerk: Visitor
const serial = new Map<string, string>()

const statusOf = (answer: { status: number } | void) => answer?.status ?? 0

/** What comes of one act after the other, as text. */
async function inOrder(first: string, then: string, leaves: boolean): Promise<string> {
  const key = `${first} > ${then} ${String(leaves)}`
  const known = serial.get(key)
  if (known !== undefined) return known
  const world = await makeWorld(portal, clerk, leaves)
  const statuses = {
    [`1 ${first}`]: statusOf(await ACTS[first]?.(world)),
    [`2 ${then}`]: statusOf(await ACTS[then]?.(world)),
  }
  const text = JSON.stringify({ statuses: Object.values(statuses), ...(await snapshot(world)) }, null, 1)
  serial.set(key, text)
  return text
}

const withSwappedStatuses = (text: string) => {
  const found = JSON.parse(text) as { statuses: number[] }
  return JSON.stringify({ ...found, statuses: [found.statuses[1], found.statuses[0]] }, null, 1)
}

/**
 * Each act is stopped before each of its turns at the database while each other one runs from beginning to end. What is stored, what
 * was answered, mailed and written down must then be what comes of the two one after the other, in one order or the other: a
 * session that has ended writes nothing, the password that was committed last is the one that works, a link that is void completes
 * nothing, a deletion that was withdrawn deletes nothing, and each effect has its one audit row.
 */
describe('two acts about one account at once', () => {
  it.each(Object.keys(ACTS))('%s, with every other act in between', { timeout: 120_000 }, async (first) => {
    portal = await openPortal({ passwords: quickPasswords })
    onTestFinished(watchTurns(portal.data.db))
    clerk = await staffMember(portal)
    await portal.data.db.updateTable('staff').set({ password_hash: 'today:correct horse battery' }).execute()
    await clerk.call('POST', '/staff/session', { loginName: 'clerk', password: 'correct horse battery' })
    serial.clear()
    const wrong: unknown[] = []
    let interleaved = 0
    for (const other of Object.keys(ACTS)) {
      const leaves = LEAVING.has(first) || LEAVING.has(other)
      const orders = [await inOrder(first, other, leaves), withSwappedStatuses(await inOrder(other, first, leaves))]
      for (let at = 0; at < 12; at += 1) {
        const world = await makeWorld(portal, clerk, leaves)
        const done = await interleave(
          async () => ACTS[first]?.(world),
          async () => ACTS[other]?.(world),
          at,
        )
        if (!done) break
        interleaved += 1
        const found = JSON.stringify({ statuses: done.map(statusOf), ...(await snapshot(world)) }, null, 1)
        if (!orders.includes(found)) wrong.push({ other, at, found, orders })
      }
    }
    expect(wrong).toEqual([])
    expect(interleaved).toBeGreaterThanOrEqual(Object.keys(ACTS).length)
  })
})
