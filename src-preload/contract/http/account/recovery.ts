import * as z from 'zod/mini'
import { emailField, nameEnField, passwordField } from '../fields'
import { languageSchema } from '../../../domain/language'
import { lineOf, narrowed, trimmedPassword } from '../../../domain/text/typed-text'
import { normalizeUserId } from '../../../domain/user-id'

/** A typed user ID as it is; its form is judged nowhere, since old IDs may have any (M2). */
export const userIdField = z.string({ error: 'field.required' }).check(
  z.maxLength(200, { error: 'user-id.long', abort: true }),
  z.overwrite((typed) => narrowed(lineOf(typed)).trim()),
  z.refine((typed) => normalizeUserId(typed) !== '', { error: 'field.required' }),
)

/** A new password, typed twice where the second one is sent. */
export const newPasswordFields = {
  password: passwordField,
  passwordConfirmation: z.optional(z.string({ error: 'field.required' }).check(z.overwrite(trimmedPassword))),
}

/** Ties a second password that differs to its own field. */
export function samePassword(
  form: { password: string; passwordConfirmation?: string | undefined },
  ctx: z.core.$RefinementCtx,
): void {
  const { password, passwordConfirmation: again } = form
  if (again === undefined || again === password) return
  const message = again === '' ? 'field.required' : 'password.mismatch'
  ctx.addIssue({ code: 'custom', path: ['passwordConfirmation'], message })
}

/** Ties a second e-mail address that differs to its own field. */
export function sameEmail(
  form: { email: string; emailConfirmation?: string | undefined },
  ctx: z.core.$RefinementCtx,
): void {
  if (form.emailConfirmation !== undefined && form.emailConfirmation !== form.email)
    ctx.addIssue({ code: 'custom', path: ['emailConfirmation'], message: 'email.mismatch' })
}

/** `POST /user-id-reminders` (M2.4): the mail lists the IDs; the answer never says whether there are any. */
export const userIdReminderRequest = z.object({
  email: emailField,
  nameEn: nameEnField,
  language: z.optional(languageSchema),
})
export const userIdReminderReply = z.object({ email: z.string() })

/** `POST /password-resets` (M2.5): the mail carries a link for 1 hour; the answer never says whether ID and address belong together. */
export const passwordResetRequest = z.object({
  userId: userIdField,
  email: emailField,
  language: z.optional(languageSchema),
})
export const passwordResetReply = z.object({ email: z.string(), expiresAt: z.string() })

/** `GET /password-resets/{token}`. */
export const passwordResetLinkReply = z.object({ userId: z.string(), expiresAt: z.string() })

/** `POST /password-resets/{token}/completion`. */
export const passwordResetForm = z.object(newPasswordFields).check(z.superRefine(samePassword))
