import type { Language } from '#contract/language'
import { SENDER_DOMAIN } from '../../mail/composer'
import { letter, opening, paragraph } from '../../mail/letter'
import type { MailDraft } from '../../mail/outbox'

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
