import type { Language } from '#domain/language'

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

/** The word that begins, on the button of each language: who cannot read the screen yet finds it. */
export const LANGUAGE_STARTS: Record<Language, string> = {
  ja: 'はじめる',
  en: 'Start',
  'zh-Hans': '开始',
  'zh-Hant': '開始',
  ko: '시작',
  es: 'Comenzar',
  vi: 'Bắt đầu',
  tl: 'Magsimula',
}
