import { Hono } from 'hono'
import { activitiesReply, exportReply } from '#contract/http/account/my-page'
import { pageQuery } from '#contract/http/certificate/receipt'
import { instantText } from '../../platform/clock'
import type { ServiceDeps } from '../../http/service-deps'
import { describe } from '../../http/openapi'
import { answerRefusal } from '../../http/problem'
import { actorOf, signedIn } from '../session/signed-in.guard'
import { query } from '../../http/validate'
import { certificateFactsOf } from '../certificate/certificate.repo'
import { describeAccount } from '../account/account.repo'
import { listActivities } from './activity.repo'
import { recordExport } from './note-export.action'

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
        const passed = await recordExport(db, actorOf(c), now)
        if (!passed.ok) return answerRefusal(c, passed)
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
