import * as z from 'zod/mini'
import { userIdField } from './recovery'

/** `POST /session`. The ID is taken in any case, with or without spaces and hyphens. */
export const loginRequest = z.object({
  userId: userIdField,
  password: z
    .string({ error: 'field.required' })
    .check(z.minLength(1, { error: 'field.required' }), z.maxLength(200, { error: 'password.long' })),
})

/** Who is signed in. `deadline` (instant) is when the session ends without a further screen move (M2.6). */
export const sessionReply = z.object({
  userId: z.string(),
  name: z.string(),
  previousLoginAt: z.nullable(z.string()),
  deadline: z.string(),
  /** Until then changes of password and e-mail address do not ask for the password again. */
  recentUntil: z.string(),
})
export type Session = z.infer<typeof sessionReply>

/** `POST /session/extension`. */
export const extensionReply = z.object({ deadline: z.string() })

/** `GET /session/draft-key`: 256 bits, base64url; one a person, always the same, so that drafts on a device open for their writer only. */
export const draftKeyReply = z.object({ key: z.string() })
