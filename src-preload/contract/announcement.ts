import { z } from 'zod'
import { LANGUAGES } from './language'

const text = z.string({ error: 'field.required' }).max(10_000, { error: 'field.long' })
const texts = z.object({
  ja: text.min(1, { error: 'field.required' }),
  ...Object.fromEntries(LANGUAGES.slice(1).map((l) => [l, text.optional()])),
} as Record<'ja', z.ZodString> & Partial<Record<Exclude<(typeof LANGUAGES)[number], 'ja'>, z.ZodOptional<z.ZodString>>>)

const instant = z.iso.datetime({ offset: true, error: 'instant.format' })

/** DESIGN §10: one entry of `announcements import`; the same id replaces. Japanese is always there, other languages where written. */
export const announcementSchema = z.object({
  id: z.string({ error: 'field.required' }).regex(/^[A-Za-z0-9._-]{1,80}$/, { error: 'announcement.id' }),
  publishedAt: instant,
  until: instant.optional(),
  important: z.boolean({ error: 'field.boolean' }).optional(),
  title: texts,
  body: texts,
})
export type Announcement = z.infer<typeof announcementSchema>

/** `GET /announcements`: published and not yet over; important ones first, then the newest. */
export const announcementsReply = z.object({ items: z.array(announcementSchema), total: z.number().int() })
