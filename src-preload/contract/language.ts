import { z } from 'zod'

/** M1.6: the eight languages, in the order of the manual's menu; each is named in itself on the screen. */
export const LANGUAGES = ['ja', 'en', 'zh-Hans', 'zh-Hant', 'ko', 'es', 'vi', 'tl'] as const
export type Language = (typeof LANGUAGES)[number]

/** One of the eight codes of `LANGUAGES`. */
export const languageSchema = z.enum(LANGUAGES, { error: 'language.unknown' })
