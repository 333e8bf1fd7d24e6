import { Temporal } from 'temporal-polyfill'
import type { WithdrawalReason } from '#contract/http/staff/admin'
import type { Db } from '../../database/open'
import type { OutboxRow } from '../../database/tables/outbox.table'
import { hashToken } from '../../platform/ids'
import { findAccount, findMailLinkByTokenHash, mailLinkFacts } from '../account/account.repo'
import { findCertificate } from '../certificate/certificate.repo'
import { certificateMailUnwanted, deletionMailUnwanted, linkMailUnwanted } from './still-wanted.rules'

const CERTIFICATE_MAILS = ['certificate', 'reminder']

/**
 * Mails that tell of something that has happened, with a link beside it. They leave in any case: whoever took the account could else
 * keep the news from its owner by making the link void at once.
 */
const NEWS = ['email-changed']

/** The token of a mail that has a link; null when there is none, or when it has been forgotten. */
function tokenOf(secrets: string | null): string | null {
  const token = secrets === null ? undefined : (JSON.parse(secrets) as Record<string, string>)['token']
  return token === undefined || token === '' ? null : token
}

/**
 * Why a mail that was written is no longer wanted at `now`, null while it is. It reads the state as it is now: what a mail says
 * was true when it was written, and it may have waited for days.
 */
export async function withdrawalReason(
  db: Db,
  { kind, certificate_number, account_id, secrets, created_at }: OutboxRow,
  now: Temporal.Instant,
): Promise<WithdrawalReason | null> {
  if (CERTIFICATE_MAILS.includes(kind)) {
    const row = await findCertificate(db, certificate_number ?? '')
    const standing = row && {
      cancelledAt: row.cancelled_at,
      registeredAt: row.registered_at,
      validUntil: row.valid_until,
    }
    return certificateMailUnwanted(kind, standing, now)
  }
  const token = NEWS.includes(kind) ? null : tokenOf(secrets)
  if (token !== null) {
    const link = await findMailLinkByTokenHash(db, hashToken(token))
    return linkMailUnwanted(link && mailLinkFacts(link), now)
  }
  if (kind === 'deletion-asked') {
    const due = account_id === null ? null : (await findAccount(db, account_id))?.deletion_due_at
    return deletionMailUnwanted(Temporal.Instant.from(created_at), due ? Temporal.Instant.from(due) : null)
  }
  return null
}
