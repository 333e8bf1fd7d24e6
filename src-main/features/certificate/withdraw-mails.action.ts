import type { Temporal } from 'temporal-polyfill'
import type { WithdrawalReason } from '#contract/http/staff/admin'
import type { Db } from '../../database/open'
import { withdrawMailsOf } from '../../mail/mailer/outbox'
import { writeAudit } from '../../database/audit'

/** Writes down that a mail was withdrawn. */
export async function auditWithdrawal(
  trx: Db,
  id: string,
  reason: WithdrawalReason,
  now: Temporal.Instant,
): Promise<void> {
  await writeAudit(trx, { actor: 'program', action: 'mail.withdrawn', subject: `mail:${id}`, detail: { reason } }, now)
}

/**
 * Ends the mails of a certificate that wait or were given up, in the transaction of the change that makes them untrue, so that
 * the lists say it at once. One that is under way is left to the worker, which asks by itself whether it is still wanted.
 */
export async function withdrawCertificateMails(
  trx: Db,
  certificateNumber: string,
  reason: 'certificate.cancelled' | 'certificate.registered',
  now: Temporal.Instant,
): Promise<void> {
  const kinds = reason === 'certificate.registered' ? ['reminder'] : ['certificate', 'reminder']
  for (const id of await withdrawMailsOf(trx, { certificateNumber, kinds }, reason, now))
    await auditWithdrawal(trx, id, reason, now)
}
