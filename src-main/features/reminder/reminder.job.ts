import { Temporal } from 'temporal-polyfill'
import type { Db } from '../../database/open'
import type { ActionDeps, Mailer } from '../../mail/mailer/mailer'
import { instantText } from '../../platform/clock'
import { inBatches, type Job } from '../../platform/scheduler'
import { writeAudit } from '../../database/audit'
import { createMailLink, findAccount } from '../account/account.repo'
import { certificateMail } from '../certificate/certificate.mail'
import {
  certificateFactsOf,
  findDueReminders,
  firstDueReminder,
  rescheduleReminder,
} from '../certificate/certificate.repo'
import type { CertificateRow } from '../../database/tables/certificate.table'
import { isStillValid, nextReminder } from '../timeline/reminder.rules'
import { signedLine } from '../certificate/signed-certificate.action'

/** So many reminders are written in one transaction. */
const SLICE = 50

/** Writes the reminder of one certificate, unless another process was faster; then sets the next one. */
async function remind(trx: Db, row: CertificateRow, now: Temporal.Instant, mailer: Mailer): Promise<void> {
  if (row.mail_accepted_at === null) return
  const next = nextReminder(Temporal.Instant.from(row.mail_accepted_at), row.valid_until, now)
  const goesOut = isStillValid(row.valid_until, now)
  if (!(await rescheduleReminder(trx, row, next, goesOut))) return
  const account = goesOut ? await findAccount(trx, row.account_id) : null
  if (!account) return
  const { id: accountId, email, language } = account
  const certificateNumber = row.number
  const link = await createMailLink(trx, { kind: 'receipt', email, language, certificateNumber, accountId }, now)
  const content = certificateFactsOf(row)
  const mail = certificateMail({
    ...content,
    accountId,
    email,
    language,
    ...link,
    signedLine: await signedLine(trx, certificateNumber, now),
    reminder: row.reminders + 1,
  })
  await mailer.enqueue(trx, mail, now)
  const detail = { count: row.reminders + 1 }
  await writeAudit(
    trx,
    { actor: 'program', action: 'certificate.reminded', subject: `certificate:${certificateNumber}`, detail },
    now,
  )
}

/**
 * M1.4, M5: every 7 days from the moment the mail server took the CoE mail until the receipt is registered or the certificate is
 * over, its mail goes out again with a new link and code. When the program was off: one reminder at once, then back on the grid.
 */
export function reminderJob({ db, mailer }: ActionDeps): Job {
  return {
    name: 'reminders',
    nextDue: async () => {
      const due = await firstDueReminder(db)
      return due === null ? null : Temporal.Instant.from(due)
    },
    run: (now) =>
      inBatches(async () => {
        const rows = await findDueReminders(db, instantText(now), SLICE)
        if (rows.length > 0)
          await db.transaction().execute(async (trx) => {
            for (const row of rows) await remind(trx, row, now, mailer)
          })
        return rows.length < SLICE ? 'done' : 'more'
      }),
  }
}
