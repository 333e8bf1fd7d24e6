import { z } from 'zod'
import { normalizeUserId } from './user-id'

/** `POST /session`. The ID is taken in any case, with or without spaces and hyphens. */
export const loginRequest = z.object({
  userId: z
    .string({ error: 'field.required' })
    .max(200, { error: 'user-id.long' })
    .transform((typed) => typed.normalize('NFKC').trim())
    .refine((typed) => normalizeUserId(typed) !== '', { error: 'field.required' }),
  password: z
    .string({ error: 'field.required' })
    .min(1, { error: 'field.required' })
    .max(200, { error: 'password.long' }),
})

/** Who is signed in. `deadline` (instant) is when the session ends without a further screen move (M2.6). */
export const sessionReply = z.object({
  userId: z.string(),
  name: z.string(),
  previousLoginAt: z.string().nullable(),
  deadline: z.string(),
})
export type Session = z.infer<typeof sessionReply>

/** `POST /session/extension`. */
export const extensionReply = z.object({ deadline: z.string() })
