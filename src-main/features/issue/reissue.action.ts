import type { Temporal } from 'temporal-polyfill'
import type { CertificateInput } from '#contract/http/certificate/certificate'
import type { ActionDeps } from '../../mail/mailer/mailer'
import { refused, type Outcome } from '../../platform/outcome'
import { findAccount } from '../account/account.repo'
import { replaceCertificateOf } from '../application/application.repo'
import { withdrawCertificateMails } from '../certificate/withdraw-mails.action'
import { asStaff, type StaffActor } from '../staff-session/as-staff.action'
import { certificateProblems, issueCertificate } from './import-certificates.action'
import { cancelCertificate, findCertificate } from '../certificate/certificate.repo'

/** Corrects a certificate: takes it back and issues another in its place; both are stored. Answers the new number. */
export const reissue = (
  { db, mailer }: ActionDeps,
  actor: StaffActor,
  { number: asked, reason, form }: { number: string; reason: string; form: Omit<CertificateInput, 'userId'> },
  now: Temporal.Instant,
): Promise<Outcome<string>> =>
  asStaff(db, actor, now, async (trx, { person, note }) => {
    const row = await findCertificate(trx, asked)
    const account = row && (await findAccount(trx, row.account_id))
    if (!row || !account) return refused('certificate.unknown')
    if (row.cancelled_at !== null) return refused('certificate.cancelled')
    const { number } = row
    const input = { ...form, userId: account.user_id }
    const errors = await certificateProblems(trx, input, now)
    if (errors.length > 0)
      return refused(
        'request.invalid',
        errors.map((error) => ({ ...error, field: `certificate.${error.field}` })),
      )
    if (!(await cancelCertificate(trx, number, input.certificateNumber, now))) return refused('certificate.cancelled')
    await withdrawCertificateMails(trx, number, 'certificate.cancelled', now)
    await note({ action: 'certificate.cancelled', subject: `certificate:${number}`, detail: { reason } })
    const source = { actor: `staff:${person.id}`, mailer }
    const validUntil = await issueCertificate(trx, { input, account }, source, now)
    await replaceCertificateOf(trx, number, { number: input.certificateNumber, validUntil }, now)
    return { ok: true, value: input.certificateNumber }
  })
