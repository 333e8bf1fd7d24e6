import { Temporal } from 'temporal-polyfill'
import type { WithdrawalReason } from '#contract/http/staff/admin'
import type { LinkKind } from '#domain/mail-link'
import { deletionDue, openLink } from '../account/account.rules'
import { isStillValid } from '../timeline/reminder.rules'

/** What of a certificate decides over its mails. Instants are ISO, `validUntil` is a date. */
export interface CertificateStanding {
  cancelledAt: string | null
  registeredAt: string | null
  validUntil: string
}

/**
 * A certificate that was cancelled is sent to nobody any more, one that is gone neither. M1.4, M5: a reminder is for somebody who
 * has not registered the receipt of a certificate that is still good; the certificate itself may be sent again at any time.
 */
export function certificateMailUnwanted(
  kind: string,
  certificate: CertificateStanding | null,
  now: Temporal.Instant,
): WithdrawalReason | null {
  if (certificate === null || certificate.cancelledAt !== null) return 'certificate.cancelled'
  if (kind !== 'reminder') return null
  if (certificate.registeredAt !== null) return 'certificate.registered'
  return isStillValid(certificate.validUntil, now) ? null : 'certificate.expired'
}

/** A mail whose link opens nothing would send its reader to a refusal; `link` null = it was taken back. */
export function linkMailUnwanted(
  link: { kind: LinkKind; issuedAt: Temporal.Instant; usedAt: Temporal.Instant | null } | null,
  now: Temporal.Instant,
): WithdrawalReason | null {
  if (link === null) return 'link.withdrawn'
  const opened = openLink(link, now)
  return opened.ok ? null : opened.problem
}

/** The mail says on which day the account goes: after a change of mind there is no such day, or another one. */
export function deletionMailUnwanted(
  askedAt: Temporal.Instant,
  dueAt: Temporal.Instant | null,
): WithdrawalReason | null {
  return dueAt !== null && Temporal.Instant.compare(dueAt, deletionDue(askedAt)) === 0 ? null : 'deletion.withdrawn'
}
