import type { Language } from '#domain/language'
import en from '../../resources/locales/en/desktop.json' with { type: 'json' }
import es from '../../resources/locales/es/desktop.json' with { type: 'json' }
import ja from '../../resources/locales/ja/desktop.json' with { type: 'json' }
import ko from '../../resources/locales/ko/desktop.json' with { type: 'json' }
import tl from '../../resources/locales/tl/desktop.json' with { type: 'json' }
import vi from '../../resources/locales/vi/desktop.json' with { type: 'json' }
import zhHans from '../../resources/locales/zh-Hans/desktop.json' with { type: 'json' }
import zhHant from '../../resources/locales/zh-Hant/desktop.json' with { type: 'json' }

export type DesktopTextKey = keyof typeof ja

const catalogues: Record<Language, Record<DesktopTextKey, string>> = {
  ja,
  en,
  'zh-Hans': zhHans,
  'zh-Hant': zhHant,
  ko,
  es,
  vi,
  tl,
}

/** What the shell itself says, in menus and boxes of the system; these know no readings, and its Japanese carries none. */
export function desktopText(language: Language, key: DesktopTextKey, values: Record<string, string> = {}): string {
  return catalogues[language][key].replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place)
}
