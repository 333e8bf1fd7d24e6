import * as z from 'zod/mini'
import { lineOf, narrowed } from '#domain/text/typed-text'

/** A day of a filter as it is typed, 2025-07-23, 2025/7/23 or 20250723 in any width, as an ISO date; blank stays blank. */
export const typedDay = z.pipe(
  z.string(),
  z.transform((typed, ctx) => {
    const text = narrowed(lineOf(typed)).trim()
    if (text === '') return ''
    const found = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text)
    const [, year = '', month = '', day = ''] = found ?? []
    const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    if (z.iso.date().safeParse(iso).success) return iso
    ctx.issues.push({ code: 'custom', message: 'date.format', input: typed })
    return z.NEVER
  }),
)
