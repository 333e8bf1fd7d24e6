import type { Temporal } from 'temporal-polyfill'
import type { ActionDeps } from '../../mail/mailer/mailer'
import { refused, type Outcome } from '../../platform/outcome'
import { findAccount } from '../account/account.repo'
import { asStaff, type StaffActor } from '../staff-session/as-staff.action'
import { resendCertificate } from './import-certificates.action'
import { findCertificate } from '../certificate/certificate.repo'

/** Sends the mail of a certificate again, with a new link and code. */
export const resend = (
  { db, mailer }: ActionDeps,
  actor: StaffActor,
  { number: asked, reason }: { number: string; reason: string },
  now: Temporal.Instant,
): Promise<Outcome<null>> =>
  asStaff(db, actor, now, async (trx, { note }) => {
    const row = await findCertificate(trx, asked)
    const account = row && (await findAccount(trx, row.account_id))
    if (!row || !account) return refused('certificate.unknown')
    if (row.cancelled_at !== null) return refused('certificate.cancelled')
    const { number } = row
    await resendCertificate(trx, row, account, mailer, now)
    await note({ action: 'certificate.resent', subject: `certificate:${number}`, detail: { reason } })
    return { ok: true, value: null }
  })
