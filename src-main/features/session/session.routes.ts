import { Hono, type Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { Temporal } from 'temporal-polyfill'
import { draftKeyReply, extensionReply, loginRequest, sessionReply, type Session } from '#contract/session'
import { instantText } from '../../platform/clock'
import { derivedKey, hashToken } from '../../platform/ids'
import { ownAct, writeAudit } from '../../service/audit'
import { cookieOptions } from '../../service/cookies'
import type { ServiceDeps } from '../../service/deps'
import { describe } from '../../service/describe'
import { deviceOf, passDeviceLimit } from '../../service/device'
import { problem } from '../../service/problem'
import { SESSION_COOKIE, signedIn } from '../../service/signed-in'
import { json } from '../../service/validate'
import { findAccountByUserId, updateAccount } from '../account/account.repo'
import type { AccountRow } from '../account/account.table'
import { createSession, endSession, keepTries, moveSession, readTries } from './session.repo'
import { findOldHashes } from './old-hash.repo'
import { recentUntil, sessionDeadline, tryLogin } from './session.rules'
import type { SessionRow } from './session.table'

/** Ours: one browser does not try ID after ID. */
const LOGINS_OF_A_DEVICE = { name: 'logins', count: 100, window: Temporal.Duration.from({ hours: 1 }) }

const describeSession = (account: AccountRow, session: SessionRow): Session => ({
  userId: account.user_id,
  name: account.name_en ?? account.organization ?? account.user_id,
  previousLoginAt: session.previous_login_at,
  deadline: instantText(sessionDeadline(Temporal.Instant.from(session.last_move_at))),
  recentUntil: instantText(recentUntil(Temporal.Instant.from(session.authenticated_at))),
})

/** M2.2, M2.3: logging in and out; the session lives on the server, its token in a cookie. */
export const sessionRoutes = (deps: ServiceDeps) => {
  const { db, clock, passwords } = deps
  const dropCookie = (c: Context) => deleteCookie(c, SESSION_COOKIE, cookieOptions(deps, c))

  return new Hono()
    .post(
      '/',
      describe('Log in (M2.2)', { 200: sessionReply }, [
        'request.invalid',
        'session.wrong',
        'session.locked',
        'session.other-system',
        'request.too-many',
      ]),
      json(loginRequest),
      async (c) => {
        const now = clock.now()
        const { userId, password } = c.req.valid('json')
        const account = await findAccountByUserId(db, userId)
        const isRight = await passwords.verify(account?.password_hash ?? null, password, await findOldHashes(db))
        const upgraded =
          account && isRight && passwords.isOutdated(account.password_hash) ? await passwords.hash(password) : null
        const device = deviceOf(c)
        const outcome = await db.transaction().execute(async (trx) => {
          const passed = await passDeviceLimit(trx, c, LOGINS_OF_A_DEVICE, now)
          if (!passed.ok) return { kind: 'too-many', retryAt: passed.problem.retryAt } as const
          const login = tryLogin(await readTries(trx, userId), isRight, now)
          const subject = account ? `account:${account.id}` : `unknown:${hashToken(userId).slice(0, 12)}`
          const seen = { subject, device, ...(account && { accountId: account.id }) }
          if (login.kind !== 'in' || account?.system === 'todokede') {
            await keepTries(trx, userId, login.tries)
            const action = login.kind === 'in' ? 'session.other-system' : `session.${login.kind}`
            await writeAudit(trx, { ...seen, actor: 'visitor', action }, now)
            return login.kind === 'in' ? ({ kind: 'other-system' } as const) : login
          }
          if (!account) throw new Error('a right password without an account')
          await keepTries(trx, userId, login.tries)
          const before = getCookie(c, SESSION_COOKIE)
          if (before) await endSession(trx, before)
          const { token, row } = await createSession(trx, account, now)
          if (upgraded !== null) await updateAccount(trx, account.id, { password_hash: upgraded })
          await writeAudit(trx, { ...seen, actor: subject, action: 'session.opened' }, now)
          return { kind: 'in', token, session: describeSession(account, row) } as const
        })
        switch (outcome.kind) {
          case 'too-many':
            return problem(c, 'request.too-many', { retryAt: instantText(outcome.retryAt) })
          case 'wrong':
            return problem(c, 'session.wrong', { triesLeft: outcome.triesLeft })
          case 'locked':
            return problem(c, 'session.locked', { until: instantText(outcome.until) })
          case 'other-system':
            return problem(c, 'session.other-system')
          case 'in':
            setCookie(c, SESSION_COOKIE, outcome.token, cookieOptions(deps, c))
            return c.json(outcome.session, 200)
        }
      },
    )
    .get(
      '/',
      describe('Who is signed in, and until when; never prolongs', { 200: sessionReply }, ['session.none']),
      signedIn(deps),
      (c) => c.json(describeSession(c.var.account, c.var.session), 200),
    )
    .get(
      '/draft-key',
      describe('The key of the own drafts on a device', { 200: draftKeyReply }, ['session.none']),
      signedIn(deps),
      (c) => c.json({ key: derivedKey(deps.draftSecret, `draft:${c.var.account.id}`) }, 200),
    )
    .delete('/', describe('Log out (M2.3)', { 204: null }), async (c) => {
      const token = getCookie(c, SESSION_COOKIE)
      if (token) {
        const now = clock.now()
        await db.transaction().execute(async (trx) => {
          const accountId = await endSession(trx, token)
          if (accountId !== null) await writeAudit(trx, ownAct(accountId, 'session.closed', deviceOf(c)), now)
        })
      }
      dropCookie(c)
      return c.body(null, 204)
    })
    .post(
      '/extension',
      describe('A screen move, or the wish for 3 more hours (M2.6)', { 200: extensionReply }, ['session.none']),
      signedIn(deps),
      async (c) => {
        await moveSession(db, c.var.session.token_hash, c.var.now)
        return c.json({ deadline: instantText(sessionDeadline(c.var.now)) }, 200)
      },
    )
}
