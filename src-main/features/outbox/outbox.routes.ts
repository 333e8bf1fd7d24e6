import { Hono } from 'hono'
import * as z from 'zod/mini'
import { outboxMail, outboxQuery, outboxReply, retryMailsReply, retryMailsRequest } from '#contract/http/staff/admin'
import { pageQuery } from '#contract/http/certificate/receipt'
import { pageOfMail, redactedMail } from '../../mail/mailer/outbox-view'
import { retryMails } from './retry-mails.action'
import type { ServiceDeps } from '../../http/service-deps'
import { describe } from '../../http/openapi'
import { answerRefusal, problem } from '../../http/problem'
import { staffSignedIn } from '../staff-session/staff-signed-in.guard'
import { json, query } from '../../http/validate'
import { retryMail } from './retry-mail.action'

/** DESIGN §9: mails that wait, were taken by a mail server, or were given up. Their links and codes stay with their readers. */
export const outboxRoutes = (deps: ServiceDeps) => {
  const { db, mail } = deps
  const admin = staffSignedIn(deps, 'admin')
  const show = (id: string) => redactedMail(db, id, mail.place())
  return new Hono()
    .get(
      '/',
      describe('The outbox, the newest first', { 200: outboxReply }, ['staff.none', 'staff.role', 'request.invalid']),
      admin,
      query(z.extend(outboxQuery, pageQuery.shape)),
      async (c) => c.json(await pageOfMail(db, c.req.valid('query')), 200),
    )
    .post(
      '/retries',
      describe('Try mails again together, and let a stopped queue go on', { 200: retryMailsReply }, [
        'staff.none',
        'staff.role',
        'request.invalid',
        'request.too-many',
      ]),
      admin,
      json(retryMailsRequest),
      async (c) => {
        const tried = await retryMails(deps, c.var.actor, c.req.valid('json'), c.var.now)
        if (!tried.ok) return answerRefusal(c, tried)
        return c.json(tried.value, 200)
      },
    )
    .get(
      '/:id',
      describe('One mail, links and codes covered', { 200: outboxMail }, ['staff.none', 'staff.role', 'mail.unknown']),
      admin,
      async (c) => {
        const found = await show(c.req.param('id'))
        return found ? c.json(found, 200) : problem(c, 'mail.unknown')
      },
    )
    .post(
      '/:id/retry',
      describe('Try to deliver a mail at once', { 200: outboxMail }, [
        'staff.none',
        'staff.role',
        'mail.unknown',
        'mail.sent',
        'mail.withdrawn',
      ]),
      admin,
      async (c) => {
        const id = c.req.param('id')
        const done = await retryMail(deps, c.var.actor, id, c.var.now)
        if (!done.ok) return answerRefusal(c, done)
        const tried = await show(id)
        return tried ? c.json(tried, 200) : problem(c, 'mail.unknown')
      },
    )
}
