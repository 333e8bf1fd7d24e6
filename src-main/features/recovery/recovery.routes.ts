import { Hono } from 'hono'
import { Temporal } from 'temporal-polyfill'
import { emailKey } from '#domain/text/email-address'
import {
  passwordResetForm,
  passwordResetLinkReply,
  passwordResetReply,
  passwordResetRequest,
  userIdReminderReply,
  userIdReminderRequest,
} from '#contract/http/account/recovery'
import { normalizeUserId } from '#domain/user-id'
import { instantText } from '../../platform/clock'
import { selfAuditEntry, writeAudit } from '../../database/audit'
import type { ServiceDeps } from '../../http/service-deps'
import { describe } from '../../http/openapi'
import { deviceOf, nextDeviceKeyOf } from '../../http/cookies/device'
import { consumeMailRateLimits } from '../../http/mail-rate-limit'
import { answerRefusal, problem } from '../../http/problem'
import { json } from '../../http/validate'
import { findAccountByUserId, findAccountsByEmail } from '../account/account.repo'
import { linkEnd } from '../account/account.rules'
import { passwordProblems } from '../account/new-password.rules'
import { mailPasswordReset, openReset, resetPassword } from './password-reset.action'
import { pretendPasswordReset, pretendUserIdReminder } from './pretend-recovery.action'
import { userIdReminderMail } from './recovery.mail'

/** M2.4: the IDs of an address and a name, by mail. The answer is the same whether or not there are any. */
export const userIdReminderRoutes = ({ db, clock, mailer }: ServiceDeps) =>
  new Hono().post(
    '/',
    describe('Have the user ID mailed (M2.4)', { 202: userIdReminderReply }, ['request.invalid', 'request.too-many']),
    json(userIdReminderRequest),
    async (c) => {
      const now = clock.now()
      const { email, nameEn, language } = c.req.valid('json')
      const asked = await db.transaction().execute(async (trx) => {
        const passed = await consumeMailRateLimits(trx, c, { what: 'user-id', email }, now)
        if (!passed.ok) return passed
        const found = (await findAccountsByEmail(trx, email)).filter(
          (row) => row.system === 'zairyu' && row.name_en === nameEn,
        )
        const first = found[0]
        if (first) {
          const userIds = found.map(({ user_id, name_en }) => ({ userId: user_id, nameEn: name_en }))
          const to = { accountId: first.id, email: first.email, language: language ?? first.language }
          await mailer.enqueue(trx, userIdReminderMail({ ...to, userIds }), now)
        } else await pretendUserIdReminder(trx, { email, nameEn, language }, now, mailer)
        for (const { id } of found)
          await writeAudit(trx, { ...selfAuditEntry(id, 'account.id-reminded', deviceOf(c)), actor: 'visitor' }, now)
        if (!first) await writeAudit(trx, { actor: 'visitor', action: 'account.id-reminded', subject: 'unknown' }, now)
        return passed
      })
      if (!asked.ok) return problem(c, 'request.too-many', { retryAt: instantText(asked.problem.retryAt) })
      return c.json({ email }, 202)
    },
  )

/** M2.5: a new password by a mailed link, which lifts the lock at once. */
export const passwordResetRoutes = (deps: ServiceDeps) => {
  const { db, clock, passwords, mailer } = deps
  return new Hono()
    .post(
      '/',
      describe('Have a link to a new password mailed (M2.5)', { 202: passwordResetReply }, [
        'request.invalid',
        'request.too-many',
      ]),
      json(passwordResetRequest),
      async (c) => {
        const now = clock.now()
        const { userId, email, language } = c.req.valid('json')
        const asked = await db.transaction().execute(async (trx) => {
          const passed = await consumeMailRateLimits(
            trx,
            c,
            { what: 'password', email: `${normalizeUserId(userId)} ${email}` },
            now,
          )
          if (!passed.ok) return passed
          const account = await findAccountByUserId(trx, userId)
          if (account?.system === 'zairyu' && account.email_key === emailKey(email)) {
            await mailPasswordReset(
              trx,
              account,
              { reason: 'asked', language, askedBy: nextDeviceKeyOf(c) },
              now,
              mailer,
            )
            await writeAudit(
              trx,
              { ...selfAuditEntry(account.id, 'account.reset-asked', deviceOf(c)), actor: 'visitor' },
              now,
            )
          } else {
            await pretendPasswordReset(trx, { email, language, askedBy: nextDeviceKeyOf(c) }, now, mailer)
            await writeAudit(trx, { actor: 'visitor', action: 'account.reset-asked', subject: 'unknown' }, now)
          }
          return passed
        })
        if (!asked.ok) return problem(c, 'request.too-many', { retryAt: instantText(asked.problem.retryAt) })
        return c.json({ email, expiresAt: instantText(linkEnd('password-reset', now) ?? now) }, 202)
      },
    )
    .get(
      '/:token',
      describe('Look at a reset link; changes nothing', { 200: passwordResetLinkReply }, [
        'link.unknown',
        'link.used',
        'link.expired',
      ]),
      async (c) => {
        const opened = await openReset(db, c.req.param('token'), clock.now())
        if (!opened.ok) return answerRefusal(c, opened)
        const { link, account } = opened.value
        const end = linkEnd('password-reset', Temporal.Instant.from(link.issued_at))
        return c.json({ userId: account.user_id, expiresAt: end ? instantText(end) : '' }, 200)
      },
    )
    .post(
      '/:token/completion',
      describe('Set the new password (M2.5); ends all sessions and lifts the lock', { 204: null }, [
        'request.invalid',
        'link.unknown',
        'link.used',
        'link.expired',
      ]),
      json(passwordResetForm),
      async (c) => {
        const now = clock.now()
        const token = c.req.param('token')
        const { password } = c.req.valid('json')
        const before = await openReset(db, token, now)
        if (!before.ok) return answerRefusal(c, before)
        const errors = passwordProblems(password, before.value.account.user_id)
        if (errors.length > 0) return problem(c, 'request.invalid', { errors })
        const wish = { token, passwordHash: await passwords.hash(password), device: deviceOf(c) }
        const reset = await resetPassword(deps, wish, now)
        if (!reset.ok) return answerRefusal(c, reset)
        return c.body(null, 204)
      },
    )
}
