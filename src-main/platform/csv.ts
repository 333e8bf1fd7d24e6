import { stringify } from 'csv-stringify/sync'

/** Signs with which a spreadsheet begins a formula, in both widths; spaces, a tab or a line break may hide one. */
const FORMULA = /^[\s\p{Cc}\uFEFF]*[=+\-@＝＋－＠]|^[\t\r\n]/u

/**
 * Rows of a CSV file (RFC 4180), each with its line end. What a spreadsheet would run as a formula gets an apostrophe before it:
 * the library's own `escape_formulas` overlooks one behind a space.
 */
export function csvLines(rows: readonly (readonly string[])[]): string {
  const safe = rows.map((cells) => cells.map((cell) => (FORMULA.test(cell) ? `'${cell}` : cell)))
  return stringify(safe, { record_delimiter: '\r\n', quoted_match: /[\r\n]|^\s|\s$/ })
}
