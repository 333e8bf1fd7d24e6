import type { Announcement } from '#contract/announcement'
import type { Language } from '#contract/language'

export interface AnnouncementTexts {
  title: string
  body: string
  /** The language of the texts, which may be another than the reader's. */
  language: Language
}

/** An announcement as this reader gets it: in his language where it was written in it, else in English, else in Japanese. */
export function textsFor({ title, body }: Announcement, reader: Language): AnnouncementTexts {
  for (const language of [reader, 'en'] as const) {
    const [ownTitle, ownBody] = [title[language], body[language]]
    if (reader !== 'ja' && typeof ownTitle === 'string' && typeof ownBody === 'string')
      return { title: ownTitle, body: ownBody, language }
  }
  return { title: title.ja, body: body.ja, language: 'ja' }
}
