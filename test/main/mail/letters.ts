import { expect } from 'vitest'
import { LANGUAGES, type Language } from '#domain/language'
import { writeJapanese } from '#main/mail/mailer/japanese'
import { renderStored, type MailDraft } from '#main/mail/mailer/outbox'
import { say } from '#main/mail/composer/texts'

/** Every mail is looked at in every language. */
export const READERS = LANGUAGES

const noReply: Record<Language, string> = Object.fromEntries(
  LANGUAGES.map((language) => [language, say(language, 'mail.noReply').parts.join('')]),
) as Record<Language, string>

/** A mail as it is sent by the desktop app. */
export function sent(draft: MailDraft): { subject: string; text: string; html: string } {
  const { text, html } = writeJapanese(draft, 'plain')
  const row = {
    subject: draft.subject,
    text_body: text,
    html_body: html,
    secrets: JSON.stringify(draft.secrets),
    link_base: null,
  }
  return renderStored(row, { linkBase: 'zairyu://open', from: 'noreply@rasens-immi.example.jp' })
}

/** What a reader of the HTML sees, without any white space: tags away, entities read. */
const seen = (html: string) =>
  html
    .replace(/<head>[^]*<\/head>/, '')
    .replace(/<[^>]*>/g, '')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/\s/g, '')

/** What every mail promises, whatever it says; `links` are the paths of its buttons in their order. */
export function expectGoodMail(draft: MailDraft, language: Language, links: string[]): void {
  const { subject, text, html } = sent(draft)
  expect(draft.language).toBe(language === 'ja' ? 'ja' : `${language}, ja`)
  expect(subject).toMatch(language === 'ja' ? /^【入管庁】[^(]+$/ : /^【入管庁】[^(]+ \([^()]+\)$/)
  if (language !== 'ja') expect(text).toContain(noReply[language])
  // Nothing of what carries readings inside of the program leaves it.
  expect(subject + text + html).not.toMatch(/[\uE000-\uF8FF]|\{[^{}]*\|[^{}]*\}/)
  expect(text).toContain('このアドレスへ返信しても、お答えできません。')

  const addresses = links.map((path) => `zairyu://open${path}`)
  expect(text.split('\n').filter((line) => line.includes('://'))).toEqual(addresses)
  const pressed = [...html.matchAll(/ href="([^"]*)"/g)].map(([, address]) => address)
  expect(pressed).toEqual(addresses.flatMap((address) => [address, address]))

  const read = seen(html)
  for (const line of text.split('\n')) {
    const words = line.replace(/^■ |^\d\. |^【(.*)】$|^－+$/, '$1').replace(/\s/g, '')
    for (const piece of words.split(/(?<=.)[/:](?=\S)/))
      expect(read.includes(piece) || read.includes(words), piece).toBe(true)
  }

  expect(html).not.toMatch(/<(img|script|style|link|iframe|object|svg|form|base)\b|\b(src|background|srcset)=|url\(/i)
  for (const secret of Object.values(draft.secrets))
    expect(draft.subject + draft.text + draft.html).not.toContain(secret)
}
