import { type ComputedRef, computed } from 'vue'
import { type Composer, createI18n, useI18n } from 'vue-i18n'
import type { Language } from '#contract/language'
import { loadCatalogue, type MessageKey } from './catalogues'
import { withoutReadings } from './readings'

export type MessageParams = Record<string, string | number>

/** The plugin that carries all texts; empty until `showLanguage` loaded one. */
export function createTexts() {
  return createI18n({
    legacy: false,
    locale: 'ja',
    fallbackLocale: 'ja',
    messages: {},
    // Keys are flat: `a.b` and `a.b.c` may both be there.
    messageResolver: (catalogue, key) => (catalogue as Record<string, string>)[key] ?? null,
    missingWarn: import.meta.env.DEV,
    fallbackWarn: false,
  })
}

/** Loads a language where it is not there yet, shows all texts in it and names it in `html[lang]`. Typed input stays. */
export async function showLanguage(
  texts: { global: Pick<Composer, 'availableLocales' | 'locale' | 'setLocaleMessage'> },
  language: Language,
): Promise<void> {
  const { global } = texts
  if (!global.availableLocales.includes(language)) global.setLocaleMessage(language, await loadCatalogue(language))
  global.locale.value = language
  document.documentElement.lang = language
}

export interface TextAccess {
  /** The text of a key without readings. `params.count` also chooses between the plural forms `one | many`. */
  t(key: MessageKey, params?: MessageParams): string
  /** Whether a key has a text, for keys made of codes that the service sends. */
  has(key: string): key is MessageKey
  language: ComputedRef<Language>
}

/** The only way to a text for components and composables (readings are taken out here). Call it in `setup`. */
export function useText(): TextAccess {
  const { t, te, locale } = useI18n({ useScope: 'global' })
  return {
    t: (key, params = {}) =>
      withoutReadings(typeof params['count'] === 'number' ? t(key, params, params['count']) : t(key, params)),
    has: (key): key is MessageKey => te(key) || te(key, 'ja'),
    language: computed(() => locale.value as Language),
  }
}
