import { type ComputedRef, computed, type Ref, ref, watch } from 'vue'
import { type Composer, createI18n, useI18n } from 'vue-i18n'
import type { Language } from '#contract/language'
import { loadCatalogue, type MessageKey, OFFERED_LANGUAGES } from './catalogues'
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

/**
 * Texts in a language that the screen is not shown in: what is printed for somebody else. `ready` is done when they are there; a
 * language that is not offered is English.
 */
export function useTextIn(wanted: () => Language): {
  t: TextAccess['t']
  language: ComputedRef<Language>
  ready: Ref<boolean>
} {
  const { t, availableLocales, setLocaleMessage } = useI18n({ useScope: 'global' })
  const language = computed(() => (OFFERED_LANGUAGES.includes(wanted()) ? wanted() : 'en'))
  const ready = ref(false)
  watch(
    language,
    async (code) => {
      ready.value = false
      if (!availableLocales.includes(code)) setLocaleMessage(code, await loadCatalogue(code))
      ready.value = true
    },
    { immediate: true },
  )
  return { t: (key, params = {}) => withoutReadings(t(key, params, { locale: language.value })), language, ready }
}
