import * as z from 'zod/mini'
import { isEmail, typedEmail } from '../../domain/text/email-address'
import { suggestedName } from '../../domain/text/name-letters'
import { findPasswordProblem } from '../../domain/password'
import {
  composed,
  letterCount,
  lineOf,
  narrowed,
  trimmedPassword,
  withoutInvisible,
} from '../../domain/text/typed-text'

/** A required text: absent, of another type or blank is `field.required`. */
const required = z.string({ error: 'field.required' })

/** A refusal with its code and what was found; the issue's message is the code. */
const refuse = (ctx: z.core.$RefinementCtx, code: string, params?: Record<string, string | number>) =>
  ctx.addIssue({ code: 'custom', message: code, params })

const narrow = (text: string) => narrowed(withoutInvisible(text))
const spaced = (text: string) => narrow(text).trim().replace(/\s+/g, ' ')
/** Digits as typed with full-width forms, spaces, brackets and any kind of hyphen. */
const digits = (text: string) => narrow(text).replace(/[\s()\u2010-\u2015\u2212\u30FC-]/g, '')
/** Kept as typed, on one line: no character that would end a mail header. */
const oneLine = (text: string) => composed(lineOf(text))

/** A field that may be left out: absent, null or blank is null; anything else goes to the schema, with its codes. */
export const optional = (schema: z.ZodMiniType<string, string>) =>
  z.pipe(
    z.nullish(z.string({ error: 'field.text' })),
    z.transform((value, ctx) => {
      if (value === undefined || value === null || withoutInvisible(value).trim() === '') return null
      const parsed = schema.safeParse(value)
      if (parsed.success) return parsed.data
      for (const issue of parsed.error.issues) {
        const params = issue.code === 'custom' ? issue.params : undefined
        ctx.issues.push({ code: 'custom', message: issue.message, params, input: value })
      }
      return z.NEVER
    }),
  )

/**
 * E-mail address, at most 60 characters (seen), the part before @ keeps its case. Whatever mailboxes exist is taken: dots at any
 * place, `&` and `'`, domains in other scripts.
 */
export const emailField = required.check(
  z.overwrite(typedEmail),
  z.superRefine((value, ctx) => {
    if (value === '') refuse(ctx, 'field.required')
    else if (value.length > 60) refuse(ctx, 'email.long', { count: value.length })
    else if (!isEmail(value)) refuse(ctx, 'email.format')
  }),
)

/**
 * M2.4: words of A–Z separated by one space, at most 104 characters; full-width, lower case and double spaces are normalised. A
 * name with other Latin letters is refused with what to write instead (`suggestion`).
 */
export const nameEnField = required.check(
  z.overwrite((text) => spaced(text).toUpperCase()),
  z.superRefine((value, ctx) => {
    const foreign = value.match(/[^A-Z ]+/u)
    if (value === '') refuse(ctx, 'field.required')
    else if (foreign) {
      const suggestion = suggestedName(value)
      refuse(ctx, 'name.letters', { found: foreign[0], ...(suggestion !== null && { suggestion }) })
    } else if (value.length > 104) refuse(ctx, 'name.long', { count: value.length })
  }),
)

/** A number of Japan as it is dialled there: without `tel:`, `+81`, `0081` and the `(0)` that people write behind them. */
const phoneDigits = (text: string) =>
  digits(narrow(text).trim().replace(/^tel:/i, '')).replace(/^(?:\+|00)81\.?0?(?=\d)/, '0')

/** M6.3: 10–12 digits; hyphens, spaces, full-width digits and the country code of Japan are normalised. */
export const phoneField = required.check(
  z.overwrite(phoneDigits),
  z.superRefine((value, ctx) => {
    const abroad = /^\+(\d+)$/.exec(value)?.[1]
    if (value === '') refuse(ctx, 'field.required')
    else if (abroad !== undefined)
      refuse(ctx, 'phone.abroad', abroad.length >= 10 && abroad.length <= 12 ? { suggestion: abroad } : {})
    else if (!/^\d*$/.test(value)) refuse(ctx, 'phone.characters', { found: value.match(/\D+/u)?.[0] ?? '' })
    else if (value.length < 10 || value.length > 12) refuse(ctx, 'phone.digits', { count: value.length })
  }),
)

/** M6.3: 7 digits; hyphens, spaces, 〒 and full-width digits are normalised. */
export const postalCodeField = z.string({ error: 'postal-code.digits' }).check(
  z.overwrite((text) => digits(text).replace(/^〒/, '')),
  z.superRefine((value, ctx) => {
    if (!/^\d{7}$/.test(value)) refuse(ctx, 'postal-code.digits', { count: value.length })
  }),
)

/** M6.3: at most 85 characters (Unicode code points), kept as typed. */
export const addressField = z.string({ error: 'field.text' }).check(
  z.overwrite(oneLine),
  z.superRefine((value, ctx) => {
    if (letterCount(value) > 85) refuse(ctx, 'address.long', { count: letterCount(value) })
  }),
)

/** Name of an organisation or office, at most 60 characters, kept as typed. */
export const organizationField = z.string({ error: 'field.text' }).check(
  z.overwrite(oneLine),
  z.superRefine((value, ctx) => {
    if (letterCount(value) > 60) refuse(ctx, 'organization.long', { count: letterCount(value) })
  }),
)

const eightDigits = z.string({ error: 'birth-date.format' }).check(
  z.overwrite((text) => digits(text).replace(/[/.年月日]/g, '')),
  z.superRefine((value, ctx) => {
    const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(value) ?? []
    if (!year) return refuse(ctx, 'birth-date.format', { count: value.length })
    const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
    const exists = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) && Number(year) >= 1900
    if (!exists) refuse(ctx, 'birth-date.unknown')
  }),
)

/** `YYYYMMDD` as typed (separators and full-width digits are normalised) → ISO date `YYYY-MM-DD`. An ISO date passes unchanged. */
export const birthDateField = z.pipe(
  eightDigits,
  z.transform((value) => `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6, 8)}`),
)

const blankIsNone = z.pipe(
  z.optional(z.string()),
  z.transform((typed) => (typed === undefined ? undefined : narrow(typed).trim() || undefined)),
)
/** A day of a filter, an ISO date; blank is none. */
export const dateFilter = z.pipe(blankIsNone, z.optional(z.iso.date({ error: 'date.format' })))

/** M3-6; space around a pasted one is no part of it. Whether it contains the user ID or is a common one is judged by the service. */
export const passwordField = required.check(
  z.overwrite(trimmedPassword),
  z.superRefine((value, ctx) => {
    if (value === '') return refuse(ctx, 'field.required')
    const found = findPasswordProblem(value)
    if (found) refuse(ctx, found.code, found.params)
  }),
)
