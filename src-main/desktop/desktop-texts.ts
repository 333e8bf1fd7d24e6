import type { Language } from '#contract/language'
import en from '../../resources/locales/en/desktop.json' with { type: 'json' }
import ja from '../../resources/locales/ja/desktop.json' with { type: 'json' }

export type DesktopTextKey = keyof typeof ja

const catalogues: Partial<Record<Language, Record<DesktopTextKey, string>>> = { ja, en }

/** What the shell itself says, in menus and boxes of the system. English stands in for a language that has no texts yet. */
export function desktopText(language: Language, key: DesktopTextKey, values: Record<string, string> = {}): string {
  return (catalogues[language] ?? en)[key].replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place)
}
