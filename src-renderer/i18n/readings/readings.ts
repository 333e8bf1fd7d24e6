import { minutesAfter } from '#domain/date-readings'
import { WRITTEN_READINGS } from '#domain/text/readings'

/**
 * Readings are written in a catalogue as `{在留|ざいりゅう}`. Inside the program they travel as characters of the private
 * use area, because the message format has its own use for braces and bars.
 */
const OPEN = '\uE000'
const READING = '\uE001'
const CLOSE = '\uE002'

const written = /\{([^{}|]+)\|([^{}|]+)\}/g
const carried = new RegExp(`${OPEN}([^${READING}]*)${READING}([^${CLOSE}]*)${CLOSE}`, 'g')

/** A text with its readings (`{在留|ざいりゅう}`) carried beside it, or left out. */
export function encodeRuby(text: string, withReadings = true): string {
  return text.replace(written, withReadings ? `${OPEN}$1${READING}$2${CLOSE}` : '$1')
}

/** The text without what would be taken for readings: carriers that somebody else has put into it. */
export const withoutCarriers = (text: string): string => text.replace(/[\uE000-\uE002]/g, '')

/** A Japanese text of a person, with the readings that he wrote carried beside it, or left out. `\{` stays as it is. */
export function carryWritten(text: string, withReadings: boolean): string {
  return withoutCarriers(text).replace(WRITTEN_READINGS, withReadings ? `${OPEN}$1${READING}$2${CLOSE}` : '$1')
}

/** Whether a text that carries readings has kanji without one. */
export const hasBareKanji = (text: string): boolean =>
  readingPieces(text).some(({ text: words, reading }) => reading === undefined && /\p{Script=Han}/u.test(words))

/** The text without its readings: what names, titles and screen readers get. Whatever is no text stays as it is. */
export function withoutReadings<Value>(value: Value): Value {
  return typeof value === 'string' ? (value.replace(carried, '$1') as Value) : value
}

/** What a text that carries readings is called, where it is shown with them in brackets; nothing where it has none. */
export const spokenOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.includes(OPEN) ? withoutReadings(value) : undefined

/** The text with its readings in brackets, 審査(しんさ), where nothing but letters can stand. Whatever is no text stays as it is. */
export function bracketReadings<Value>(value: Value): Value {
  return typeof value === 'string' ? (value.replace(carried, '$1($2)') as Value) : value
}

export interface Piece {
  text: string
  reading?: string
}

/** A text in pieces, those with a reading apart. */
export function readingPieces(text: string): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const match of text.matchAll(carried)) {
    const before = text.slice(end, match.index)
    if (before !== '') pieces.push({ text: before })
    const [whole, base = '', reading = ''] = match
    const digits = base === '分' && reading === 'ふん' ? /\d+$/.exec(before)?.[0] : undefined
    pieces.push({ text: base, reading: digits === undefined ? reading : minutesAfter(digits) })
    end = match.index + whole.length
  }
  if (end < text.length) pieces.push({ text: text.slice(end) })
  return pieces
}
