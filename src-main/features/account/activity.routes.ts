import { Hono } from 'hono'
import { Temporal } from 'temporal-polyfill'
import { activitiesReply, exportReply } from '#contract/my-page'
import { pageQuery } from '#contract/receipt'
import { instantText } from '../../platform/clock'
import { ownAct, writeAudit } from '../../service/audit'
import type { ServiceDeps } from '../../service/deps'
import { describe } from '../../service/describe'
import { deviceOf } from '../../service/device'
import { passLimit } from '../../service/limit.repo'
import { problem } from '../../service/problem'
import { signedIn } from '../../service/signed-in'
import { query } from '../../service/validate'
import { certificateFactsOf } from '../certificate/certificate.repo'
import { describeAccount } from './account.repo'
import { listActivities } from './activity.repo'

/** Ours: everything held about a person is not gathered in a loop. */
const EXPORTS = { count: 10, window: Temporal.Duration.from({ hours: 1 }) }
const MOST_ACTIVITIES = 10_000

/** Ours: what happened to the own account, and everything held about it. */
export const activityRoutes = (deps: ServiceDeps) => {
  const { db } = deps
  return new Hono()
    .get(
      '/activity',
      describe('Sign-ins, failures, changes and mails, newest first', { 200: activitiesReply }, [
        'request.invalid',
        'session.none',
      ]),
      signedIn(deps),
      query(pageQuery),
      async (c) => c.json(await listActivities(db, c.var.account.id, c.req.valid('query')), 200),
    )
    .post(
      '/export',
      describe('Everything that is held about the person who is signed in', { 200: exportReply }, [
        'session.none',
        'request.too-many',
      ]),
      signedIn(deps),
      async (c) => {
        const { account, now } = c.var
        const passed = await db.transaction().execute(async (trx) => {
          const allowed = await passLimit(trx, `export:${account.id}`, EXPORTS, now)
          if (allowed.ok) await writeAudit(trx, ownAct(account.id, 'account.exported', deviceOf(c)), now)
          return allowed
        })
        if (!passed.ok) return problem(c, 'request.too-many', { retryAt: instantText(passed.problem.retryAt) })
        const certificates = await db
          .selectFrom('certificates')
          .selectAll()
          .where('account_id', '=', account.id)
          .orderBy('requested_at')
          .orderBy('number')
          .execute()
        const { items: activity } = await listActivities(db, account.id, { page: 1, size: MOST_ACTIVITIES })
        return c.json(
          {
            exportedAt: instantText(now),
            account: {
              ...describeAccount(account),
              language: account.language,
              createdAt: account.created_at,
              lastLoginAt: account.last_login_at,
            },
            certificates: certificates.map((row) => ({
              ...certificateFactsOf(row),
              requestedAt: row.requested_at,
              mailAcceptedAt: row.mail_accepted_at,
              registeredAt: row.registered_at,
            })),
            activity,
          },
          200,
        )
      },
    )
}
