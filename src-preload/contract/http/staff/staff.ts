import * as z from 'zod/mini'
import { lineOf, narrowed } from '../../../domain/text/typed-text'

/** DESIGN §9: a clerk takes applications in and issues; an admin also keeps staff, announcements, mail settings and logs. */
export const STAFF_ROLES = ['clerk', 'admin'] as const
export type StaffRole = (typeof STAFF_ROLES)[number]

/** DESIGN §9: without a screen move for 15 minutes staff are signed out. */
export const STAFF_IDLE_MS = 15 * 60_000

/** Login names are short, in small letters, and differ at a glance. */
export const loginNameField = z.string({ error: 'field.required' }).check(
  z.overwrite((typed) => narrowed(lineOf(typed)).trim().toLowerCase()),
  z.refine((name) => /^[a-z0-9][a-z0-9._-]{1,39}$/.test(name), { error: 'login-name.form' }),
)

/** `POST /staff/session`. */
export const staffLoginRequest = z.object({
  loginName: z.string({ error: 'field.required' }).check(
    z.maxLength(200, { error: 'field.long', abort: true }),
    z.overwrite((typed) => narrowed(lineOf(typed)).trim().toLowerCase()),
    z.refine((name) => name !== '', { error: 'field.required' }),
  ),
  password: z
    .string({ error: 'field.required' })
    .check(z.minLength(1, { error: 'field.required' }), z.maxLength(200, { error: 'password.long' })),
})

/** Who of the staff is signed in; the session ends at `deadline`, after 15 minutes without a screen move. */
export const staffSessionReply = z.object({
  loginName: z.string(),
  name: z.string(),
  role: z.enum(STAFF_ROLES),
  previousLoginAt: z.nullable(z.string()),
  deadline: z.string(),
})
export type StaffSession = z.infer<typeof staffSessionReply>
