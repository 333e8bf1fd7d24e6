import { SENDER_DOMAIN } from '../../mail/composer/composer'
import {
  bilingual,
  heading,
  letter,
  loginLink,
  notice,
  opening,
  paragraph,
  secretLink,
  timed,
} from '../../mail/composer/bilingual-mail'
import type { MailDraft } from '../../mail/mailer/outbox'
import { codeToRead, say } from '../../mail/composer/texts'
import type { AccountMailReader, MailedLink } from '../account/account.mail'

/** The link to the registration goes to an address before there is an account. */
export type RegistrationMailFacts = Omit<AccountMailReader, 'accountId'> & MailedLink

/** M3-4, M3-5: the link to the registration screen, good for 24 hours, and the code that does the same. */
export function registrationMail({ email, token, code, expiresAt, language }: RegistrationMailFacts): MailDraft {
  return {
    kind: 'registration',
    to: email,
    ...letter(language, 'mail.registration.subject', (one, isFirst) => [
      opening(one, isFirst, 'mail.registration.title'),
      paragraph(one, 'mail.registration.text'),
      ...(isFirst ? [secretLink(one, 'mail.registration.action', 'register')] : []),
      timed(one, 'mail.link.until', expiresAt),
      notice(one, 'mail.unasked.title', 'mail.unasked.text'),
    ]),
    secrets: { token, code: codeToRead(code) },
  }
}

/**
 * Ours: the mail to an address for which IDs exist already. It sends their owners to the login, and has the link for a further
 * person who shares the address. Which IDs exist is not said.
 */
export function registrationKnownMail({ email, token, code, expiresAt, language }: RegistrationMailFacts): MailDraft {
  return {
    kind: 'registration-known',
    to: email,
    ...letter(language, 'mail.known.subject', (one, isFirst) => [
      opening(one, isFirst, 'mail.known.title'),
      paragraph(one, 'mail.known.text'),
      ...(isFirst ? [loginLink(one)] : []),
      paragraph(one, 'mail.known.recover'),
      heading(one, 'mail.further.title'),
      paragraph(one, 'mail.further.text'),
      ...(isFirst ? [secretLink(one, 'mail.further.action', 'register', false)] : []),
      timed(one, 'mail.link.until', expiresAt),
      notice(one, 'mail.unasked.title', 'mail.unasked.text'),
    ]),
    secrets: { token, code: codeToRead(code) },
  }
}

/** M3-8: the user ID, ungrouped so that it can be copied, and what to do next (M4). The password is in no mail. */
export function registeredMail({
  accountId,
  email,
  nameEn,
  userId,
  language,
}: AccountMailReader & { nameEn: string; userId: string }): MailDraft {
  return {
    kind: 'registered',
    to: email,
    ...letter(language, 'mail.registered.subject', (one, isFirst) => [
      opening(one, isFirst, 'mail.registered.title'),
      paragraph(one, 'mail.registered.greeting', { name: { value: nameEn } }),
      isFirst
        ? { kind: 'plate', label: bilingual(one, 'mail.registered.userId'), value: userId }
        : paragraph(one, 'mail.registered.issued', { userId: { value: userId } }),
      paragraph(one, 'mail.registered.text'),
      heading(one, 'mail.registered.next'),
      {
        kind: 'steps',
        items: [
          say(one, 'mail.registered.counter'),
          say(one, 'mail.registered.delivery'),
          say(one, 'mail.registered.domain', { domain: SENDER_DOMAIN }),
          say(one, 'mail.registered.receipt'),
        ],
      },
    ]),
    secrets: {},
    accountId,
  }
}
