import * as z from 'zod/mini'

/** `GET /health`. `now` is the service's clock: in training it can be moved. */
export const healthReply = z.object({
  status: z.literal('ok'),
  version: z.string(),
  now: z.string(),
  training: z.boolean(),
  /** The domain from which mail comes, so that a reader can allow it (M1.3). */
  mailFrom: z.string(),
  database: z.object({ status: z.literal('ok'), migration: z.string() }),
  mail: z.object({ queued: z.int(), failed: z.int() }),
})
export type Health = z.infer<typeof healthReply>
