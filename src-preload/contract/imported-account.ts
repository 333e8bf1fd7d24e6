import * as z from 'zod/mini'
import { CATEGORIES } from './account'
import { emailField, nameEnField, optional, phoneField } from './fields'

/** One row of `users import` (DESIGN §10). Old IDs keep their form; staff registered through 電子届出 have no Latin name (M2.4). */
export const importedAccount = z.object({
  system: z.enum(['zairyu', 'todokede'], { error: 'system.unknown' }),
  userId: z.string({ error: 'field.required' }).check(
    z.minLength(1, { error: 'field.required' }),
    z.maxLength(100, { error: 'field.long' }),
    z.refine((id) => !/[\p{Cc}]/u.test(id), { error: 'user-id.characters' }),
  ),
  passwordHash: z.string({ error: 'field.required' }).check(z.minLength(1, { error: 'field.required' })),
  category: z.enum(CATEGORIES, { error: 'category.unknown' }),
  nameEn: optional(nameEnField),
  email: emailField,
  phone: optional(phoneField),
  passwordSetOn: z.iso.date({ error: 'date.format' }),
})
export type ImportedAccount = z.output<typeof importedAccount>
