import type { Announcement } from '#contract/announcement'
import type { Language } from '#contract/language'

export interface AnnouncementTexts {
  title: string
  body: string
  /** The language of the texts, which may be another than the reader's. */
  language: Language
}

/** An announcement as this reader gets it: in his language where it was written in it, else in English, else in Japanese. */
export function textsFor(announcement: Announcement, reader: Language): AnnouncementTexts {
  const titles: Readonly<Record<string, unknown>> = announcement.title
  const bodies: Readonly<Record<string, unknown>> = announcement.body
  for (const language of reader === 'ja' ? [] : ([reader, 'en'] as const)) {
    const [title, body] = [titles[language], bodies[language]]
    if (typeof title === 'string' && typeof body === 'string' && title && body) return { title, body, language }
  }
  return { title: announcement.title.ja, body: announcement.body.ja, language: 'ja' }
}
