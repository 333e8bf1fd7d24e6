import { Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { Temporal } from 'temporal-polyfill'
import { extensionReply } from '#contract/http/account/session'
import { staffLoginRequest, staffSessionReply, type StaffSession } from '#contract/http/staff/staff'
import { instantText } from '../../platform/clock'
import { writeAudit } from '../../database/audit'
import { cookieOptions } from '../../http/cookies/cookies'
import type { ServiceDeps } from '../../http/service-deps'
import { describe } from '../../http/openapi'
import { deviceOf } from '../../http/cookies/device'
import { problem } from '../../http/problem'
import { STAFF_COOKIE, staffSignedIn } from './staff-signed-in.guard'
import { json } from '../../http/validate'
import { signInStaff } from './sign-in.action'
import { endStaffSession, touchStaffSession } from './staff-session.repo'
import { staffDeadline } from './staff-session.rules'
import type { StaffRow, StaffSessionRow } from '../../database/tables/staff.table'

const describeSession = (person: StaffRow, session: StaffSessionRow): StaffSession => ({
  loginName: person.login_name,
  name: person.name,
  role: person.role,
  previousLoginAt: session.previous_login_at,
  deadline: instantText(staffDeadline(Temporal.Instant.from(session.last_move_at))),
})

/** DESIGN §9: staff sign in with accounts of their own, locked like users; their session opens nothing of applicants. */
export const staffSessionRoutes = (deps: ServiceDeps) => {
  const { db, clock } = deps
  return new Hono()
    .post(
      '/',
      describe('Sign in as staff', { 200: staffSessionReply }, ['request.invalid', 'staff.wrong', 'session.locked']),
      json(staffLoginRequest),
      async (c) => {
        const login = { ...c.req.valid('json'), before: getCookie(c, STAFF_COOKIE), device: deviceOf(c) }
        const outcome = await signInStaff(deps, login, clock.now())
        if (outcome.kind === 'opened') {
          setCookie(c, STAFF_COOKIE, outcome.token, cookieOptions(deps, c))
          return c.json(describeSession(outcome.person, outcome.session), 200)
        }
        if (outcome.kind === 'locked') return problem(c, 'session.locked', { until: instantText(outcome.until) })
        return problem(c, 'staff.wrong', { triesLeft: outcome.triesLeft })
      },
    )
    .get(
      '/',
      describe('Who of the staff is signed in; never prolongs', { 200: staffSessionReply }, ['staff.none']),
      staffSignedIn(deps),
      (c) => c.json(describeSession(c.var.person, c.var.session), 200),
    )
    .delete('/', describe('Sign out', { 204: null }), async (c) => {
      const token = getCookie(c, STAFF_COOKIE)
      if (token) {
        const now = clock.now()
        await db.transaction().execute(async (trx) => {
          const id = await endStaffSession(trx, token)
          const actor = `staff:${id ?? ''}`
          if (id !== null)
            await writeAudit(trx, { actor, action: 'staff.session-closed', subject: actor, device: deviceOf(c) }, now)
        })
      }
      deleteCookie(c, STAFF_COOKIE, cookieOptions(deps, c))
      return c.body(null, 204)
    })
    .post(
      '/extension',
      describe('A screen move of staff: 15 more minutes', { 200: extensionReply }, ['staff.none']),
      staffSignedIn(deps),
      async (c) => {
        if (!(await touchStaffSession(db, c.var.session.token_hash, c.var.now))) return problem(c, 'staff.none')
        return c.json({ deadline: instantText(staffDeadline(c.var.now)) }, 200)
      },
    )
}
