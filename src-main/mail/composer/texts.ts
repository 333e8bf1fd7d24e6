import { readDate } from '#domain/date-readings'
import type { Language } from '#domain/language'
import type { Temporal } from 'temporal-polyfill'
import en from '../../../resources/locales/en/mail.json' with { type: 'json' }
import es from '../../../resources/locales/es/mail.json' with { type: 'json' }
import ja from '../../../resources/locales/ja/mail.json' with { type: 'json' }
import easy from '../../../resources/locales/ja-easy/mail.json' with { type: 'json' }
import ko from '../../../resources/locales/ko/mail.json' with { type: 'json' }
import tl from '../../../resources/locales/tl/mail.json' with { type: 'json' }
import vi from '../../../resources/locales/vi/mail.json' with { type: 'json' }
import zhHans from '../../../resources/locales/zh-Hans/mail.json' with { type: 'json' }
import zhHant from '../../../resources/locales/zh-Hant/mail.json' with { type: 'json' }
import { carryEasy, encodeRuby, withoutReadings } from '../mailer/japanese'

export type MailTextKey = keyof typeof ja

/**
 * A word of a language, a value that must not be translated (`written`: the same as it carries its readings), or the place of
 * something that is filled in when the mail is sent.
 */
export type Part = string | { value: string; written?: string } | { place: string }

/** A stretch of text in one language. */
export interface Passage {
  language: Language
  parts: Part[]
}

const catalogues: Record<Language, Record<MailTextKey, string>> = {
  ja,
  en,
  'zh-Hans': zhHans,
  'zh-Hant': zhHant,
  ko,
  es,
  vi,
  tl,
}

/** The languages of a mail to a reader, his own first; Japanese always follows (DESIGN §5). */
export const mailLanguages = (language: Language): Language[] => (language === 'ja' ? ['ja'] : [language, 'ja'])

/** A text cut at its values; readings stay beside their words. */
function partsOf(text: string, key: MailTextKey, values: Record<string, Exclude<Part, string>>): Part[] {
  return text.split(/\{(\w+)\}/).flatMap((piece, place): Part[] => {
    if (place % 2 === 0) return piece === '' ? [] : [encodeRuby(piece)]
    const value = values[piece]
    if (value === undefined) throw new RangeError(`${key} needs {${piece}}`)
    return [value]
  })
}

/**
 * A text of the catalogue as a passage; what stands in `values` is marked as not to be translated. Japanese carries its readings
 * and its easy form with it (`writeJapanese`).
 * @throws RangeError when the text names a value that is not given
 */
export function say(language: Language, key: MailTextKey, values: Record<string, Exclude<Part, string>> = {}): Passage {
  const parts = partsOf(catalogues[language][key], key, values)
  const easily = language === 'ja' ? (easy as Partial<Record<MailTextKey, string>>)[key] : undefined
  return { language, parts: easily === undefined ? parts : carryEasy(parts, partsOf(easily, key, values)) }
}

/** A Japanese text that must stand exactly so whoever reads it, such as the name of a field of the certificate. */
export const sayPlainly = (language: Language, key: MailTextKey): Passage => ({
  language,
  parts: [withoutReadings(catalogues[language][key])],
})

/** The same text in several languages, in this order. */
export const sayAll = (
  languages: readonly Language[],
  key: MailTextKey,
  values?: Parameters<typeof say>[2],
): Passage[] => languages.map((language) => say(language, key, values))

/** A subject: 【入管庁】 and the Japanese, behind it the reader's language where that is another (domain.md). `{count}` is filled. */
export function subjectIn(languages: readonly Language[], key: MailTextKey, count?: number): string {
  const text = (language: Language) => withoutReadings(catalogues[language][key]).replace('{count}', String(count))
  const other = languages.find((language) => language !== 'ja')
  return `【入管庁】${text('ja')}${other ? ` (${text(other)})` : ''}`
}

/** An ISO date as a certificate shows it, readable in both of its languages: `1998年4月12日 (1998-04-12)`. */
export function dateInBoth(date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${year}年${month}月${day}日 (${date})`
}

/** An instant to the minute in Tokyo: `2026年11月24日 8時56分`, in other languages by their own custom. Seconds are cut off, so that nothing is promised too long. */
export function minuteInTokyo(language: Language, instant: Temporal.Instant): string {
  const { year, month, day, hour, minute } = instant.toZonedDateTimeISO('Asia/Tokyo')
  const minutes = String(minute).padStart(2, '0')
  if (language === 'ja') return `${year}年${month}月${day}日 ${hour}時${minutes}分`
  // As offices write it; the system's own form puts the time before a day without its word.
  if (language === 'vi') return `${String(hour).padStart(2, '0')}:${minutes} ngày ${day} tháng ${month} năm ${year}`
  return instant.toLocaleString(language === 'en' ? 'en-GB' : language === 'tl' ? 'fil' : language, {
    timeZone: 'Asia/Tokyo',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
}

/** The same as a value in a text; Japanese carries its readings. */
export function timeInTokyo(language: Language, instant: Temporal.Instant): Exclude<Part, string> {
  const value = minuteInTokyo(language, instant)
  return language === 'ja' ? { value, written: encodeRuby(readDate(value)) } : { value }
}

/** A code as it is read and typed: `ABCD-EFGH`. */
export const codeToRead = (code: string): string => code.replace(/^(\w{4})(\w{4})$/, '$1-$2')
