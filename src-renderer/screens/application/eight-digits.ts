import * as z from 'zod/mini'
import { birthDateField } from '#contract/http/fields'

/** A date as clerks type it, 20250723, as an ISO date; without one the field says that it is empty. */
export const eightDigits = z.pipe(z.string().check(z.minLength(1, { error: 'field.required' })), birthDateField)

/** `2025-07-23` as it is typed. */
export const digitsOf = (isoDate: string): string => isoDate.replaceAll('-', '')

const days = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' })

/** The ISO date of an instant in Tokyo. */
export const todayInTokyo = (instant: string): string => days.format(Date.parse(instant))
