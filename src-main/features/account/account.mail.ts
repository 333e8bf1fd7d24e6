import type { Language } from '#contract/language'
import type { Temporal } from 'temporal-polyfill'
import { composeMail, SENDER_DOMAIN, TOKEN, type Block } from '../../mail/composer'
import type { MailDraft } from '../../mail/outbox'
import { codeToRead, mailLanguages, minuteInTokyo, say, sayAll, subjectIn, type MailTextKey } from '../../mail/texts'

/** What a mail with a link of the account needs. `code` is the 8 characters, with or without their hyphen. */
export interface LinkMailFacts {
  email: string
  token: string
  code: string
  expiresAt: Temporal.Instant
  language: Language
}

/**
 * A letter in the reader's language, and below a line the same in Japanese where that is another (DESIGN §5). Links, code and
 * ID stand once, above: the Japanese part names the button.
 */
function letter(
  language: Language,
  subjectKey: MailTextKey,
  blocksIn: (language: Language, isFirst: boolean) => Block[],
): Pick<MailDraft, 'subject' | 'language' | 'text' | 'html'> {
  const languages = mailLanguages(language)
  const subject = subjectIn(languages, subjectKey)
  const blocks = languages.flatMap((one, place): Block[] =>
    place === 0 ? blocksIn(one, true) : [{ kind: 'divider' }, ...blocksIn(one, false)],
  )
  return { subject, language: languages.join(', '), ...composeMail(languages, subject, blocks) }
}

const heading = (language: Language, isFirst: boolean, key: MailTextKey): Block => ({
  kind: isFirst ? 'title' : 'heading',
  passages: [say(language, key)],
})

const paragraph = (language: Language, key: MailTextKey, values?: Parameters<typeof say>[2]): Block => ({
  kind: 'paragraph',
  passages: [say(language, key, values)],
})

const button = (language: Language, key: MailTextKey): Block => ({
  kind: 'link',
  label: bilingual(language, key),
  path: ['/register/', TOKEN],
  filled: key === 'mail.registration.action',
  code: { label: bilingual(language, 'mail.code.name'), use: [say(language, 'mail.code.use')] },
})

const loginLink = (language: Language): Block => ({
  kind: 'link',
  label: bilingual(language, 'mail.known.action'),
  path: ['/login'],
  filled: true,
})

/** The words on what is there once for both parts of a letter. */
const bilingual = (language: Language, key: MailTextKey) => sayAll(mailLanguages(language), key)

const until = (language: Language, expiresAt: Temporal.Instant): Block =>
  paragraph(language, 'mail.link.until', { until: { value: minuteInTokyo(language, expiresAt) } })

const unasked = (language: Language): Block => ({
  kind: 'notice',
  notes: [{ title: say(language, 'mail.unasked.title'), text: say(language, 'mail.unasked.text') }],
})

/** M3-4, M3-5: the link to the registration screen, good for 24 hours, and the code that does the same. */
export function registrationMail({ email, token, code, expiresAt, language }: LinkMailFacts): MailDraft {
  return {
    kind: 'registration',
    to: email,
    ...letter(language, 'mail.registration.subject', (one, isFirst) => [
      heading(one, isFirst, 'mail.registration.title'),
      paragraph(one, 'mail.registration.text'),
      ...(isFirst ? [button(one, 'mail.registration.action')] : []),
      until(one, expiresAt),
      unasked(one),
    ]),
    secrets: { token, code: codeToRead(code) },
  }
}

/**
 * Ours: the mail to an address for which IDs exist already. It sends their owners to the login, and has the link for a further
 * person who shares the address. Which IDs exist is not said.
 */
export function registrationKnownMail({ email, token, code, expiresAt, language }: LinkMailFacts): MailDraft {
  return {
    kind: 'registration-known',
    to: email,
    ...letter(language, 'mail.known.subject', (one, isFirst) => [
      heading(one, isFirst, 'mail.known.title'),
      paragraph(one, 'mail.known.text'),
      ...(isFirst ? [loginLink(one)] : []),
      paragraph(one, 'mail.known.recover'),
      { kind: 'heading', passages: [say(one, 'mail.further.title')] },
      paragraph(one, 'mail.further.text'),
      ...(isFirst ? [button(one, 'mail.further.action')] : []),
      until(one, expiresAt),
      unasked(one),
    ]),
    secrets: { token, code: codeToRead(code) },
  }
}

/** M3-8: the user ID, ungrouped so that it can be copied, and what to do next (M4). The password is in no mail. */
export function registeredMail({
  email,
  nameEn,
  userId,
  language,
}: {
  email: string
  nameEn: string
  userId: string
  language: Language
}): MailDraft {
  return {
    kind: 'registered',
    to: email,
    ...letter(language, 'mail.registered.subject', (one, isFirst) => [
      heading(one, isFirst, 'mail.registered.title'),
      paragraph(one, 'mail.registered.greeting', { name: { value: nameEn } }),
      isFirst
        ? { kind: 'plate', label: bilingual(one, 'mail.registered.userId'), value: userId }
        : paragraph(one, 'mail.registered.issued', { userId: { value: userId } }),
      paragraph(one, 'mail.registered.text'),
      { kind: 'heading', passages: [say(one, 'mail.registered.next')] },
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
  }
}
