import { Hono } from 'hono'
import * as z from 'zod/mini'
import { outboxMail, outboxQuery, outboxReply } from '#contract/admin'
import { pageQuery } from '#contract/receipt'
import { findMail } from '../../mail/outbox'
import { pageOfMail, showCovered } from '../../mail/outbox-view'
import { writeAudit } from '../../service/audit'
import type { ServiceDeps } from '../../service/deps'
import { describe } from '../../service/describe'
import { deviceOf } from '../../service/device'
import { problem } from '../../service/problem'
import { staffSignedIn } from '../../service/staff-signed-in'
import { query } from '../../service/validate'
import { whyUnwanted } from '../outbox/still-wanted.repo'

/** DESIGN §9: mails that wait, were taken by a mail server, or were given up. Their links and codes stay with their readers. */
export const outboxRoutes = (deps: ServiceDeps) => {
  const { db, mail } = deps
  const admin = staffSignedIn(deps, 'admin')
  const show = (id: string) => showCovered(db, id, mail.place())
  return new Hono()
    .get(
      '/',
      describe('The outbox, the newest first', { 200: outboxReply }, ['staff.none', 'staff.role', 'request.invalid']),
      admin,
      query(z.extend(outboxQuery, pageQuery.shape)),
      async (c) => c.json(await pageOfMail(db, c.req.valid('query')), 200),
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
        const { now, person } = c.var
        const id = c.req.param('id')
        const seen = await findMail(db, id)
        if (!seen) return problem(c, 'mail.unknown')
        if (seen.status === 'sent') return problem(c, 'mail.sent')
        if (seen.withdrawn_for !== null || (await whyUnwanted(db, seen, now)) !== null)
          return problem(c, 'mail.withdrawn')
        await db.transaction().execute((trx) => {
          const entry = { actor: `staff:${person.id}`, action: 'mail.retried', subject: `mail:${id}` } as const
          return writeAudit(trx, { ...entry, device: deviceOf(c) }, now)
        })
        await mail.retry(id, now)
        const tried = await show(id)
        return tried ? c.json(tried, 200) : problem(c, 'mail.unknown')
      },
    )
}
