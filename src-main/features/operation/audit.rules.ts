import type { ActorKind } from '#contract/admin'
import { ACTOR_KINDS } from '#contract/admin'

/** Splits what stands in the log (`staff:ID`, `operator`) into the kind and the identifier behind it. */
export function readActor(actor: string): { kind: ActorKind; id: string | null } {
  const [kind = '', ...rest] = actor.split(':')
  const known = ACTOR_KINDS.find((one) => one === kind)
  return { kind: known ?? 'visitor', id: rest.length > 0 ? rest.join(':') : null }
}

/** Signs with which a spreadsheet begins a formula, in both widths; a tab or line break may hide one. */
const FORMULA = /^[\s\p{Cc}\uFEFF]*[=+\-@＝＋－＠]/u

/** One cell of a CSV file (RFC 4180). What a spreadsheet would run as a formula gets an apostrophe before it. */
export function csvCell(value: string): string {
  const safe = FORMULA.test(value) || /^[\t\r\n]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** One row of a CSV file with its line end. */
export const csvRow = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`
