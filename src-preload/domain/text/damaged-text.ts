/** Half of a surrogate pair, or the sign that stands for what was not understood: the letter that was there is lost. */
const LOST = /\p{Surrogate}|\uFFFD/u

/** Where a text lost a letter: the path of its field, and the code of the error. */
export interface DamagedText {
  field: string
  code: 'text.damaged'
}

/**
 * The places of a value, with their way in it, where a text has lost a letter before it came here: it must neither be stored nor
 * mailed. (SQLite and mail know no half surrogates; what is stored would be another text.)
 */
export function damagedTexts(value: unknown, way: readonly string[] = []): DamagedText[] {
  if (typeof value === 'string') return LOST.test(value) ? [{ field: way.join('.'), code: 'text.damaged' }] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) =>
    LOST.test(name) ? [{ field: way.join('.'), code: 'text.damaged' }] : damagedTexts(part, [...way, name]),
  )
}
