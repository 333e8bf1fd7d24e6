import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { Temporal } from 'temporal-polyfill'
import { findAccount } from '../account/account.repo'
import type { AccountRow } from '../../database/tables/account.table'
import type { SignedInActor } from './as-signed-in.action'
import { findSession } from './session.repo'
import { isSessionOpen } from './session.rules'
import type { SessionRow } from '../../database/tables/session.table'
import type { ServiceDeps } from '../../http/service-deps'
import { deviceOf } from '../../http/cookies/device'
import { problem } from '../../http/problem'

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
