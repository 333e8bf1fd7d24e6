/**
 * What people type, paste or hand over, made fit to be stored: one place for all fields, screens and files. Nothing here refuses
 * anything; what cannot be seen and means nothing is left out, what can be seen stays as it was typed.
 */

/**
 * CJK compatibility ideographs (神, 福 as in names and places of a register of families). Unicode maps them to another letter in
 * every normalisation form, also in NFC; they are letters of their own for whoever bears the name.
 */
const COMPATIBILITY_IDEOGRAPHS = /([\uF900-\uFAFF\u{2F800}-\u{2FA1F}]+)/u

function normalized(text: string, form: 'NFC' | 'NFKC'): string {
  return text
    .split(COMPATIBILITY_IDEOGRAPHS)
    .map((piece, index) => (index % 2 === 0 ? piece.normalize(form) : piece))
    .join('')
}

/** NFC, but every ideograph stays the one that was typed. */
export const composed = (text: string): string => normalized(text, 'NFC')

/** Full-width letters, digits and signs in their narrow form (NFKC), but every ideograph stays the one that was typed. */
export const narrowed = (text: string): string => normalized(text, 'NFKC')

/** Scripts in which a joiner between letters changes the word. */
const JOINING =
  /[\p{Script=Arabic}\p{Script=Bengali}\p{Script=Devanagari}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Syriac}\p{Script=Tamil}\p{Script=Telugu}]/u
const PICTURE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F]/u

/** Whether an invisible sign says something about the sign before it. */
function isMeaningful(sign: string, before: string): boolean {
  if (/[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/u.test(sign))
    return /\p{Script=Han}/u.test(before) || (/[\uFE0E\uFE0F]/u.test(sign) && /\p{Extended_Pictographic}/u.test(before))
  if (/[\u200C\u200D]/u.test(sign)) return JOINING.test(before) || (sign === '\u200D' && PICTURE.test(before))
  return /[\u180B-\u180F]/u.test(sign) && /(?!\p{Default_Ignorable_Code_Point})\p{Script=Mongolian}/u.test(before)
}

const signBefore = (text: string, index: number): string => {
  const low = text.charCodeAt(index - 1)
  return text.slice(index - (low >= 0xdc00 && low <= 0xdfff ? 2 : 1), index)
}

/**
 * Without the signs that come along unseen when something is pasted: marks of writing direction, spaces without width, soft
 * hyphens, byte order marks, tags, selectors that select nothing. Those that choose the form of an ideograph (葛󠄀) or join the
 * letters of a script stay.
 */
export function withoutInvisible(text: string): string {
  return text.replace(/\p{Default_Ignorable_Code_Point}/gu, (sign, index: number) =>
    isMeaningful(sign, signBefore(text, index)) ? sign : '',
  )
}

/** One line as it was typed: no invisible signs, no end of a line or other control character, no space around it. */
export const lineOf = (text: string): string =>
  withoutInvisible(text)
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()

/** Several lines as they were typed, without invisible signs and control characters; space around them stays. */
export const linesOf = (text: string): string =>
  withoutInvisible(text)
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')

/** A password as it was pasted: the space, line end or invisible sign around it belongs to where it was copied from. */
export const trimmedPassword = (typed: string): string =>
  typed.replace(/^[\s\p{Cc}\p{Default_Ignorable_Code_Point}]+|[\s\p{Cc}\p{Default_Ignorable_Code_Point}]+$/gu, '')

/** How many letters a reader counts: code points, without the selectors that only choose the form of one. */
export const letterCount = (text: string): number => [...text.replace(/\p{Variation_Selector}/gu, '')].length
