import * as z from 'zod/mini'

/** M1.6: the eight languages, in the order of the manual's menu; each is named in itself on the screen. */
export const LANGUAGES = ['ja', 'en', 'zh-Hans', 'zh-Hant', 'ko', 'es', 'vi', 'tl'] as const
export type Language = (typeof LANGUAGES)[number]

/** One of the eight codes of `LANGUAGES`. */
export const languageSchema = z.enum(LANGUAGES, { error: 'language.unknown' })

/** How Japanese is written for a reader: as usual, with readings on all kanji, or in やさしい日本語 (with readings, too). */
export const JAPANESE_STYLES = ['plain', 'readings', 'easy'] as const
export type JapaneseStyle = (typeof JAPANESE_STYLES)[number]
