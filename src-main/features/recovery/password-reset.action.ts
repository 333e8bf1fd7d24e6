import type { Temporal } from 'temporal-polyfill'
import type { Language } from '#domain/language'
import type { Db } from '../../database/open'
import type { ActionDeps, Mailer } from '../../mail/mailer/mailer'
import { selfAuditEntry, writeAudit } from '../../database/audit'
import { refused, type Outcome } from '../../platform/outcome'
import { saveLoginAttempts } from '../session/session.repo'
import { applicantName, NO_LOGIN_ATTEMPTS } from '../session/session.rules'
import {
  createMailLink,
  findAccount,
  findMailLink,
  mailLinkFacts,
  setPassword,
  useMailLink,
} from '../account/account.repo'
import { linkEnd, openLink } from '../account/account.rules'
import type { AccountRow, MailLinkRow } from '../../database/tables/account.table'
import { voidCredentials } from '../session/credentials.repo'
import { passwordChangedMail } from '../account/account.mail'
import { passwordResetMail } from './recovery.mail'

/**
 * Writes a reset link and its mail. Earlier ones go on working until one of them is used: whoever knows ID and address could else
 * make each link void by asking again. How many there can be is limited by how often one may ask (`consumeMailRateLimits`).
 */
export async function mailPasswordReset(
  trx: Db,
  account: AccountRow,
  {
    reason,
    language,
    askedBy,
  }: { reason: 'asked' | 'not-me'; language?: Language | undefined; askedBy?: string | null },
  now: Temporal.Instant,
  mailer: Mailer,
): Promise<void> {
  const { email, id: accountId, user_id: userId } = account
  const to = { accountId, email, language: language ?? account.language }
  const link = await createMailLink(trx, { kind: 'password-reset', ...to, askedBy: askedBy ?? null }, now)
  const expiresAt = linkEnd('password-reset', now) ?? now
  await mailer.enqueue(trx, passwordResetMail({ ...to, userId, ...link, expiresAt, reason }), now)
}

/** The open reset link of a token with its person, or why there is none. */
export async function openReset(
  trx: Db,
  token: string,
  now: Temporal.Instant,
): Promise<Outcome<{ link: MailLinkRow; account: AccountRow }>> {
  const link = await findMailLink(trx, 'password-reset', token)
  const account = link?.account_id ? await findAccount(trx, link.account_id) : null
  if (!link || !account) return refused('link.unknown')
  const opened = openLink(mailLinkFacts(link), now)
  return opened.ok ? { ok: true, value: { link, account } } : refused(opened.problem)
}

/** M2.5: a new password by a mailed link; lifts the lock at once, ends all sessions and voids all other links of the account. */
export const resetPassword = (
  { db, mailer }: ActionDeps,
  { token, passwordHash, device }: { token: string; passwordHash: string; device: string | null },
  now: Temporal.Instant,
): Promise<Outcome<null>> =>
  db.transaction().execute(async (trx): Promise<Outcome<null>> => {
    const opened = await openReset(trx, token, now)
    if (!opened.ok) return opened
    const { link, account } = opened.value
    if (!(await useMailLink(trx, link.id, now))) return refused('link.used')
    const { id: accountId, email, language, user_id: userId } = account
    await setPassword(trx, accountId, passwordHash)
    await saveLoginAttempts(trx, applicantName(account), NO_LOGIN_ATTEMPTS)
    await voidCredentials(trx, accountId, {}, now)
    await mailer.enqueue(trx, passwordChangedMail({ accountId, email, language, userId, at: now, how: 'reset' }), now)
    await writeAudit(trx, selfAuditEntry(accountId, 'account.password-reset', device), now)
    return { ok: true, value: null }
  })
