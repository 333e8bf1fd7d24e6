import { createTextVNode, createVNode, type FunctionalComponent, h, toDisplayString, type VNode } from 'vue'
import { type Piece as ReadPiece, readingPieces } from './readings'
import { endingOf, type Piece, wholeWords, wholeWordsBesideReadings } from './whole-words'

export { bracketReadings, spokenOf, withoutReadings } from './readings'

/** Each reading over its word; with the number before it and its ending it stays on one line. */
function withRuby(parts: ReadPiece[]): Piece[] {
  let number = ''
  let ending = ''
  return parts.flatMap((part, place) => {
    const next = parts[place + 1]
    if (part.reading === undefined) {
      const text = part.text.slice(ending.length)
      number = next ? (/\d+$/.exec(text)?.[0] ?? '') : ''
      return wholeWordsBesideReadings(text.slice(0, text.length - number.length), place === 0)
    }
    const ruby = h('ruby', [
      part.text,
      h('rp', { 'aria-hidden': 'true' }, '('),
      h('rt', { 'aria-hidden': 'true' }, part.reading),
      h('rp', { 'aria-hidden': 'true' }, ')'),
    ])
    ending = next?.reading === undefined ? endingOf(next?.text ?? '') : ''
    const word = number + ending === '' ? ruby : h('whole-word', { class: 'unwrapped' }, [number, ruby, ending])
    number = ''
    // The browser allows no break between such a word and the next reading.
    return ending !== '' && ending === next?.text && place + 2 < parts.length ? [word, h('wbr')] : [word]
  })
}

/**
 * A text with `<ruby>` wherever it carries a reading, and with what stays whole. A reading is for the eye: it is neither read out nor part of
 * a name. An element of its own, which no style is for, holds the pieces together: in a flex box each would be a box, with gaps and without
 * line breaks between them.
 *
 * It stands around plain texts as well, because a browser that translates the page puts elements of its own in the place of every text:
 * what is written into the old text later is never seen. Into an element it is; and pieces are made anew when their text changes.
 */
const ReadingsText: FunctionalComponent<{ text: string }> = ({ text }) => {
  // Nothing is translated, and an element that holds nothing stays `:empty`.
  if (text === '') return createTextVNode('')
  const parts = readingPieces(text)
  const pieces = parts.every(({ reading }) => reading === undefined) ? wholeWords(text) : withRuby(parts)
  const isPlain = pieces.every((piece) => typeof piece === 'string')
  return isPlain ? h('text-pieces', { key: '' }, text) : h('text-pieces', { key: text }, pieces)
}
ReadingsText.props = ['text']

/** Vue's patch flag for properties that may change; without it compiled templates take the component for a constant. */
const PROPS = 8

/** What `{{ … }}` in a template becomes (`scripts/build/template-readings.mjs`). A component, so that Vue patches it wherever it stands. */
export const showReadings = (value: unknown): VNode =>
  createVNode(ReadingsText, { text: toDisplayString(value) }, null, PROPS, ['text'])
