import {
  letter,
  loginLink,
  notice,
  opening,
  paragraph,
  secretLink,
  timed,
  userIdPlate,
} from '../../mail/composer/bilingual-mail'
import type { MailDraft } from '../../mail/mailer/outbox'
import { codeToRead } from '../../mail/composer/texts'
import type { AccountMailReader, MailedLink } from '../account/account.mail'

/** M2.4: the IDs that belong to the typed address and name; a shared address may have several. */
export function userIdReminderMail({
  accountId,
  email,
  userIds,
  language,
}: AccountMailReader & { userIds: { userId: string; nameEn: string | null }[] }): MailDraft {
  return {
    kind: 'user-id-reminder',
    to: email,
    ...letter(language, 'mail.reminder.subject', (one, isFirst) => [
      opening(one, isFirst, 'mail.reminder.title'),
      paragraph(one, 'mail.reminder.text'),
      ...(isFirst ? [...userIds.map(({ userId, nameEn }) => userIdPlate(one, userId, nameEn)), loginLink(one)] : []),
      paragraph(one, 'mail.reminder.password'),
      notice(one, 'mail.unasked.title', 'mail.reminder.unasked'),
    ]),
    secrets: {},
    accountId,
  }
}

/**
 * M2.5: the link to the reset of the password, good for 1 hour, once. `not-me`: the reader has said that something was not done
 * by him, whereupon his ID was locked and all its sessions ended.
 */
export function passwordResetMail({
  accountId,
  email,
  token,
  code,
  expiresAt,
  reason,
  userId,
  language,
}: AccountMailReader & MailedLink & { userId: string; reason: 'asked' | 'not-me' }): MailDraft {
  const words = reason === 'asked' ? 'mail.reset' : 'mail.notMe'
  return {
    kind: 'password-reset',
    to: email,
    ...letter(language, `${words}.subject`, (one, isFirst) => [
      opening(one, isFirst, `${words}.title`),
      paragraph(one, `${words}.text`),
      ...(isFirst ? [userIdPlate(one, userId), secretLink(one, 'mail.reset.action', 'password-reset')] : []),
      timed(one, 'mail.reset.until', expiresAt),
      notice(one, 'mail.unasked.title', `${words}.unasked`),
    ]),
    secrets: { token, code: codeToRead(code) },
    accountId,
  }
}
