import * as z from 'zod/mini'
import { LANGUAGES } from '../../../domain/language'
import { mistakenReading, READING_HELP } from '../../../domain/text/readings'
import { linesOf } from '../../../domain/text/typed-text'

const text = z
  .string({ error: 'field.required' })
  .check(z.overwrite(linesOf), z.maxLength(10_000, { error: 'field.long' }))
const texts = z.object({
  ja: text.check(z.minLength(1, { error: 'field.required' })),
  ...Object.fromEntries(LANGUAGES.slice(1).map((l) => [l, z.optional(text)])),
} as Record<'ja', z.ZodMiniString<string>> &
  Partial<Record<Exclude<(typeof LANGUAGES)[number], 'ja'>, z.ZodMiniOptional<z.ZodMiniString<string>>>>)

const instant = z.iso.datetime({ offset: true, error: 'instant.format' })

/** DESIGN §10: one entry of `announcements import`; the same id replaces. Japanese is always there, other languages where written. */
export const announcementSchema = z.object({
  id: z.string({ error: 'field.required' }).check(z.regex(/^[A-Za-z0-9._-]{1,80}$/, { error: 'announcement.id' })),
  publishedAt: instant,
  until: z.optional(instant),
  important: z.optional(z.boolean({ error: 'field.boolean' })),
  title: texts,
  body: texts,
})
export type Announcement = z.infer<typeof announcementSchema>

/**
 * What is taken in: as above, and the readings in the Japanese texts are right. What is stored is not asked again; a mistake that
 * came in before is shown as it stands.
 */
export const readingsCheck = z.superRefine(({ title, body }: Pick<Announcement, 'title' | 'body'>, ctx) => {
  for (const [field, { ja }] of Object.entries({ title, body })) {
    const found = mistakenReading(ja)
    if (found !== null)
      ctx.addIssue({
        code: 'custom',
        path: [field, 'ja'],
        message: 'announcement.reading',
        params: { found, ...READING_HELP },
      })
  }
})
export const announcementEntry = announcementSchema.check(readingsCheck)

/** `GET /announcements`: published and not yet over; important ones first, then the newest. */
export const announcementsReply = z.object({ items: z.array(announcementSchema), total: z.int() })
