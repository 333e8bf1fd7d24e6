import { Hono } from 'hono'
import { accountReply } from '#contract/http/account/account'
import {
  deletionReply,
  deletionRequest,
  detailsForm,
  mailLanguageForm,
  passwordChangeForm,
  testMailReply,
} from '#contract/http/account/my-page'
import { showSummary } from '../../mail/mailer/outbox'
import type { ServiceDeps } from '../../http/service-deps'
import { describe } from '../../http/openapi'
import { answerRefusal, problem } from '../../http/problem'
import { actorOf, signedIn } from '../session/signed-in.guard'
import { json } from '../../http/validate'
import { reauthenticate } from '../session/reauthenticate.action'
import { describeAccount, isMailOf } from '../account/account.repo'
import { changeDetails, changeMailLanguage } from './change-details.action'
import { changePassword } from './change-password.action'
import { disownActivity } from '../activity/not-me.action'
import { passwordProblems } from '../account/new-password.rules'
import { requestDeletion, withdrawDeletion } from '../account-deletion/request-deletion.action'
import { sendTestMail } from './send-test-mail.action'

/** M6 and ours: what the person who is signed in can change about themselves. */
export const myPageRoutes = (deps: ServiceDeps) => {
  const { db, passwords } = deps
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
        const { account, now } = c.var
        const { password, currentPassword } = c.req.valid('json')
        const owner = await reauthenticate(deps, { ...c.var, ...actorOf(c) }, currentPassword, now)
        if (!owner.ok) return answerRefusal(c, owner)
        const errors = passwordProblems(password, account.user_id)
        if (errors.length > 0) return problem(c, 'request.invalid', { errors })
        const changed = await changePassword(deps, actorOf(c), await passwords.hash(password), now)
        if (!changed.ok) return answerRefusal(c, changed)
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
        const changed = await changeDetails(deps, actorOf(c), c.req.valid('json'), c.var.now)
        if (!changed.ok) return answerRefusal(c, changed)
        return c.json(describeAccount(changed.value), 200)
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
        const changed = await changeMailLanguage(deps, actorOf(c), c.req.valid('json'), c.var.now)
        return changed.ok ? c.json(describeAccount(changed.value), 200) : answerRefusal(c, changed)
      },
    )
    .post(
      '/not-me',
      describe('A sign-in was not mine: lock the ID, end all sessions, mail a reset', { 204: null }, ['session.none']),
      signedIn(deps),
      async (c) => {
        const done = await disownActivity(deps, actorOf(c), c.var.now)
        if (!done.ok) return answerRefusal(c, done)
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
        const sent = await sendTestMail(deps, actorOf(c), c.var.now)
        if (!sent.ok) return answerRefusal(c, sent)
        return c.json({ ...sent.value, status: 'queued' as const, sentAt: null }, 202)
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
        const { now } = c.var
        const owner = await reauthenticate(deps, { ...c.var, ...actorOf(c) }, c.req.valid('json').currentPassword, now)
        if (!owner.ok) return answerRefusal(c, owner)
        const asked = await requestDeletion(deps, actorOf(c), now)
        if (!asked.ok) return answerRefusal(c, asked)
        return c.json({ dueAt: asked.value }, 202)
      },
    )
    .delete(
      '/deletion',
      describe('Keep the account after all', { 204: null }, ['session.none']),
      signedIn(deps),
      async (c) => {
        const withdrawn = await withdrawDeletion(deps, actorOf(c), c.var.now)
        return withdrawn.ok ? c.body(null, 204) : answerRefusal(c, withdrawn)
      },
    )
}
