import * as z from 'zod/mini'

/** What keeps the database from being written to. */
export const DATABASE_PROBLEMS = ['damaged', 'full', 'read-only', 'denied', 'busy', 'failing'] as const

/** Mail does not go out for the office's own fault: none at all, or some of it. */
export const MAIL_ALARMS = ['stopped', 'waiting'] as const

/**
 * `GET /health`. `now` is the service's clock: in training it can be moved. `degraded`: it answers, and somebody has to mend something;
 * what that is stands in the parts. A part that may be missing is not told by a service of before.
 */
export const healthReply = z.object({
  status: z.enum(['ok', 'degraded']),
  version: z.string(),
  now: z.string(),
  training: z.boolean(),
  /** The domain from which mail comes, so that a reader can allow it (M1.3). */
  mailFrom: z.string(),
  database: z.object({
    status: z.enum(['ok', 'failing']),
    migration: z.string(),
    problem: z.optional(z.nullable(z.enum(DATABASE_PROBLEMS))),
  }),
  /** The room on the disk of the data. */
  disk: z.optional(z.object({ status: z.enum(['ok', 'low', 'full']) })),
  /** The automatic backups: `late` = none for two days, `failed` = the last one could not be made, `off` = none are made. */
  backup: z.optional(z.object({ status: z.enum(['ok', 'late', 'failed', 'off']), lastAt: z.nullable(z.string()) })),
  mail: z.object({
    queued: z.int(),
    failed: z.int(),
    alarm: z._default(z.nullable(z.enum(MAIL_ALARMS)), null),
  }),
})
export type Health = z.infer<typeof healthReply>
