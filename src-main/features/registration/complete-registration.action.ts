import type { Temporal } from 'temporal-polyfill'
import type { RegistrationForm } from '#contract/http/account/account'
import type { Db } from '../../database/open'
import type { ActionDeps } from '../../mail/mailer/mailer'
import { selfAuditEntry, writeAudit } from '../../database/audit'
import { refused, type Outcome } from '../../platform/outcome'
import { registeredMail } from './registration.mail'
import { createAccount, findMailLink, mailLinkFacts, useMailLink } from '../account/account.repo'
import { openLink } from '../account/account.rules'
import type { MailLinkRow } from '../../database/tables/account.table'

/** The open registration link of a token, or why there is none. */
export async function openRegistration(db: Db, token: string, now: Temporal.Instant): Promise<Outcome<MailLinkRow>> {
  const link = await findMailLink(db, 'registration', token)
  if (!link) return refused('link.unknown')
  const opened = openLink(mailLinkFacts(link), now)
  return opened.ok ? { ok: true, value: link } : refused(opened.problem)
}

/** M3-8: the user ID is issued and mailed; a link registers one person. */
export const completeRegistration = (
  { db, mailer }: ActionDeps,
  {
    token,
    form,
    passwordHash,
    device,
  }: { token: string; form: RegistrationForm; passwordHash: string; device: string | null },
  now: Temporal.Instant,
): Promise<Outcome<{ userId: string; email: string }>> =>
  db.transaction().execute(async (trx): Promise<Outcome<{ userId: string; email: string }>> => {
    const opened = await openRegistration(trx, token, now)
    if (!opened.ok) return opened
    const { id: linkId, email, language: linkLanguage } = opened.value
    if (!(await useMailLink(trx, linkId, now))) return refused('link.used')
    const language = form.language ?? linkLanguage
    const { id: accountId, userId } = await createAccount(trx, { ...form, email, language, passwordHash }, now)
    await mailer.enqueue(trx, registeredMail({ accountId, email, nameEn: form.nameEn, userId, language }), now)
    await writeAudit(trx, selfAuditEntry(accountId, 'account.registered', device), now)
    return { ok: true, value: { userId, email } }
  })
