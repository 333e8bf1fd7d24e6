import { Hono } from 'hono'
import { Temporal } from 'temporal-polyfill'
import { accountReply } from '#contract/account'
import {
  deletionReply,
  deletionRequest,
  detailsForm,
  mailLanguageForm,
  passwordChangeForm,
  testMailReply,
} from '#contract/my-page'
import type { FieldProblem } from '#contract/problem'
import { enqueueMail, showSummary } from '../../mail/outbox'
import { instantText } from '../../platform/clock'
import { ownAct, writeAudit } from '../../service/audit'
import { confirmOwner } from '../../service/confirm-owner'
import type { ServiceDeps } from '../../service/deps'
import { describe } from '../../service/describe'
import { deviceOf } from '../../service/device'
import { passLimit } from '../../service/limit.repo'
import { problem } from '../../service/problem'
import { signedIn } from '../../service/signed-in'
import { json } from '../../service/validate'
import { endSessionsOf, keepTries } from '../session/session.repo'
import { lockNow, NO_TRIES } from '../session/session.rules'
import { describeAccount, hasUndeliveredCertificate, isMailOf, updateAccount } from './account.repo'
import { deletionDue } from './account.rules'
import { deletionAskedMail, detailsChangedMail, passwordChangedMail, testMail } from './my-page.mail'
import { passwordProblems } from './password-problems'
import { mailPasswordReset } from './password-reset'

/** Ours: enough to try out a mailbox, too few to annoy it. */
const TEST_MAILS = { count: 5, window: Temporal.Duration.from({ hours: 1 }) }

