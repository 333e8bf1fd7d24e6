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
} from '#contract/account'
import type { FieldProblem } from '#contract/problem'
import type { Db } from '../../database/open'
import { enqueueMail } from '../../mail/outbox'
import { dateInTokyo, instantText } from '../../platform/clock'
import { ownAct, writeAudit } from '../../service/audit'
import type { ServiceDeps } from '../../service/deps'
import { describe } from '../../service/describe'
import { deviceOf } from '../../service/device'
import { passMailLimits } from '../../service/mail-limits'
import { problem } from '../../service/problem'
import { signedIn } from '../../service/signed-in'
import { json } from '../../service/validate'
import { registeredMail, registrationKnownMail, registrationMail } from './account.mail'
import {
  createAccount,
  createMailLink,
  describeAccount,
  findMailLink,
  isKnownEmail,
  mailLinkFacts,
  useMailLink,
} from './account.repo'
import { isBornBefore, linkEnd, openLink } from './account.rules'
import { passwordProblems } from './password-problems'

/** What only the service can judge of a form that has passed its schema. */
function furtherProblems(form: RegistrationForm, now: Temporal.Instant): FieldProblem[] {
  const found: FieldProblem[] = []
  if (form.birthDate !== null && !isBornBefore(form.birthDate, dateInTokyo(now)))
    found.push({ field: 'birthDate', code: 'birth-date.future' })
  return [...found, ...passwordProblems(form.password, null)]
}

/** The open registration link of a token, or why there is none. */
async function openRegistration(db: Db, token: string, now: Temporal.Instant) {
  const link = await findMailLink(db, 'registration', token)
  if (!link) return { ok: false, problem: 'link.unknown' } as const
  const opened = openLink(mailLinkFacts(link), now)
  return opened.ok ? ({ ok: true, value: link } as const) : opened
}

/** M3: from the e-mail address to the user ID. */
export const registrationRoutes = ({ db, clock, passwords, mailFrom, mailWaits }: ServiceDeps) =>
  new Hono()
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
          const passed = await passMailLimits(trx, c, { what: 'registration', email }, now)
          if (!passed.ok) return passed
          const { token, code } = await createMailLink(trx, { kind: 'registration', email, language }, now)
          const expiresAt = linkEnd('registration', now) ?? now
          const compose = (await isKnownEmail(trx, email)) ? registrationKnownMail : registrationMail
          await enqueueMail(trx, compose({ email, token, code, expiresAt, language }), now, mailFrom)
          await writeAudit(trx, { actor: 'visitor', action: 'registration.asked', subject: 'registration' }, now)
          return { ok: true, value: expiresAt } as const
        })
        if (!asked.ok) return problem(c, 'request.too-many', { retryAt: instantText(asked.problem.retryAt) })
        mailWaits()
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
        if (!opened.ok) return problem(c, opened.problem)
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
        if (!opened.ok) return problem(c, opened.problem)
        const errors = furtherProblems(c.req.valid('json'), now)
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
        if (!before.ok) return problem(c, before.problem)
        const errors = furtherProblems(form, now)
        if (errors.length > 0) return problem(c, 'request.invalid', { errors })
        const passwordHash = await passwords.hash(form.password)
        const registered = await db.transaction().execute(async (trx) => {
          const opened = await openRegistration(trx, token, now)
          if (!opened.ok) return opened
          const { id: linkId, email, language: linkLanguage } = opened.value
          const language = form.language ?? linkLanguage
          const { id, userId } = await createAccount(trx, { ...form, email, language, passwordHash }, now)
          await useMailLink(trx, linkId, now)
          const person = { accountId: id, email, nameEn: form.nameEn, userId, language }
          await enqueueMail(trx, registeredMail(person), now, mailFrom)
          await writeAudit(trx, ownAct(id, 'account.registered', deviceOf(c)), now)
          return { ok: true, value: { userId, email } } as const
        })
        if (!registered.ok) return problem(c, registered.problem)
        mailWaits()
        return c.json(registered.value, 201)
      },
    )

/** M6: what is known about the person who is signed in. */
export const accountRoutes = (deps: ServiceDeps) =>
  new Hono().get(
    '/',
    describe('The details of the person who is signed in (M6)', { 200: accountReply }, ['session.none']),
    signedIn(deps),
    (c) => c.json(describeAccount(c.var.account), 200),
  )
