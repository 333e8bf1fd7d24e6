import { h, type VNode } from 'vue'

/** What a line break would make hard to read: e-mail, nase-save, a number or code with its hyphens (012-345-6789, ABCD-EFGH). */
const HYPHENED =
  /(?<![\p{sc=Latin}\d-])(?:\p{sc=Latin}{1,9}-\p{sc=Latin}{1,9}|\d{2,4}-\d{2,4}(?:-\d{2,4})?|[A-Z\d]{4}-[A-Z\d]{4})(?![\p{sc=Latin}\d-])/gu
/** A particle of Korean with the bracket before it: 신청(利用申出)이. */
const TERM_WITH_PARTICLE = /\([\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー・]{1,12}\)\p{sc=Hangul}{1,3}/gu
const BRACKET_WITH_PARTICLE = /\)\p{sc=Hangul}{1,3}/gu
/** What a name ends with in brackets: E-mail sent (user registration). */
const LAST_BRACKET = /\([\p{sc=Latin} ]{3,20}\)$/gu
/** What is shown to be typed as it stands: {在留|ざいりゅう}, **words**, [words](https://…). */
const NOTATION = /\{[^{}|\s]{1,8}\|[^{}|\s]{1,12}\}|\*\*[^*\s]{1,12}\*\*|\[[^\]\s]{1,10}\]\(https:[^)\s]{1,8}\)/gu
/** A line may end at the dot of （弁護士・行政書士） whatever is said of its letters. */
const DOTTED_TERM = /[(（][\p{sc=Han}]{1,6}・[\p{sc=Han}]{1,6}[)）]/gu

/**
 * What is one word, though a line may end behind any letter of it: Japanese words in brackets behind their translation, the certificate's
 * name in Chinese, short words in Chinese quotation marks, 利用者ID, days, times and spans, もう一度, long words in katakana.
 */
const UNPARTED = new RegExp(
  [
    String.raw`[(（](?:日文：)?(?:[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー・]|ID){1,12}[)）]`,
    String.raw`(?<=\p{sc=Han})“[^“”\s]{1,14}”`,
    '在留[资資]格[认認]定[证證]明[书書]',
    '(?:利用者|使用者|用户|認証|认证|認證)ID',
    String.raw`\d{4}年\d{1,2}月\d{1,2}日|\d{1,2}時\d{2}分|\d+(?:小[时時]|分[钟鐘]|[天次])`,
    'お?問い合わせ先?|もう一度|一人|番号|编号|編號',
    String.raw`[\p{sc=Katakana}ー]{9,}`,
  ].join('|'),
  'gu',
)

/** Beside readings the browser finds no phrases any more: words in katakana. */
const KATAKANA = /[\p{sc=Katakana}ー]{2,}/gu
/** The same: endings in hiragana. */
const ENDING = /(?<!\p{sc=Hiragana})\p{sc=Hiragana}{2,8}(?!\p{sc=Hiragana})/gu

const LETTER = /[\p{L}\p{N}]$/u

/** A piece of a text: as it is, or an element of its own, which no style of a screen is for, around what stays whole (`unwrapped`, `unparted` in `base.css`). */
export type Piece = string | VNode

/** `open` tells by what stands before a word whether a line may end there; the browser allows no break before `unparted` itself. */
function cut(pieces: Piece[], pattern: RegExp, name: string, open: (before: string) => boolean): Piece[] {
  return pieces.flatMap((piece) => {
    if (typeof piece !== 'string') return [piece]
    const cuts: Piece[] = []
    let end = 0
    for (const { 0: word, index } of piece.matchAll(pattern)) {
      if (index > end) cuts.push(piece.slice(end, index))
      if (open(piece.slice(0, index))) cuts.push(h('wbr'))
      cuts.push(h('whole-word', { class: name }, word))
      end = index + word.length
    }
    return end < piece.length ? [...cuts, piece.slice(end)] : cuts
  })
}

/** A text in pieces that no line break parts. */
export function wholeWords(text: string): Piece[] {
  const afterLetter = (before: string) => LETTER.test(before)
  const never = () => false
  const steps: [RegExp, string, (before: string) => boolean][] = [
    [LAST_BRACKET, 'unwrapped', never],
    [NOTATION, 'unwrapped', never],
    [TERM_WITH_PARTICLE, 'unwrapped', afterLetter],
    [BRACKET_WITH_PARTICLE, 'unwrapped', never],
    [DOTTED_TERM, 'unwrapped', afterLetter],
    [HYPHENED, 'unwrapped', never],
    [UNPARTED, 'unparted', afterLetter],
  ]
  return steps.reduce<Piece[]>((pieces, step) => cut(pieces, ...step), [text])
}

/** The same behind a reading (`first` is false) or before one, where the browser finds no phrases. */
export function wholeWordsBesideReadings(text: string, first: boolean): Piece[] {
  const katakana = cut(wholeWords(text), KATAKANA, 'unparted', (before) =>
    before === '' ? !first : LETTER.test(before),
  )
  return cut(katakana, ENDING, 'unparted', () => false)
}

/** The ending of a word in kanji, する of 登録する: what of the text behind its reading stays on its line. */
export const endingOf = (text: string): string => /^\p{sc=Hiragana}{1,8}(?!\p{sc=Hiragana})/u.exec(text)?.[0] ?? ''
