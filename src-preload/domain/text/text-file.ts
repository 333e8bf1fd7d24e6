/** How a file can be written; `unknown` is none of these. */
export type Encoding = 'UTF-8' | 'Shift_JIS' | 'EUC-JP' | 'ISO-2022-JP' | 'UTF-16' | 'UTF-32' | 'unknown'

/** The text of a file, or that it is not UTF-8: what it looks like, and the line (from 1) where it is first seen. */
export type ReadText = { ok: true; text: string } | { ok: false; looksLike: Encoding; line: number }

/** ISO-2022-JP changes between its sets of letters by these, all of them ASCII. */
const SHIFTED = new RegExp(`${String.fromCharCode(27)}(?:\\$[@B]|\\([BIJ])`)

/** The text of the bytes in this encoding, or null where they are none. An engine without the encoding reads nothing. */
function decoded(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** How much of a text is what Japanese is written with; half-width katakana is what EUC-JP looks like when it is read as Shift_JIS. */
function likeJapanese(text: string): number {
  const usual = text.match(/[\u3040-\u30FF\u4E00-\u9FFF\u3001\u3002\uFF01-\uFF5E]/gu)?.length ?? 0
  const odd = text.match(/[\uFF61-\uFF9F\uE000-\uF8FF\p{Cc}]/gu)?.filter((sign) => !/\s/.test(sign)).length ?? 0
  return usual - 2 * odd
}

function unmarked(bytes: Uint8Array): Encoding {
  // UTF-16 of ASCII text has a zero in every second place.
  const zeros = [0, 1].map((from) => bytes.filter((byte, index) => index % 2 === from && byte === 0).length)
  if (Math.max(...zeros) * 4 > bytes.length) return 'UTF-16'
  if (SHIFTED.test(decoded(bytes, 'utf-8') ?? '')) return 'ISO-2022-JP'
  const found = (['Shift_JIS', 'EUC-JP'] as const)
    .map((encoding) => ({ encoding, likeness: likeJapanese(decoded(bytes, encoding) ?? '') }))
    .filter(({ likeness }) => likeness > 0)
    .toSorted((one, other) => other.likeness - one.likeness)
  return found[0]?.encoding ?? 'unknown'
}

/** What bytes that are not UTF-8 look like. A guess, for a message: nothing is ever read by it. */
function encodingOf(bytes: Uint8Array): Encoding {
  const [a, b, c, d] = bytes
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff))
    return 'UTF-32'
  return (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) ? 'UTF-16' : unmarked(bytes)
}

/** The line on which the first byte stands that is not UTF-8. */
function firstBadLine(bytes: Uint8Array): number {
  let line = 1
  let from = 0
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
    if (decoded(bytes.subarray(from, end), 'utf-8') === null) return line
    line += 1
    from = end + 1
  }
  return line
}

/**
 * Reads what somebody handed over as UTF-8, with or without a byte order mark, and refuses everything else instead of replacing
 * what it does not know: a certificate with destroyed characters looks like one. The one place where bytes become text.
 */
export function readText(bytes: Uint8Array): ReadText {
  const text = decoded(bytes, 'utf-8')
  // Both are valid UTF-8 to the letter, and never meant so.
  if (text !== null && !text.includes('\0') && !SHIFTED.test(text)) return { ok: true, text }
  return { ok: false, looksLike: encodingOf(bytes), line: text === null ? firstBadLine(bytes) : 1 }
}

/** Reads a file of which somebody said that it is CP932, as Excel writes CSV in Japan; null where it is not. */
export const readCp932 = (bytes: Uint8Array): string | null => decoded(bytes, 'shift_jis')
