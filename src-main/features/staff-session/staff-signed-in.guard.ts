import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { Temporal } from 'temporal-polyfill'
import type { StaffRole } from '#contract/http/staff/staff'
import type { StaffActor } from './as-staff.action'
import { findServiceToken, findStaffSession } from './staff-session.repo'
import { isStaffSessionOpen, mayAct } from './staff-session.rules'
import type { StaffRow, StaffSessionRow } from '../../database/tables/staff.table'
import type { ServiceDeps } from '../../http/service-deps'
import { deviceOf } from '../../http/cookies/device'
import { problem } from '../../http/problem'

/** The cookie of staff: another than that of applicants, so that neither session opens the other's routes. */
export const STAFF_COOKIE = 'zairyu_staff'

export interface StaffSignedIn {
  Variables: {
    person: StaffRow
    session: StaffSessionRow
    now: Temporal.Instant
    /** Who asks, as an action wants it: what the guard relied on is asked again in its transaction. */
    actor: StaffActor
  }
}

/** Who of the staff asks, with an open session; null where nobody does. */
export async function findOpenStaffSession({ db }: Pick<ServiceDeps, 'db'>, c: Context, now: Temporal.Instant) {
  const token = getCookie(c, STAFF_COOKIE)
  const found = token ? await findStaffSession(db, token) : null
  return found && isStaffSessionOpen(Temporal.Instant.from(found.session.last_move_at), now) ? found : null
}

/** Lets only staff with an open session and the needed role pass; hands on the person, the session and `now`. */
export const staffSignedIn = ({ db, clock }: Pick<ServiceDeps, 'db' | 'clock'>, needed: StaffRole = 'clerk') =>
  createMiddleware<StaffSignedIn>(async (c, next) => {
    const now = clock.now()
    const found = await findOpenStaffSession({ db }, c, now)
    if (!found) return problem(c, 'staff.none')
    if (!mayAct(found.person.role, needed)) return problem(c, 'staff.role')
    c.set('now', now)
    c.set('session', found.session)
    c.set('person', found.person)
    c.set('actor', { tokenHash: found.session.token_hash, needed, device: deviceOf(c) })
    return next()
  })

export interface SystemSignedIn {
  Variables: { system: { id: string; name: string }; now: Temporal.Instant }
}

/** Lets only another system pass that shows its token: `Authorization: Bearer TOKEN`. */
export const systemSignedIn = ({ db, clock }: Pick<ServiceDeps, 'db' | 'clock'>) =>
  createMiddleware<SystemSignedIn>(async (c, next) => {
    const token = /^Bearer ([\w-]{43})$/i.exec(c.req.header('authorization') ?? '')?.[1]
    const system = token ? await findServiceToken(db, token) : null
    if (!system) return problem(c, 'token.none')
    c.set('now', clock.now())
    c.set('system', system)
    return next()
  })
