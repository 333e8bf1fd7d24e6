import type { JapaneseStyle } from '#domain/language'

/**
 * A mail is composed once and carries every way of writing its Japanese, between characters of the private use area; how it is
 * written is decided when it is put into the outbox, where its reader is known.
 */
const [BASE, READING, END] = ['\u{E010}', '\u{E011}', '\u{E012}']
const [USUAL, EASY, DONE] = ['\u{E013}', '\u{E014}', '\u{E015}']
const MARKS = /[\u{E010}-\u{E015}]/gu

const written = /\{([^{}|]+)\|([^{}|]+)\}/g
const carriedReadings = new RegExp(`${BASE}([^${READING}]*)${READING}([^${END}]*)${END}`, 'gu')
const carriedChoices = new RegExp(`${USUAL}([^${EASY}]*)${EASY}([^${DONE}]*)${DONE}`, 'gu')

/** The readings of a catalogue's text (`{在留|ざいりゅう}`), carried beside it. */
export const encodeRuby = (text: string): string => text.replace(written, `${BASE}$1${READING}$2${END}`)

/** The text of a catalogue without its readings. */
export const withoutReadings = (text: string): string => text.replace(written, '$1')

/** The same said twice: as usual, and in やさしい日本語. */
export const carryEasy = <Part>(usual: Part[], easy: Part[]): (Part | string)[] => [
  USUAL,
  ...usual,
  EASY,
  ...easy,
  DONE,
]

/** A value from outside, free of the characters that carry readings. */
export const withoutMarks = (value: string): string => value.replace(MARKS, '')

/** The written form of a text or of HTML; in plain text a reading stands in brackets, as the agency writes it: 審査(しんさ). */
function write(body: string, style: JapaneseStyle, form: 'text' | 'html'): string {
  const shown = form === 'html' ? '<ruby>$1<rp>(</rp><rt>$2</rt><rp>)</rp></ruby>' : '$1($2)'
  return body
    .replace(carriedChoices, style === 'easy' ? '$2' : '$1')
    .replace(carriedReadings, style === 'plain' ? '$1' : shown)
}

/** A composed mail as a reader of this style gets it. */
export const writeJapanese = <Mail extends { text: string; html: string }>(mail: Mail, style: JapaneseStyle): Mail => ({
  ...mail,
  text: write(mail.text, style, 'text'),
  html: write(mail.html, style, 'html'),
})
