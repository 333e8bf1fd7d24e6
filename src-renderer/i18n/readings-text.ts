import { createTextVNode, createVNode, type FunctionalComponent, h, toDisplayString, type VNode } from 'vue'
import { readingPieces } from './readings'

export { bracketReadings, withoutReadings } from './readings'

const MARK = '\uE000'

/**
 * A text with `<ruby>` wherever it carries a reading. A reading is for the eye: it is neither read out nor part of a name. An element of its
 * own, which no style is for, holds the pieces together: in a flex box each would be a box, with gaps and without line breaks between them.
 */
const ReadingsText: FunctionalComponent<{ text: string }> = ({ text }) =>
  text.includes(MARK)
    ? h(
        'with-readings',
        readingPieces(text).map((piece) =>
          piece.reading === undefined
            ? piece.text
            : h('ruby', [
                piece.text,
                h('rp', { 'aria-hidden': 'true' }, '('),
                h('rt', { 'aria-hidden': 'true' }, piece.reading),
                h('rp', { 'aria-hidden': 'true' }, ')'),
              ]),
        ),
      )
    : createTextVNode(text)
ReadingsText.props = ['text']

/** Vue's patch flag for properties that may change; without it compiled templates take the component for a constant. */
const PROPS = 8

/** What `{{ … }}` in a template becomes (`scripts/template-readings.mjs`). A component, so that Vue patches it wherever it stands. */
export const showReadings = (value: unknown): VNode =>
  createVNode(ReadingsText, { text: toDisplayString(value) }, null, PROPS, ['text'])
