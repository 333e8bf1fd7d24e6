import { Hono } from 'hono'
import { Temporal } from 'temporal-polyfill'
import { crashReport } from '#contract/http/crash-report'
import { instantText } from '../../platform/clock'
import { writeAudit } from '../../database/audit'
import type { ServiceDeps } from '../../http/service-deps'
import { describe } from '../../http/openapi'
import { deviceOf } from '../../http/cookies/device'
import { consumeRateLimit } from '../../database/rate-limit/rate-limit.repo'
import { problem } from '../../http/problem'
import { staffSignedIn } from '../staff-session/staff-signed-in.guard'
import { json } from '../../http/validate'

const HOUR = Temporal.Duration.from({ hours: 1 })
/** Ours: a page that fails over and over must not push everything else out, nor fill the log. */
const REPORTS = { count: 20, window: HOUR }
/** Ours: each one asks the mail server and reads the whole database file. */
const FILES = { count: 10, window: HOUR }

/** Errors of pages are taken from everybody: what fits their narrow shape tells nothing about anybody. */
export const crashReportRoutes = ({ db, clock, log, storeCrashReport }: ServiceDeps) =>
  new Hono().post(
    '/',
    describe('Tell of an error of the page, by its class and place alone', { 204: null }, [
      'request.invalid',
      'request.too-many',
    ]),
    json(crashReport),
    async (c) => {
      const passed = await db
        .transaction()
        .execute((trx) => consumeRateLimit(trx, 'crash-reports', REPORTS, clock.now()))
      if (!passed.ok) return problem(c, 'request.too-many', { retryAt: instantText(passed.problem.retryAt) })
      const { name, code, stack, ...facts } = c.req.valid('json')
      log.error({ err: { name, code, stack }, ...facts }, 'a page failed')
      storeCrashReport(c.req.valid('json'))
      return c.body(null, 204)
    },
  )

/**
 * The support file: for admins who are signed in. It holds nothing about any person, but how the program is set up and what it did; and
 * a request from the machine itself may come from any of its users, or by way of a proxy. Whoever runs the program has the command
 * `support FILE`, and the desktop shell its own menu. Each one is written down.
 */
export const supportFileRoutes = (deps: ServiceDeps) => {
  const { db, supportFile } = deps
  return new Hono().post(
    '/',
    describe('A file for the help desk, as JSON text', { 200: null }, ['staff.none', 'staff.role', 'request.too-many']),
    staffSignedIn(deps, 'admin'),
    async (c) => {
      const { now, person } = c.var
      const passed = await db.transaction().execute(async (trx) => {
        const limited = await consumeRateLimit(trx, 'support-files', FILES, now)
        const entry = { actor: `staff:${person.id}`, action: 'support.made', subject: 'support' } as const
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
