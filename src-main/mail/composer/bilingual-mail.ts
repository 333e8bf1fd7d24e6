import type { Language } from '#domain/language'
import type { Temporal } from 'temporal-polyfill'
import { composeMail, TOKEN, type Block } from './composer'
import type { MailDraft } from '../mailer/outbox'
import { mailLanguages, say, sayAll, subjectIn, timeInTokyo, type MailTextKey } from './texts'

/**
 * A letter in the reader's language, and below a line the same in Japanese where that is another (DESIGN §5). Links, codes and
 * IDs stand once, above (`isFirst`): the Japanese part names the button.
 */
export function letter(
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

/** The words on what is there once for both parts of a letter. */
export const bilingual = (language: Language, key: MailTextKey) => sayAll(mailLanguages(language), key)

/** What a part of a letter begins with: the title of the mail, a heading in the Japanese part below. */
export const opening = (language: Language, isFirst: boolean, key: MailTextKey): Block => ({
  kind: isFirst ? 'title' : 'heading',
  passages: [say(language, key)],
})

export const heading = (language: Language, key: MailTextKey): Block => ({
  kind: 'heading',
  passages: [say(language, key)],
})

export const paragraph = (language: Language, key: MailTextKey, values?: Parameters<typeof say>[2]): Block => ({
  kind: 'paragraph',
  passages: [say(language, key, values)],
})

/** A text that names a time as `{at}`, to the minute in Tokyo. */
export const timed = (language: Language, key: MailTextKey, at: Temporal.Instant): Block =>
  paragraph(language, key, { at: timeInTokyo(language, at) })

/** For the reader who did not cause the mail. */
export const notice = (language: Language, title: MailTextKey, text: MailTextKey): Block => ({
  kind: 'notice',
  notes: [{ title: say(language, title), text: say(language, text) }],
})

/** The button to `/screen/TOKEN`, its link in print, and the code that does the same. Filled where pressing it is what the mail asks for. */
export const secretLink = (language: Language, label: MailTextKey, screen: string, filled = true): Block => ({
  kind: 'link',
  label: bilingual(language, label),
  path: [`/${screen}/`, TOKEN],
  filled,
  code: { label: bilingual(language, 'mail.code.name'), use: [say(language, 'mail.code.use')] },
})

/** The button to the login. Filled where pressing it is what the mail asks for. */
export const loginLink = (language: Language, filled = true): Block => ({
  kind: 'link',
  label: bilingual(language, 'mail.login.action'),
  path: ['/login'],
  filled,
})

/** An ID, ungrouped so that it can be copied, and whose it is where that is said: one address may hold several. */
export function userIdPlate(language: Language, userId: string, nameEn: string | null = null): Block {
  const label = bilingual(language, 'mail.registered.userId')
  const named = nameEn === null ? [] : [say(language, 'mail.reminder.userIdOf', { name: { value: nameEn } })]
  return { kind: 'plate', label: [...named, ...label.slice(named.length)], value: userId }
}
