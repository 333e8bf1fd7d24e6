import { Hono } from 'hono'
import {
  mailSettingsReply,
  mailSettingsRequest,
  testDeliveryReply,
  testDeliveryRequest,
} from '#contract/http/staff/admin'
import { mailFailure } from '../../mail/delivery/failure.rules'
import { instantText } from '../../platform/clock'
import { writeAudit } from '../../database/audit'
import type { ServiceDeps } from '../../http/service-deps'
import { describe } from '../../http/openapi'
import { deviceOf } from '../../http/cookies/device'
import { consumeMailRateLimits } from '../../http/mail-rate-limit'
import { refusedWith } from '../../platform/outcome'
import { answerRefusal, problem } from '../../http/problem'
import { staffSignedIn } from '../staff-session/staff-signed-in.guard'
import { json } from '../../http/validate'
import { asStaff } from '../staff-session/as-staff.action'
import { changeMailSettings } from './change-mail-settings.action'
import { mailCheckMail } from './test-mail.mail'

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
        const changed = await changeMailSettings(deps, c.var.actor, c.req.valid('json'), c.var.now)
        if (!changed.ok) return answerRefusal(c, changed)
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
        const passed = await asStaff<null>(db, c.var.actor, now, async (trx) => {
          const counted = await consumeMailRateLimits(trx, c, { what: 'staff-test-mail', email }, now)
          if (!counted.ok) return refusedWith('request.too-many', { retryAt: instantText(counted.problem.retryAt) })
          return { ok: true, value: null }
        })
        if (!passed.ok) return answerRefusal(c, passed)
        const delivery = await mail.sendTestMail(mailCheckMail(email, 'ja'), now)
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
