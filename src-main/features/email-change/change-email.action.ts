import { Temporal } from 'temporal-polyfill'
import { emailKey } from '#domain/text/email-address'
import type { Db } from '../../database/open'
import type { ActionDeps } from '../../mail/mailer/mailer'
import type { Passwords } from '../../platform/crypto/passwords'
import { selfAuditEntry, writeAudit } from '../../database/audit'
import { refused, type Outcome } from '../../platform/outcome'
import { countPassword } from '../session/reauthenticate.action'
import { holdSession } from '../session/session.repo'
import { isSessionOpen } from '../session/session.rules'
import type { SessionRow } from '../../database/tables/session.table'
import { withVerifiedPassword } from '../session/verify-password.action'
import {
  createMailLink,
  findAccount,
  findMailLink,
  mailLinkFacts,
  moveEmail,
  useMailLink,
} from '../account/account.repo'
import { linkEnd, maskEmail, openLink } from '../account/account.rules'
import type { AccountRow, MailLinkRow } from '../../database/tables/account.table'
import { voidCredentials, voidUndosTo } from '../session/credentials.repo'
import { emailChangedMail, emailChangeDoneMail, emailChangeUndoneMail } from '../account/account.mail'
import { stopDeletion } from '../account-deletion/request-deletion.action'

export type EmailLinkKind = 'email-change' | 'email-undo'

interface OpenEmailLink {
  link: MailLinkRow
  account: AccountRow
}

/** The open link of a token with its person, or why there is none. */
export async function openEmailLink(
  trx: Db,
  kind: EmailLinkKind,
  token: string,
  now: Temporal.Instant,
): Promise<Outcome<OpenEmailLink>> {
  const link = await findMailLink(trx, kind, token)
  const account = link?.account_id ? await findAccount(trx, link.account_id) : null
  if (!link || !account) return refused('link.unknown')
  const opened = openLink(mailLinkFacts(link), now)
  return opened.ok ? { ok: true, value: { link, account } } : refused(opened.problem)
}

/**
 * Whether this session lets its holder complete the change of an address without the password: whoever has only the link, because
 * they had it sent to themselves, must not get the account by it (ours).
 */
export const opensAccount = (session: SessionRow | null, account: AccountRow, now: Temporal.Instant): boolean =>
  session !== null &&
  session.account_id === account.id &&
  isSessionOpen(Temporal.Instant.from(session.last_move_at), now)

export interface EmailCompletion {
  token: string
  /** Hash of the session of the browser that opened the link, where it has one. */
  sessionHash: string | undefined
  currentPassword: string | undefined
  device: string | null
}

/**
 * M6.1: puts the new address in place. It takes the link and, besides, an open session of that account or its password; a wrong one
 * counts towards the lock. All that was handed out before is void; the old address can undo the change for 7 days (ours).
 */
export async function completeEmailChange(
  { db, passwords, mailer }: ActionDeps & { passwords: Passwords },
  { token, sessionHash, currentPassword, device }: EmailCompletion,
  now: Temporal.Instant,
): Promise<Outcome<string>> {
  const putInPlace = async (
    trx: Db,
    { link, account }: OpenEmailLink,
    keepSession?: string,
  ): Promise<Outcome<string>> => {
    if (!(await useMailLink(trx, link.id, now))) return refused('link.used')
    const { id: accountId, language, email: oldEmail } = account
    await voidCredentials(trx, accountId, { keepSession }, now)
    await voidUndosTo(trx, accountId, emailKey(oldEmail), now)
    const undo = await createMailLink(trx, { kind: 'email-undo', email: oldEmail, language, accountId }, now)
    const expiresAt = linkEnd('email-undo', now) ?? now
    const told = { accountId, email: oldEmail, language, ...undo, expiresAt, newEmailMasked: maskEmail(link.email) }
    await moveEmail(trx, account, link.email)
    await mailer.enqueue(trx, emailChangedMail(told), now)
    await mailer.enqueue(trx, emailChangeDoneMail({ accountId, email: link.email, language }), now)
    await writeAudit(trx, selfAuditEntry(accountId, 'account.email-changed', device), now)
    return { ok: true, value: link.email }
  }
  const bySession = await db.transaction().execute(async (trx): Promise<Outcome<string> | null> => {
    const opened = await openEmailLink(trx, 'email-change', token, now)
    if (!opened.ok) return opened
    const held = sessionHash === undefined ? null : await holdSession(trx, sessionHash, now)
    return held?.account.id === opened.value.account.id ? putInPlace(trx, opened.value, sessionHash) : null
  })
  if (bySession) return bySession
  if (currentPassword === undefined || currentPassword === '') return refused('password.needed')
  const find = async (trx: Db) => {
    const opened = await openEmailLink(trx, 'email-change', token, now)
    return opened.ok ? opened.value.account : null
  }
  return withVerifiedPassword<Outcome<string>>({ db, passwords }, find, currentPassword, async (trx, { isRight }) => {
    const opened = await openEmailLink(trx, 'email-change', token, now)
    if (!opened.ok) return opened
    const { account } = opened.value
    return (
      (await countPassword(trx, account, isRight, { actor: 'visitor', device }, now)) ?? putInPlace(trx, opened.value)
    )
  })
}

/**
 * Ours: puts an earlier address back, from the mail that went to it. Links to addresses that came after it are void with all else;
 * so is a deletion that somebody may have asked for meanwhile.
 */
export const undoEmailChange = (
  { db, mailer }: ActionDeps,
  { token, device }: { token: string; device: string | null },
  now: Temporal.Instant,
): Promise<Outcome<string>> =>
  db.transaction().execute(async (trx): Promise<Outcome<string>> => {
    const opened = await openEmailLink(trx, 'email-undo', token, now)
    if (!opened.ok) return opened
    const { link, account } = opened.value
    if (!(await useMailLink(trx, link.id, now))) return refused('link.used')
    const { id: accountId, language } = account
    const { email } = link
    await voidCredentials(trx, accountId, { undone: link }, now)
    await moveEmail(trx, account, email)
    await stopDeletion(trx, account, device, now)
    await mailer.enqueue(trx, emailChangeUndoneMail({ accountId, email, language }), now)
    await writeAudit(trx, selfAuditEntry(accountId, 'account.email-change-undone', device), now)
    return { ok: true, value: email }
  })
