import { storeToRefs } from 'pinia'
import type { Announcement } from '#contract/http/staff/announcement'
import type { Language } from '#domain/language'
import { carryWritten, withoutCarriers } from '../../i18n/readings/readings'
import { useText } from '../../i18n/text'
import { usePreferences } from '../../stores/preferences'

export interface AnnouncementTexts {
  title: string
  body: string
  /** The language of the texts, which may be another than the reader's. */
  language: Language
}

/** A title is no formatted text: its `\\{` becomes a brace here. */
export const japaneseTitle = (title: string, readings: boolean): string =>
  carryWritten(title, readings).replaceAll('\\{', '{')

/**
 * An announcement as this reader gets it: in his language where it was written in it, else in English, else in Japanese, whose
 * readings the texts carry where he wants them. In other languages braces are braces.
 */
export function textsFor(announcement: Announcement, reader: Language, readings: boolean): AnnouncementTexts {
  const titles: Readonly<Record<string, unknown>> = announcement.title
  const bodies: Readonly<Record<string, unknown>> = announcement.body
  for (const language of reader === 'ja' ? [] : ([reader, 'en'] as const)) {
    const [title, body] = [titles[language], bodies[language]]
    if (typeof title === 'string' && typeof body === 'string' && title && body)
      return { title: withoutCarriers(title), body: withoutCarriers(body), language }
  }
  const { title, body } = announcement
  return { title: japaneseTitle(title.ja, readings), body: carryWritten(body.ja, readings), language: 'ja' }
}

/** Texts of announcements for the reader of this page; `inJapanese` is what staff see of one in their lists. */
export function useAnnouncementTexts() {
  const { language } = useText()
  const { readings } = storeToRefs(usePreferences())
  const wantsReadings = () => readings.value && language.value === 'ja'
  return {
    wantsReadings,
    textsOf: (announcement: Announcement) => textsFor(announcement, language.value, wantsReadings()),
    inJapanese: (announcement: Announcement) => textsFor(announcement, 'ja', wantsReadings()),
  }
}
