/**
 * Readings as people write them into a Japanese text, in the notation of the catalogues: `{在留|ざいりゅう}資格`. A word is on one line and has
 * no signs of formats in it; a reading is kana. `\{` is a brace, and braces without a bar are braces.
 */
const WORD = String.raw`[^\s{}|*_<>\[\]\\\x60][^\n\r{}|*_<>\[\]\\\x60]*`
const KANA = String.raw`[\p{Script=Hiragana}\p{Script=Katakana}ー・]+`
const UNESCAPED = String.raw`(?<!\\)`

/** All readings of a text, each with its word and its kana as groups. */
export const WRITTEN_READINGS = new RegExp(String.raw`${UNESCAPED}\{(${WORD})\|(${KANA})\}`, 'gu')
/** What has a brace and a bar was meant as a reading. */
const MEANT = new RegExp(String.raw`${UNESCAPED}\{[^{}|\n\r]*\|[^{}\n\r]*\}?`, 'u')

/** For help and errors: how it is written. */
export const READING_HELP = { example: '{在留|ざいりゅう}', open: '{', escaped: String.raw`\{` }

/** Ours: what an error shows of a mistake, so that it is found in the text. */
const SHOWN_LENGTH = 30

/** The first place that was meant as a reading and is none; null where all are right. */
export function mistakenReading(text: string): string | null {
  // A line end in its place: what stands on both sides does not become one.
  const found = MEANT.exec(text.replace(WRITTEN_READINGS, '\n'))?.[0]
  return found === undefined ? null : [...found].slice(0, SHOWN_LENGTH).join('')
}
