import * as z from 'zod/mini'
import { accountReply } from './account'
import { certificateRow } from '../certificate/certificate'
import { addressField, emailField, optional, phoneField, postalCodeField } from '../fields'
import { JAPANESE_STYLES, languageSchema } from '../../../domain/language'
import { newPasswordFields, sameEmail, samePassword } from './recovery'

/** The password once more, where the login is longer ago than 10 minutes (DESIGN §6). */
const currentPassword = z.optional(z.string().check(z.maxLength(200, { error: 'password.long' })))

/** `PUT /account/password` (M6.2). */
export const passwordChangeForm = z.object({ ...newPasswordFields, currentPassword }).check(z.superRefine(samePassword))

/** `POST /account/email-changes` (M6.1): a link goes to the new address, for 24 hours. */
export const emailChangeRequest = z
  .object({ email: emailField, emailConfirmation: z.optional(emailField), currentPassword })
  .check(z.superRefine(sameEmail))
export const emailChangeReply = z.object({ email: z.string(), expiresAt: z.string() })

/** `GET /email-undos/{token}`: the address that the button will put in place. */
export const emailLinkReply = z.object({ email: z.string(), expiresAt: z.string() })

/** `GET /email-changes/{token}`: the same, and whether the password has to come with it because nobody of that account is signed in here. */
export const emailChangeLinkReply = z.extend(emailLinkReply, { needsPassword: z.boolean() })

/** `POST /email-changes/{token}/completion`; without a session of that account `currentPassword` is asked for (`password.needed`). */
export const emailChangeCompletion = z.object({ currentPassword })

/** `POST …/{token}/completion`: the address that is in place now. */
export const emailChangedReply = z.object({ email: z.string() })

/** `PUT /account/details` (M6.3). Postal code and address only where the 利用申出 is approved; absent = unchanged, blank = erased. */
export const detailsForm = z.object({
  phone: phoneField,
  postalCode: z.optional(optional(postalCodeField)),
  address: z.optional(optional(addressField)),
})

/** `PUT /account/mail-language`: ours, in which language mails come and how their Japanese is written. */
export const mailLanguageForm = z.object({
  language: languageSchema,
  mailJapanese: z.enum(JAPANESE_STYLES, { error: 'language.unknown' }),
})

/** What may be told of one event: sign-ins, failures, changes, mails. The renderer words it by `kind`. */
export const ACTIVITIES = [
  'account.registered',
  'account.imported',
  'account.approved',
  'account.phone-changed',
  'account.mail-language-changed',
  'account.password-changed',
  'account.password-reset',
  'account.email-change-asked',
  'account.email-changed',
  'account.email-change-undone',
  'account.exported',
  'account.deletion-asked',
  'account.deletion-withdrawn',
  'account.not-me',
  'account.test-mail',
  'account.reset-asked',
  'account.id-reminded',
  'session.opened',
  'session.closed',
  'session.wrong',
  'session.locked',
  'receipt.registered',
  'mail.sent',
  'mail.queued',
  'mail.failed',
] as const

/** `device`: browser and system in plain words (`Edge, Windows`), null where unknown. `subject`: certificate number or the mail's subject. */
export const activitySchema = z.object({
  id: z.string(),
  at: z.string(),
  kind: z.enum(ACTIVITIES),
  device: z.nullable(z.string()),
  subject: z.nullable(z.string()),
})
export type Activity = z.infer<typeof activitySchema>

/** `GET /account/activity?page=&size=`: newest first. */
export const activitiesReply = z.object({ items: z.array(activitySchema), total: z.int() })

/** `POST /account/test-mails` and `GET /account/test-mails/{id}`: whether the mail server took it. */
export const testMailReply = z.object({
  id: z.string(),
  email: z.string(),
  status: z.enum(['queued', 'sent', 'failed']),
  sentAt: z.nullable(z.string()),
})

/** `POST /account/deletion`: the account goes at `dueAt`, unless `DELETE /account/deletion` comes before. */
export const deletionRequest = z.object({ currentPassword })
export const deletionReply = z.object({ dueAt: z.string() })

/** `POST /account/export`: everything that is held about a person. Dates are ISO, instants with zone. */
export const exportReply = z.object({
  exportedAt: z.string(),
  account: z.extend(accountReply, {
    language: languageSchema,
    createdAt: z.string(),
    lastLoginAt: z.nullable(z.string()),
  }),
  certificates: z.array(
    z.extend(z.omit(certificateRow, { userId: true }), {
      validUntil: z.string(),
      requestedAt: z.string(),
      mailAcceptedAt: z.nullable(z.string()),
      registeredAt: z.nullable(z.string()),
    }),
  ),
  activity: z.array(activitySchema),
})
export type AccountExport = z.infer<typeof exportReply>