/** M6 and ours: what the person who is signed in can change about himself. */
export const myPageRoutes = (deps: ServiceDeps) => {
  const { db, passwords, mailFrom, mailWaits } = deps
  return new Hono()
    .put(
      '/password',
      describe('Change the password (M6.2); ends all other sessions', { 204: null }, [
        'request.invalid',
        'session.none',
        'session.not-recent',
        'session.locked',
      ]),
      signedIn(deps),
      json(passwordChangeForm),
      async (c) => {
        const { account, session, now } = c.var
        const { password, currentPassword } = c.req.valid('json')
        const refusal = await confirmOwner(deps, c, currentPassword)
        if (refusal) return refusal
        const errors = passwordProblems(password, account.user_id)
        if (errors.length > 0) return problem(c, 'request.invalid', { errors })
        const password_hash = await passwords.hash(password)
        await db.transaction().execute(async (trx) => {
          await updateAccount(trx, account.id, { password_hash })
          await keepTries(trx, account.user_id, NO_TRIES)
          await endSessionsOf(trx, account.id, session.token_hash)
          const to = { accountId: account.id, email: account.email, language: account.language }
          await enqueueMail(
            trx,
            passwordChangedMail({ ...to, userId: account.user_id, at: now, how: 'changed' }),
            now,
            mailFrom,
          )
          await writeAudit(trx, ownAct(account.id, 'account.password-changed', deviceOf(c)), now)
        })
        mailWaits()
        return c.body(null, 204)
      },
    )
    .put(
      '/details',
      describe('Change phone, and where approved postal code and address (M6.3)', { 200: accountReply }, [
        'request.invalid',
        'session.none',
      ]),
      signedIn(deps),
      json(detailsForm),
      async (c) => {
        const { account, now } = c.var
        const { phone, postalCode, address } = c.req.valid('json')
        const wanted = { phone, postal_code: postalCode ?? account.postal_code, address: address ?? account.address }
        if (postalCode === null) wanted.postal_code = null
        if (address === null) wanted.address = null
        const fields = (
          [
            ['phone', wanted.phone !== account.phone],
            ['postalCode', wanted.postal_code !== account.postal_code],
            ['address', wanted.address !== account.address],
          ] as const
        ).flatMap(([field, changed]) => (changed ? [field] : []))
        const errors: FieldProblem[] =
          account.use_approved_at === null
            ? fields.flatMap((field) => (field === 'phone' ? [] : [{ field, code: 'field.not-approved' }]))
            : []
        if (errors.length > 0) return problem(c, 'request.invalid', { errors })
        if (fields.length > 0)
          await db.transaction().execute(async (trx) => {
            await updateAccount(trx, account.id, wanted)
            const to = { accountId: account.id, email: account.email, language: account.language }
            await enqueueMail(trx, detailsChangedMail({ ...to, fields }), now, mailFrom)
            await writeAudit(trx, ownAct(account.id, 'account.phone-changed', deviceOf(c)), now)
          })
        mailWaits()
        return c.json(describeAccount({ ...account, ...wanted }), 200)
      },
    )
    .put(
      '/mail-language',
      describe('Choose in which language mails come, and how their Japanese is written', { 200: accountReply }, [
        'request.invalid',
        'session.none',
      ]),
      signedIn(deps),
      json(mailLanguageForm),
      async (c) => {
        const { account, now } = c.var
        const { language, mailJapanese: mail_japanese } = c.req.valid('json')
        await db.transaction().execute(async (trx) => {
          await updateAccount(trx, account.id, { language, mail_japanese })
          await writeAudit(trx, ownAct(account.id, 'account.phone-changed', deviceOf(c)), now)
        })
        return c.json(describeAccount({ ...account, language, mail_japanese }), 200)
      },
    )
    .post(
      '/not-me',
      describe('A sign-in was not mine: lock the ID, end all sessions, mail a reset', { 204: null }, ['session.none']),
      signedIn(deps),
      async (c) => {
        const { account, now } = c.var
        await db.transaction().execute(async (trx) => {
          await keepTries(trx, account.user_id, lockNow(now))
          await endSessionsOf(trx, account.id)
          await mailPasswordReset(trx, account, 'not-me', now, mailFrom)
          await writeAudit(trx, ownAct(account.id, 'account.not-me', deviceOf(c)), now)
        })
        mailWaits()
        return c.body(null, 204)
      },
    )
    .post(
      '/test-mails',
      describe('Have a test mail sent to the own address', { 202: testMailReply }, [
        'session.none',
        'request.too-many',
      ]),
      signedIn(deps),
      async (c) => {
        const { account, now } = c.var
        const { id: accountId, email, language } = account
        const asked = await db.transaction().execute(async (trx) => {
          const passed = await passLimit(trx, `test-mail:${accountId}`, TEST_MAILS, now)
          if (!passed.ok) return passed
          const { id } = await enqueueMail(trx, testMail({ accountId, email, language }), now, mailFrom)
          await writeAudit(trx, ownAct(accountId, 'account.test-mail', deviceOf(c)), now)
          return { ok: true, value: id } as const
        })
        if (!asked.ok) return problem(c, 'request.too-many', { retryAt: instantText(asked.problem.retryAt) })
        mailWaits()
        return c.json({ id: asked.value, email, status: 'queued' as const, sentAt: null }, 202)
      },
    )
    .get(
      '/test-mails/:id',
      describe('Whether the mail server took the test mail', { 200: testMailReply }, ['session.none', 'mail.unknown']),
      signedIn(deps),
      async (c) => {
        const id = c.req.param('id')
        const mail = (await isMailOf(db, c.var.account.id, id)) ? await showSummary(db, id) : null
        if (!mail) return problem(c, 'mail.unknown')
        return c.json({ id, email: mail.to, status: mail.status, sentAt: mail.sentAt }, 200)
      },
    )
    .post(
      '/deletion',
      describe('Have the account deleted in 7 days', { 202: deletionReply }, [
        'request.invalid',
        'session.none',
        'session.not-recent',
        'session.locked',
        'deletion.undelivered',
      ]),
      signedIn(deps),
      json(deletionRequest),
      async (c) => {
        const { account, now } = c.var
        const refusal = await confirmOwner(deps, c, c.req.valid('json').currentPassword)
        if (refusal) return refusal
        if (account.deletion_due_at !== null) return c.json({ dueAt: account.deletion_due_at }, 202)
        const { id: accountId, email, language } = account
        const dueAt = deletionDue(now)
        const asked = await db.transaction().execute(async (trx) => {
          if (await hasUndeliveredCertificate(trx, accountId)) return false
          await updateAccount(trx, accountId, { deletion_due_at: instantText(dueAt) })
          await enqueueMail(trx, deletionAskedMail({ accountId, email, language, dueAt }), now, mailFrom)
          await writeAudit(trx, ownAct(accountId, 'account.deletion-asked', deviceOf(c)), now)
          return true
        })
        if (!asked) return problem(c, 'deletion.undelivered')
        mailWaits()
        return c.json({ dueAt: instantText(dueAt) }, 202)
      },
    )
    .delete(
      '/deletion',
      describe('Keep the account after all', { 204: null }, ['session.none']),
      signedIn(deps),
      async (c) => {
        const { account, now } = c.var
        if (account.deletion_due_at !== null)
          await db.transaction().execute(async (trx) => {
            await updateAccount(trx, account.id, { deletion_due_at: null })
            await writeAudit(trx, ownAct(account.id, 'account.deletion-withdrawn', deviceOf(c)), now)
          })
        return c.body(null, 204)
      },
    )
}
