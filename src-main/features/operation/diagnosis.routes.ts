import { Hono } from 'hono'
import type { Context } from 'hono'
import { Temporal } from 'temporal-polyfill'
import { crashReport } from '#contract/crash-report'
import { instantText } from '../../platform/clock'
import { writeAudit } from '../../service/audit'
import type { ServiceDeps } from '../../service/deps'
import { describe } from '../../service/describe'
import { deviceOf } from '../../service/device'
import { passLimit } from '../../service/limit.repo'
import { problem } from '../../service/problem'
import { findOpenStaffSession } from '../../service/staff-signed-in'
import { json } from '../../service/validate'

const HOUR = Temporal.Duration.from({ hours: 1 })
/** Ours: a page that fails over and over must not push everything else out, nor fill the log. */
const REPORTS = { count: 20, window: HOUR }
/** Ours: each one asks the mail server and reads the whole database file. */
const FILES = { count: 10, window: HOUR }

/** Where somebody asks from the machine itself: by its own name, and not by way of a proxy. */
function isHere(c: Context): boolean {
  const { hostname } = new URL(`http://${c.req.header('host') ?? new URL(c.req.url).host}`)
  const forwarded = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip']
  return (
    ['127.0.0.1', 'localhost', '[::1]'].includes(hostname) &&
    forwarded.every((name) => c.req.header(name) === undefined)
  )
}

/** Errors of pages are taken from everybody: what fits their narrow shape tells nothing about anybody. */
export const crashReportRoutes = ({ db, clock, log, keepReport }: ServiceDeps) =>
  new Hono().post(
    '/',
    describe('Tell of an error of the page, by its class and place alone', { 204: null }, [
      'request.invalid',
      'request.too-many',
    ]),
    json(crashReport),
    async (c) => {
      const passed = await db.transaction().execute((trx) => passLimit(trx, 'crash-reports', REPORTS, clock.now()))
      if (!passed.ok) return problem(c, 'request.too-many', { retryAt: instantText(passed.problem.retryAt) })
      const { name, code, stack, ...facts } = c.req.valid('json')
      log.error({ err: { name, code, stack }, ...facts }, 'a page failed')
      keepReport(c.req.valid('json'))
      return c.body(null, 204)
    },
  )

/**
 * The support file (it holds nothing about any person): for admins, and for whoever sits at the machine itself where no public
 * address leads to it. Each one is written down.
 */
export const supportFileRoutes = (deps: ServiceDeps) => {
  const { db, clock, onThisMachine, supportFile } = deps
  return new Hono().post(
    '/',
    describe('A file for the help desk, as JSON text', { 200: null }, ['staff.none', 'staff.role', 'request.too-many']),
    async (c) => {
      const now = clock.now()
      const staff = await findOpenStaffSession(deps, c, now)
      if (staff?.person.role !== 'admin' && !(onThisMachine && isHere(c)))
        return problem(c, staff ? 'staff.role' : 'staff.none')
      const passed = await db.transaction().execute(async (trx) => {
        const limited = await passLimit(trx, 'support-files', FILES, now)
        const actor = staff ? `staff:${staff.person.id}` : 'visitor'
        const entry = { actor, action: 'support.made', subject: 'support' } as const
        if (limited.ok) await writeAudit(trx, { ...entry, device: deviceOf(c) }, now)
        return limited
      })
      if (!passed.ok) return problem(c, 'request.too-many', { retryAt: instantText(passed.problem.retryAt) })
      return c.body(await supportFile(), 200, {
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Disposition': 'attachment; filename="zairyu-support.txt"',
      })
    },
  )
}
