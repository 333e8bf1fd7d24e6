import * as z from 'zod/mini'
import { CATEGORIES } from './account'
import { emailField, nameEnField, optional, phoneField } from '../fields'
import { withoutInvisible } from '../../../domain/text/typed-text'

/** A day as a spreadsheet writes it back (`2024/4/1`), as an ISO date. */
const isoDay = (text: string) =>
  text.replace(/^(\d{4})\/(\d{1,2})\/(\d{1,2})$/, (_all, year: string, month: string, day: string) =>
    [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-'),
  )

/** One row of `users import` (DESIGN §10). Old IDs keep their form; staff registered through 電子届出 have no Latin name (M2.4). */
export const importedAccount = z.object({
  system: z.enum(['zairyu', 'todokede'], { error: 'system.unknown' }),
  userId: z.string({ error: 'field.required' }).check(
    z.overwrite(withoutInvisible),
    z.minLength(1, { error: 'field.required' }),
    z.maxLength(100, { error: 'field.long' }),
    z.refine((id) => !/[\p{Cc}]/u.test(id), { error: 'user-id.characters' }),
  ),
  passwordHash: z.string({ error: 'field.required' }).check(z.minLength(1, { error: 'field.required' })),
  category: z.enum(CATEGORIES, { error: 'category.unknown' }),
  nameEn: optional(nameEnField),
  email: emailField,
  phone: optional(phoneField),
  passwordSetOn: z.string({ error: 'date.format' }).check(z.overwrite(isoDay), z.iso.date({ error: 'date.format' })),
})
export type ImportedAccount = z.output<typeof importedAccount>
