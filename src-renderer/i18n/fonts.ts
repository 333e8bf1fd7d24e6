import type { Language } from '#domain/language'

/**
 * Letters that Noto Sans JP lacks or draws otherwise. A style sheet only names the pieces of a font; a piece is loaded when a letter
 * of it is shown.
 */
const sheets: Partial<Record<Language, () => Promise<unknown>>> = {
  'zh-Hans': () => import('@fontsource-variable/noto-sans-sc/wght.css'),
  'zh-Hant': () => import('@fontsource-variable/noto-sans-tc/wght.css'),
  ko: () => import('@fontsource-variable/noto-sans-kr/wght.css'),
}

/** Brings the letters of a language; without them the system's own are shown. */
export async function loadLetters(language: Language): Promise<void> {
  await sheets[language]?.().catch(() => undefined)
}

/** Brings all of them, for the names of the languages in the menu. */
export async function loadAllLetters(): Promise<void> {
  await Promise.all(Object.values(sheets).map((load) => load().catch(() => undefined)))
}
