import { Hono } from 'hono'
import { mailSettingsReply, mailSettingsRequest, testDeliveryReply, testDeliveryRequest } from '#contract/admin'
import { mailFailure } from '../../mail/failure.rules'
import { planMailChange } from '../../mail/mail-settings.rules'
import { instantText } from '../../platform/clock'
import { writeAudit } from '../../service/audit'
import type { ServiceDeps } from '../../service/deps'
import { describe } from '../../service/describe'
import { deviceOf } from '../../service/device'
import { passMailLimits } from '../../service/mail-limits'
import { problem } from '../../service/problem'
import { staffSignedIn } from '../../service/staff-signed-in'
import { json } from '../../service/validate'
import { mailCheckMail } from './mail-check.mail'

/** DESIGN §9: how mail goes out. Changes hold at once; a password goes in and never comes out again. */
export const mailSettingsRoutes = (deps: ServiceDeps) => {
  const { db, mail } = deps
  const admin = staffSignedIn(deps, 'admin')
  return new Hono()
    .get(
      '/',
      describe('How mail goes out, without any secret', { 200: mailSettingsReply }, ['staff.none', 'staff.role']),
      admin,
      (c) => c.json(mail.settings(), 200),
    )
    .put(
      '/',
      describe('Change how mail goes out, from now on', { 200: mailSettingsReply }, [
        'staff.none',
        'staff.role',
        'settings.training',
        'settings.variable',
        'request.invalid',
      ]),
      admin,
      json(mailSettingsRequest),
      async (c) => {
        const { now, person } = c.var
        const plan = planMailChange(c.req.valid('json'), mail.state())
        if (!plan.ok)
          return plan.problem === 'mail-server.password'
            ? problem(c, 'request.invalid', { errors: [{ field: 'server.password', code: plan.problem }] })
            : problem(c, plan.problem)
        const { smtpUrl, mailFrom } = plan.value
        const prepared = await mail.prepare(plan.value)
        await db.transaction().execute(async (trx) => {
          const detail = {
            ...(smtpUrl !== undefined && { server: smtpUrl === null ? 'removed' : 'set' }),
            ...(mailFrom !== undefined && { sender: 'set' }),
          }
          const entry = { actor: `staff:${person.id}`, action: 'settings.mail-changed', subject: 'settings' } as const
          await writeAudit(trx, { ...entry, detail, device: deviceOf(c) }, now)
          mail.change(prepared)
        })
        return c.json(mail.settings(), 200)
      },
    )
    .post(
      '/test-mails',
      describe('Send a test mail at once and say what the mail server answered', { 200: testDeliveryReply }, [
        'staff.none',
        'staff.role',
        'mail.no-server',
        'request.invalid',
        'request.too-many',
      ]),
      admin,
      json(testDeliveryRequest),
      async (c) => {
        const { now, person } = c.var
        const { email } = c.req.valid('json')
        const passed = await db
          .transaction()
          .execute((trx) => passMailLimits(trx, c, { what: 'staff-test-mail', email }, now))
        if (!passed.ok) return problem(c, 'request.too-many', { retryAt: instantText(passed.problem.retryAt) })
        const delivery = await mail.trySend(mailCheckMail(email, 'ja'), now)
        if (!delivery) return problem(c, 'mail.no-server')
        await db.transaction().execute((trx) => {
          const detail = { accepted: delivery.accepted ? 1 : 0, ...(!delivery.accepted && { reason: delivery.reason }) }
          const entry = { actor: `staff:${person.id}`, action: 'mail.test-sent', subject: 'mail' } as const
          return writeAudit(trx, { ...entry, detail, device: deviceOf(c) }, now)
        })
        if (delivery.accepted)
          return c.json({ accepted: true, reason: null, failure: null, certificateNames: null }, 200)
        const { reason, failure = mailFailure(reason), certificateNames = null } = delivery
        return c.json({ accepted: false, reason, failure, certificateNames }, 200)
      },
    )
}
