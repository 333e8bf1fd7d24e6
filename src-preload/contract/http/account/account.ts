import * as z from 'zod/mini'
import {
  addressField,
  birthDateField,
  emailField,
  nameEnField,
  optional,
  organizationField,
  phoneField,
  postalCodeField,
} from '../fields'
import { JAPANESE_STYLES, languageSchema } from '../../../domain/language'
import { newPasswordFields, sameEmail, samePassword } from './recovery'
import { narrowed, withoutInvisible } from '../../../domain/text/typed-text'

/** M3-6: the four user categories, in the order of the manual's screen. */
export const CATEGORIES = ['organization', 'attorney', 'applicant', 'representative'] as const
export type Category = (typeof CATEGORIES)[number]
export const categorySchema = z.enum(CATEGORIES, { error: 'field.required' })

export const SEXES = ['male', 'female'] as const

/** `POST /registrations`. The second address, where it is sent, must be the same. */
export const startRegistrationRequest = z
  .object({ email: emailField, emailConfirmation: z.optional(emailField), language: z.optional(languageSchema) })
  .check(z.superRefine(sameEmail))
/** The same answer whether or not the address is known. */
export const startRegistrationReply = z.object({ email: z.string(), expiresAt: z.string() })

/** `GET /registrations/{token}`: for whom the link is and until when it works. */
export const registrationLinkReply = z.object({ email: z.string(), expiresAt: z.string() })

/** Which fields a category has (domain.md): `required`, `optional`, or absent. */
export const CATEGORY_FIELDS = {
  organization: {
    nameEn: 'required',
    phone: 'required',
    organization: 'required',
    postalCode: 'optional',
    address: 'optional',
  },
  attorney: {
    nameEn: 'required',
    phone: 'required',
    organization: 'optional',
    birthDate: 'optional',
    sex: 'optional',
    postalCode: 'optional',
    address: 'optional',
  },
  applicant: {
    nameEn: 'required',
    phone: 'required',
    birthDate: 'optional',
    sex: 'optional',
    postalCode: 'optional',
    address: 'optional',
  },
  representative: {
    nameEn: 'required',
    phone: 'required',
    birthDate: 'optional',
    sex: 'optional',
    postalCode: 'optional',
    address: 'optional',
  },
} as const satisfies Record<
  Category,
  Partial<
    Record<
      'nameEn' | 'phone' | 'organization' | 'birthDate' | 'sex' | 'postalCode' | 'address',
      'required' | 'optional'
    >
  >
>

const sexField = z.pipe(
  z.optional(z.union([z.enum(SEXES), z.literal(''), z.null()], { error: 'sex.unknown' })),
  z.transform((value) => value || null),
)

const filledForm = z
  .object({
    category: categorySchema,
    nameEn: nameEnField,
    phone: phoneField,
    organization: optional(organizationField),
    birthDate: optional(birthDateField),
    sex: sexField,
    postalCode: optional(postalCodeField),
    address: optional(addressField),
    ...newPasswordFields,
    language: z.optional(languageSchema),
  })
  .check(
    z.superRefine((form, ctx) => {
      samePassword(form, ctx)
      if (form.category === 'organization' && form.organization === null)
        ctx.addIssue({ code: 'custom', path: ['organization'], message: 'field.required' })
    }),
  )

/** The form of M3-6. A field that the category does not have is dropped, not refused. */
export const registrationForm = z.pipe(
  filledForm,
  z.transform((form) => {
    const has: Partial<Record<string, string>> = CATEGORY_FIELDS[form.category]
    return {
      ...form,
      organization: has['organization'] ? form.organization : null,
      birthDate: has['birthDate'] ? form.birthDate : null,
      sex: has['sex'] ? form.sex : null,
    }
  }),
)
export type RegistrationForm = z.output<typeof registrationForm>

/** `POST /registrations/{token}/completion`: the account exists, its ID is on the way by mail as well. */
export const completionReply = z.object({ userId: z.string(), email: z.string() })

/** M6: what 利用者詳細 shows. Absent details are null; `birthDate` is an ISO date. */
export const accountReply = z.object({
  userId: z.string(),
  category: z.enum(CATEGORIES),
  nameEn: z.nullable(z.string()),
  email: z.string(),
  phone: z.nullable(z.string()),
  organization: z.nullable(z.string()),
  birthDate: z.nullable(z.string()),
  sex: z.nullable(z.enum(SEXES)),
  postalCode: z.nullable(z.string()),
  address: z.nullable(z.string()),
  /** M6.3: the 利用申出 is approved, postal code and address can be changed. */
  useApproved: z.boolean(),
  /** In which mails come, and how their Japanese is written. */
  language: languageSchema,
  mailJapanese: z.enum(JAPANESE_STYLES),
  /** When the account goes, at its owner's wish; null = it stays. */
  deletionDueAt: z.nullable(z.string()),
})
export type Account = z.infer<typeof accountReply>

/** `POST /codes`: a mailed code (`ABCD-EFGH`) together with the address to which it was mailed does what the link of the mail does. */
export const codeRequest = z.object({
  email: emailField,
  code: z.string({ error: 'field.required' }).check(
    z.overwrite((text) =>
      narrowed(withoutInvisible(text))
        .replace(/[\s\p{Cc}\u2010-\u2015\u2212\u30FC-]/gu, '')
        .toUpperCase(),
    ),
    z.superRefine((value, ctx) => {
      if (value === '') ctx.addIssue({ code: 'custom', message: 'field.required' })
      else if (!/^[0-9A-Z]{8}$/.test(value))
        ctx.addIssue({ code: 'custom', message: 'code.format', params: { count: value.length } })
    }),
  ),
})
/** The screen that the link of the mail would have opened, e.g. `/register/TOKEN`. */
export const codeReply = z.object({ path: z.string() })
