import type { Temporal } from 'temporal-polyfill'
import type { Language } from '#domain/language'
import type { Db } from '../../database/open'
import type { Mailer } from '../../mail/mailer/mailer'
import { createMailLink, forgetMailLink } from '../account/account.repo'
import { linkEnd } from '../account/account.rules'
import { passwordResetMail, userIdReminderMail } from './recovery.mail'

// Who asks for a forgotten ID or password is answered the same whether or not somebody is there. So is the time of the answer, because the
// same is done: a mail is composed, a link is written, and both are gone with the same transaction. Work, not a pause: a pause shows
// again on a busy machine.

/** Nobody's: it has no check character that fits, so that it is never given. */
const NOBODY = { accountId: '', userId: '2222222222' }

/** As much work as the mail with the IDs of somebody, for nobody. */
export const pretendUserIdReminder = (
  trx: Db,
  { email, language = 'ja', nameEn }: { email: string; language?: Language | undefined; nameEn: string },
  now: Temporal.Instant,
  mailer: Mailer,
): Promise<void> =>
  mailer.enqueueDecoy(trx, userIdReminderMail({ ...NOBODY, email, language, userIds: [{ ...NOBODY, nameEn }] }), now)

/** As much work as the mail with the link to a new password, for nobody; the link is none. */
export async function pretendPasswordReset(
  trx: Db,
  { email, language = 'ja', askedBy }: { email: string; language?: Language | undefined; askedBy: string | null },
  now: Temporal.Instant,
  mailer: Mailer,
): Promise<void> {
  const link = await createMailLink(trx, { kind: 'password-reset', email, language, askedBy }, now)
  const expiresAt = linkEnd('password-reset', now) ?? now
  const mail = passwordResetMail({ ...NOBODY, email, language, ...link, expiresAt, reason: 'asked' })
  await mailer.enqueueDecoy(trx, mail, now)
  await forgetMailLink(trx, link.token)
}
