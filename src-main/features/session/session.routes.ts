import { Hono, type Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { Temporal } from 'temporal-polyfill'
import { draftKeyReply, extensionReply, loginRequest, sessionReply, type Session } from '#contract/http/account/session'
import { instantText } from '../../platform/clock'
import { derivedKey } from '../../platform/ids'
import { selfAuditEntry, writeAudit } from '../../database/audit'
import { cookieOptions } from '../../http/cookies/cookies'
import type { ServiceDeps } from '../../http/service-deps'
import { describe } from '../../http/openapi'
import { deviceKeyOf, deviceOf } from '../../http/cookies/device'
import { answerRefusal, problem } from '../../http/problem'
import { SESSION_COOKIE, signedIn } from './signed-in.guard'
import { json } from '../../http/validate'
import type { AccountRow } from '../../database/tables/account.table'
import { logIn } from './login.action'
import { endSession, touchSession } from './session.repo'
import { draftKeyName, recentUntil, sessionDeadline } from './session.rules'
import type { SessionRow } from '../../database/tables/session.table'

const describeSession = (account: AccountRow, session: SessionRow): Session => ({
  userId: account.user_id,
  name: account.name_en ?? account.organization ?? account.user_id,
  previousLoginAt: session.previous_login_at,
  deadline: instantText(sessionDeadline(Temporal.Instant.from(session.last_move_at))),
  recentUntil: instantText(recentUntil(Temporal.Instant.from(session.authenticated_at))),
})

/** M2.2, M2.3: logging in and out; the session lives on the server, its token in a cookie. */
export const sessionRoutes = (deps: ServiceDeps) => {
  const { db, clock } = deps
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
        const attempt = {
          ...c.req.valid('json'),
          before: getCookie(c, SESSION_COOKIE),
          deviceKey: deviceKeyOf(c),
          device: deviceOf(c),
        }
        const opened = await logIn(deps, attempt, clock.now())
        if (!opened.ok) return answerRefusal(c, opened)
        const { token, account, session } = opened.value
        setCookie(c, SESSION_COOKIE, token, cookieOptions(deps, c))
        return c.json(describeSession(account, session), 200)
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
      describe(
        'The key of the own drafts on a device; another one after each change of credentials',
        { 200: draftKeyReply },
        ['session.none'],
      ),
      signedIn(deps),
      (c) => c.json({ key: derivedKey(deps.draftSecret, draftKeyName(c.var.account)) }, 200),
    )
    .delete('/', describe('Log out (M2.3)', { 204: null }), async (c) => {
      const token = getCookie(c, SESSION_COOKIE)
      if (token) {
        const now = clock.now()
        await db.transaction().execute(async (trx) => {
          const accountId = await endSession(trx, token)
          if (accountId !== null) await writeAudit(trx, selfAuditEntry(accountId, 'session.closed', deviceOf(c)), now)
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
        if (!(await touchSession(db, c.var.session.token_hash, c.var.now))) return problem(c, 'session.none')
        return c.json({ deadline: instantText(sessionDeadline(c.var.now)) }, 200)
      },
    )
}
