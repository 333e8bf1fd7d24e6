import type { Language } from '#contract/language'

/** M1.6: every language is named in itself. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  ja: '日本語',
  en: 'English',
  'zh-Hans': '中文(简体字)',
  'zh-Hant': '中文(繁體字)',
  ko: '한국어',
  es: 'Español',
  vi: 'Tiếng Việt',
  tl: 'Tagalog',
}

/** A form of Japanese that learners read with less trouble; its name has no kanji that they would have to know. */
export const EASY_JAPANESE_NAME = 'やさしい日本語'
