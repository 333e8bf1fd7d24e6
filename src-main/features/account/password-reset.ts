import type { Temporal } from 'temporal-polyfill'
import type { Db } from '../../database/open'
import { enqueueMail } from '../../mail/outbox'
import { createMailLink, withdrawMailLinks } from './account.repo'
import { linkEnd } from './account.rules'
import type { AccountRow } from './account.table'
import { passwordResetMail } from './recovery.mail'

/** Writes a reset link and its mail; earlier ones of this person go. */
export async function mailPasswordReset(
  trx: Db,
  account: AccountRow,
  reason: 'asked' | 'not-me',
  now: Temporal.Instant,
  mailFrom: string,
  language = account.language,
): Promise<void> {
  await withdrawMailLinks(trx, account.id, 'password-reset')
  const { email, id: accountId, user_id: userId } = account
  const link = await createMailLink(trx, { kind: 'password-reset', email, language, accountId }, now)
  const expiresAt = linkEnd('password-reset', now) ?? now
  await enqueueMail(
    trx,
    passwordResetMail({ accountId, email, language, userId, ...link, expiresAt, reason }),
    now,
    mailFrom,
  )
}
