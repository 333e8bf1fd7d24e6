import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { Temporal } from 'temporal-polyfill'
import { findAccount } from '../features/account/account.repo'
import type { AccountRow } from '../features/account/account.table'
import type { SignedInActor } from '../features/session/as-signed-in.action'
import { findSession } from '../features/session/session.repo'
import { isSessionOpen } from '../features/session/session.rules'
import type { SessionRow } from '../features/session/session.table'
import type { ServiceDeps } from './deps'
import { deviceOf } from './device'
import { problem } from './problem'

/** The name of the session's cookie. */
export const SESSION_COOKIE = 'zairyu_session'

export interface SignedIn {
  Variables: { account: AccountRow; session: SessionRow; now: Temporal.Instant }
}

/** Who asks, as an action wants it; what it relies on is asked again in its transaction. */
export const actorOf = (c: Context<SignedIn>): SignedInActor => ({
  tokenHash: c.var.session.token_hash,
  device: deviceOf(c),
})

/** Lets only somebody with an open session pass; hands on the account, the session and `now`. Never prolongs the session. */
export const signedIn = ({ db, clock }: Pick<ServiceDeps, 'db' | 'clock'>) =>
  createMiddleware<SignedIn>(async (c, next) => {
    const now = clock.now()
    const token = getCookie(c, SESSION_COOKIE)
    const session = token ? await findSession(db, token) : null
    if (!session || !isSessionOpen(Temporal.Instant.from(session.last_move_at), now)) return problem(c, 'session.none')
    const account = await findAccount(db, session.account_id)
    if (!account) return problem(c, 'session.none')
    c.set('now', now)
    c.set('session', session)
    c.set('account', account)
    return next()
  })
