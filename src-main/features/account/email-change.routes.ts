import { Hono } from 'hono'
import { Temporal } from 'temporal-polyfill'
import { emailChangedReply, emailChangeReply, emailChangeRequest, emailLinkReply } from '#contract/my-page'
import type { Db } from '../../database/open'
import { enqueueMail } from '../../mail/outbox'
import { instantText } from '../../platform/clock'
import { ownAct, writeAudit } from '../../service/audit'
import { confirmOwner } from '../../service/confirm-owner'
import type { ServiceDeps } from '../../service/deps'
import { describe } from '../../service/describe'
import { deviceOf } from '../../service/device'
import { passMailLimits } from '../../service/mail-limits'
import { problem } from '../../service/problem'
import { signedIn } from '../../service/signed-in'
import { json } from '../../service/validate'
import { endSessionsOf } from '../session/session.repo'
import {
  createMailLink,
  findAccount,
  findMailLink,
  mailLinkFacts,
  moveEmail,
  useMailLink,
  withdrawMailLinks,
} from './account.repo'
import { linkEnd, maskEmail, openLink } from './account.rules'
import type { AccountRow } from './account.table'
import { emailChangedMail, emailChangeDoneMail, emailChangeMail, emailChangeUndoneMail } from './my-page.mail'

type EmailLinkKind = 'email-change' | 'email-undo'

/** The open link of a token with its person, or why there is none. */
async function openEmailLink(trx: Db, kind: EmailLinkKind, token: string, now: Temporal.Instant) {
  const link = await findMailLink(trx, kind, token)
  const account = link?.account_id ? await findAccount(trx, link.account_id) : null
  if (!link || !account) return { ok: false, problem: 'link.unknown' } as const
  const opened = openLink(mailLinkFacts(link), now)
  return opened.ok ? ({ ok: true, value: { link, account } } as const) : opened
}

/** M6.1: the person who is signed in asks for another address; nothing changes before the link to it is opened. */
export const emailChangeAskRoutes = (deps: ServiceDeps) =>
  new Hono().post(
    '/',
    describe('Have a link mailed to the new address (M6.1)', { 202: emailChangeReply }, [
      'request.invalid',
      'request.too-many',
      'session.none',
      'session.not-recent',
      'session.locked',
    ]),
    signedIn(deps),
    json(emailChangeRequest),
    async (c) => {
      const { account, now } = c.var
      const { email, currentPassword } = c.req.valid('json')
      const refusal = await confirmOwner(deps, c, currentPassword)
      if (refusal) return refusal
      if (email === account.email)
        return problem(c, 'request.invalid', { errors: [{ field: 'email', code: 'email.same' }] })
      const { id: accountId, language } = account
      const expiresAt = linkEnd('email-change', now) ?? now
      const asked = await deps.db.transaction().execute(async (trx) => {
        const passed = await passMailLimits(trx, c, { what: 'email-change', email }, now)
        if (!passed.ok) return passed
        await withdrawMailLinks(trx, accountId, 'email-change')
        const link = await createMailLink(trx, { kind: 'email-change', email, language, accountId }, now)
        await enqueueMail(trx, emailChangeMail({ accountId, email, language, ...link, expiresAt }), now, deps.mailFrom)
        await writeAudit(trx, ownAct(accountId, 'account.email-change-asked', deviceOf(c)), now)
        return passed
      })
      if (!asked.ok) return problem(c, 'request.too-many', { retryAt: instantText(asked.problem.retryAt) })
      deps.mailWaits()
      return c.json({ email, expiresAt: instantText(expiresAt) }, 202)
    },
  )

const act = {
  'email-change': async (trx: Db, account: AccountRow, email: string, now: Temporal.Instant, mailFrom: string) => {
    const { id: accountId, language, email: oldEmail } = account
    const undo = await createMailLink(trx, { kind: 'email-undo', email: oldEmail, language, accountId }, now)
    const expiresAt = linkEnd('email-undo', now) ?? now
    const told = { accountId, email: oldEmail, language, ...undo, expiresAt, newEmailMasked: maskEmail(email) }
    await moveEmail(trx, account, email)
    await enqueueMail(trx, emailChangedMail(told), now, mailFrom)
    await enqueueMail(trx, emailChangeDoneMail({ accountId, email, language }), now, mailFrom)
    return 'account.email-changed'
  },
  'email-undo': async (trx: Db, account: AccountRow, email: string, now: Temporal.Instant, mailFrom: string) => {
    const { id: accountId, language } = account
    await moveEmail(trx, account, email)
    await withdrawMailLinks(trx, accountId, 'email-change')
    await endSessionsOf(trx, accountId)
    await enqueueMail(trx, emailChangeUndoneMail({ accountId, email, language }), now, mailFrom)
    return 'account.email-change-undone'
  },
} as const

/** The two links of an e-mail change: to the new address, which completes it, and to the old one, which undoes it for 7 days (ours). */
export const emailLinkRoutes = ({ db, clock, mailFrom, mailWaits }: ServiceDeps, kind: EmailLinkKind) =>
  new Hono()
    .get(
      '/:token',
      describe('Look at a link of an e-mail change; changes nothing', { 200: emailLinkReply }, [
        'link.unknown',
        'link.used',
        'link.expired',
      ]),
      async (c) => {
        const opened = await openEmailLink(db, kind, c.req.param('token'), clock.now())
        if (!opened.ok) return problem(c, opened.problem)
        const { email, issued_at } = opened.value.link
        const end = linkEnd(kind, Temporal.Instant.from(issued_at))
        return c.json({ email, expiresAt: end ? instantText(end) : '' }, 200)
      },
    )
    .post(
      '/:token/completion',
      describe('Put the address of the link in place', { 200: emailChangedReply }, [
        'link.unknown',
        'link.used',
        'link.expired',
      ]),
      async (c) => {
        const now = clock.now()
        const changed = await db.transaction().execute(async (trx) => {
          const opened = await openEmailLink(trx, kind, c.req.param('token'), now)
          if (!opened.ok) return opened
          const { link, account } = opened.value
          await useMailLink(trx, link.id, now)
          const action = await act[kind](trx, account, link.email, now, mailFrom)
          await writeAudit(trx, ownAct(account.id, action, deviceOf(c)), now)
          return { ok: true, value: link.email } as const
        })
        if (!changed.ok) return problem(c, changed.problem)
        mailWaits()
        return c.json({ email: changed.value }, 200)
      },
    )
