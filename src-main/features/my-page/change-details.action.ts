import type { Temporal } from 'temporal-polyfill'
import type * as z from 'zod/mini'
import type { detailsForm, mailLanguageForm } from '#contract/http/account/my-page'
import type { Db } from '../../database/open'
import type { ActionDeps } from '../../mail/mailer/mailer'
import { selfAuditEntry, writeAudit } from '../../database/audit'
import { refused, type Outcome } from '../../platform/outcome'
import { asSignedIn, type SignedInActor } from '../session/as-signed-in.action'
import { updateAccount } from '../account/account.repo'
import { changedDetails, wantedDetails } from '../account/account.rules'
import type { AccountRow } from '../../database/tables/account.table'
import { detailsChangedMail } from '../account/account.mail'

/** M6.3: changes phone, and where the 利用申出 is approved postal code and address; what the form leaves out stays as it is. */
export const changeDetails = (
  { db, mailer }: ActionDeps,
  who: SignedInActor,
  form: z.output<typeof detailsForm>,
  now: Temporal.Instant,
): Promise<Outcome<AccountRow>> =>
  asSignedIn<AccountRow>(db, who, now, async (trx, { account }) => {
    const wanted = wantedDetails(form, account)
    const fields = changedDetails(wanted, account)
    const notApproved = account.use_approved_at === null ? fields.filter((field) => field !== 'phone') : []
    if (notApproved.length > 0)
      return refused(
        'request.invalid',
        notApproved.map((field) => ({ field, code: 'field.not-approved' })),
      )
    if (fields.length > 0) {
      const { id: accountId, email, language } = account
      await updateAccount(trx, accountId, wanted)
      await mailer.enqueue(trx, detailsChangedMail({ accountId, email, language, fields }), now)
      await writeAudit(trx, selfAuditEntry(accountId, 'account.phone-changed', who.device), now)
    }
    return { ok: true, value: { ...account, ...wanted } }
  })

/** Ours: in which language mails come, and how their Japanese is written. */
export const changeMailLanguage = (
  { db }: { db: Db },
  who: SignedInActor,
  { language, mailJapanese: mail_japanese }: z.output<typeof mailLanguageForm>,
  now: Temporal.Instant,
): Promise<Outcome<AccountRow>> =>
  asSignedIn<AccountRow>(db, who, now, async (trx, { account }) => {
    const wanted = { language, mail_japanese }
    if (language !== account.language || mail_japanese !== account.mail_japanese) {
      await updateAccount(trx, account.id, wanted)
      await writeAudit(trx, selfAuditEntry(account.id, 'account.mail-language-changed', who.device), now)
    }
    return { ok: true, value: { ...account, ...wanted } }
  })
