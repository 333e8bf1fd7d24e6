import type { Language } from '#domain/language'
import { SENDER_DOMAIN } from '../../mail/composer/composer'
import { letter, opening, paragraph } from '../../mail/composer/bilingual-mail'
import type { MailDraft } from '../../mail/mailer/outbox'

/** Ours: shows an admin that the mail server takes mail. */
export function mailCheckMail(email: string, language: Language): MailDraft {
  return {
    kind: 'test',
    to: email,
    ...letter(language, 'mail.test.subject', (one, isFirst) => [
      opening(one, isFirst, 'mail.test.title'),
      paragraph(one, 'mail.test.text'),
      paragraph(one, 'mail.test.spam', { domain: SENDER_DOMAIN }),
    ]),
    secrets: {},
  }
}
