import { PASSWORD_SYMBOLS } from '#domain/password'

export type KeyLayer = 'small' | 'capital' | 'signs'

const letters = (text: string) => text.split(' ').map((row) => [...row])
const DIGITS = '1234567890'

/** What each layer has, row by row: everything that the fields of this program allow, and no more. */
export const KEY_ROWS: Record<KeyLayer, string[][]> = {
  small: letters(`${DIGITS} qwertyuiop asdfghjkl@ zxcvbnm.-_`),
  capital: letters(`${DIGITS} QWERTYUIOP ASDFGHJKL@ ZXCVBNM.-_`),
  signs: [...letters(DIGITS), [...PASSWORD_SYMBOLS].slice(0, 7), [...PASSWORD_SYMBOLS].slice(7), [...".,'/()"]],
}

const TYPES = new Set(['text', 'email', 'tel', 'search', 'password'])

/** Whether the focus is in a field that is typed into. */
export function typesInto(target: EventTarget | null): target is HTMLInputElement | HTMLTextAreaElement {
  if (target instanceof HTMLTextAreaElement) return !target.readOnly
  return target instanceof HTMLInputElement && TYPES.has(target.type) && !target.readOnly
}
