import * as z from 'zod/mini'
import { type AnnouncementForm, announcementForm, type ManagedAnnouncement, textIn } from '#contract/http/staff/admin'
import { LANGUAGES } from '#domain/language'
import { lineOf, narrowed } from '#domain/text/typed-text'

/** What is typed, field by field: `title.ja`, `body.ja`, … The names are those of the contract. */
export type AnnouncementDraft = Record<string, string>

/** An instant as it is typed: `2026-12-01 09:00`, time in Japan. */
function typedTime(instant: string | undefined): string {
  if (instant === undefined) return ''
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Tokyo',
    dateStyle: 'short',
    timeStyle: 'short',
  })
  return parts.format(Date.parse(instant))
}

/** The instant of a typed time; what is none goes on as it is, for the schema to say so. */
function instantOf(typed: string): string {
  const plain = narrowed(lineOf(typed)).trim()
  const [, date, hour, rest] = /^(\d{4}-\d{2}-\d{2})[ T](\d{1,2})(:\d{2})$/.exec(plain.replaceAll('/', '-')) ?? []
  return date !== undefined && hour !== undefined ? `${date}T${hour.padStart(2, '0')}${rest}:00+09:00` : plain
}

/** The form for an announcement, or for a new one that is published at `now`. */
export function draftOf(announcement: ManagedAnnouncement | null, now: string): AnnouncementDraft {
  const texts = LANGUAGES.flatMap((language) => [
    [`title.${language}`, announcement ? textIn(announcement.title, language) : ''],
    [`body.${language}`, announcement ? textIn(announcement.body, language) : ''],
  ])
  return {
    publishedAt: typedTime(announcement?.publishedAt ?? now),
    until: typedTime(announcement?.until),
    important: announcement?.important ? 'yes' : 'no',
    ...(Object.fromEntries(texts) as Record<string, string>),
  }
}

const textsOf = (draft: AnnouncementDraft, field: 'title' | 'body') =>
  Object.fromEntries(LANGUAGES.map((language) => [language, draft[`${field}.${language}`] ?? '']))

const requestOf = z.transform((draft: AnnouncementDraft): unknown => ({
  publishedAt: instantOf(draft['publishedAt'] ?? ''),
  ...(draft['until']?.trim() ? { until: instantOf(draft['until']) } : {}),
  important: draft['important'] === 'yes',
  title: textsOf(draft, 'title'),
  body: textsOf(draft, 'body'),
}))

/** Reads the form into the request; the errors carry the names of the form's fields. */
export const announcementDraft = z.pipe(
  z.pipe(z.record(z.string(), z.string()), requestOf),
  announcementForm as unknown as z.ZodMiniType<AnnouncementForm, unknown>,
)
