import { Hono } from 'hono'
import { Temporal } from 'temporal-polyfill'
import {
  accountReply,
  completionReply,
  registrationForm,
  registrationLinkReply,
  startRegistrationReply,
  startRegistrationRequest,
  type RegistrationForm,
} from '#contract/http/account/account'
import type { FieldProblem } from '#contract/http/problem'
import { dateInTokyo, instantText } from '../../platform/clock'
import { writeAudit } from '../../database/audit'
import type { ServiceDeps } from '../../http/service-deps'
import { describe } from '../../http/openapi'
import { deviceOf, nextDeviceKeyOf } from '../../http/cookies/device'
import { consumeMailRateLimits } from '../../http/mail-rate-limit'
import { answerRefusal, problem } from '../../http/problem'
import { signedIn } from '../session/signed-in.guard'
import { json } from '../../http/validate'
import { registrationKnownMail, registrationMail } from './registration.mail'
import { createMailLink, describeAccount, isKnownEmail } from '../account/account.repo'
import { isBornBefore, linkEnd } from '../account/account.rules'
import { completeRegistration, openRegistration } from './complete-registration.action'
import { passwordProblems } from '../account/new-password.rules'

/** What only the service can judge of a form that has passed its schema. */
function domainErrors(form: RegistrationForm, now: Temporal.Instant): FieldProblem[] {
  const found: FieldProblem[] = []
  if (form.birthDate !== null && !isBornBefore(form.birthDate, dateInTokyo(now)))
    found.push({ field: 'birthDate', code: 'birth-date.future' })
  return [...found, ...passwordProblems(form.password, null)]
}

/** M3: from the e-mail address to the user ID. */
export const registrationRoutes = (deps: ServiceDeps) => {
  const { db, clock, passwords, mailer } = deps
  return new Hono()
    .post(
      '/',
      describe('Ask for the registration mail (M3-4)', { 202: startRegistrationReply }, [
        'request.invalid',
        'request.too-many',
      ]),
      json(startRegistrationRequest),
      async (c) => {
        const now = clock.now()
        const { email, language = 'ja' } = c.req.valid('json')
        const asked = await db.transaction().execute(async (trx) => {
          const passed = await consumeMailRateLimits(trx, c, { what: 'registration', email }, now)
          if (!passed.ok) return passed
          const { token, code } = await createMailLink(
            trx,
            { kind: 'registration', email, language, askedBy: nextDeviceKeyOf(c) },
            now,
          )
          const expiresAt = linkEnd('registration', now) ?? now
          const facts = { email, token, code, expiresAt, language }
          // Both are composed, so that the time of the answer does not tell which of them goes out.
          const [forNew, forKnown] = [registrationMail(facts), registrationKnownMail(facts)]
          await mailer.enqueue(trx, (await isKnownEmail(trx, email)) ? forKnown : forNew, now)
          await writeAudit(trx, { actor: 'visitor', action: 'registration.asked', subject: 'registration' }, now)
          return { ok: true, value: expiresAt } as const
        })
        if (!asked.ok) return problem(c, 'request.too-many', { retryAt: instantText(asked.problem.retryAt) })
        return c.json({ email, expiresAt: instantText(asked.value) }, 202)
      },
    )
    .get(
      '/:token',
      describe('Look at a registration link; changes nothing', { 200: registrationLinkReply }, [
        'link.unknown',
        'link.used',
        'link.expired',
      ]),
      async (c) => {
        const opened = await openRegistration(db, c.req.param('token'), clock.now())
        if (!opened.ok) return answerRefusal(c, opened)
        const { email, issued_at } = opened.value
        const end = linkEnd('registration', Temporal.Instant.from(issued_at))
        return c.json({ email, expiresAt: end ? instantText(end) : '' }, 200)
      },
    )
    .post(
      '/:token/check',
      describe('Check the form before the confirmation screen; changes nothing', { 204: null }, [
        'request.invalid',
        'link.unknown',
        'link.used',
        'link.expired',
      ]),
      json(registrationForm),
      async (c) => {
        const now = clock.now()
        const opened = await openRegistration(db, c.req.param('token'), now)
        if (!opened.ok) return answerRefusal(c, opened)
        const errors = domainErrors(c.req.valid('json'), now)
        return errors.length > 0 ? problem(c, 'request.invalid', { errors }) : c.body(null, 204)
      },
    )
    .post(
      '/:token/completion',
      describe('Register (M3-8): the user ID is issued and mailed', { 201: completionReply }, [
        'request.invalid',
        'link.unknown',
        'link.used',
        'link.expired',
      ]),
      json(registrationForm),
      async (c) => {
        const now = clock.now()
        const token = c.req.param('token')
        const form = c.req.valid('json')
        const before = await openRegistration(db, token, now)
        if (!before.ok) return answerRefusal(c, before)
        const errors = domainErrors(form, now)
        if (errors.length > 0) return problem(c, 'request.invalid', { errors })
        const wish = { token, form, passwordHash: await passwords.hash(form.password), device: deviceOf(c) }
        const registered = await completeRegistration(deps, wish, now)
        if (!registered.ok) return answerRefusal(c, registered)
        return c.json(registered.value, 201)
      },
    )
}

/** M6: what is known about the person who is signed in. */
export const accountRoutes = (deps: ServiceDeps) =>
  new Hono().get(
    '/',
    describe('The details of the person who is signed in (M6)', { 200: accountReply }, ['session.none']),
    signedIn(deps),
    (c) => c.json(describeAccount(c.var.account), 200),
  )
