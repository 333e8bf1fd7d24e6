import { type ComputedRef, computed, nextTick, type Ref, ref, watch } from 'vue'
import { type Composer, createI18n, useI18n } from 'vue-i18n'
import type { Language } from '#domain/language'
import { loadLetters } from './fonts'
import { type Catalogue, loadCatalogue, type MessageKey } from './catalogues'
import { withoutReadings } from './readings/readings'

export type MessageParams = Record<string, string | number>

/** How Japanese is shown: with readings on all kanji, or as やさしい日本語, where a text has an easy form, with readings or without. */
export interface JapaneseForm {
  readings: boolean
  easy: boolean
}

type Texts = {
  global: Pick<Composer, 'availableLocales' | 'locale' | 'setLocaleMessage' | 'setPostTranslationHandler'>
}

/** The plugin that carries all texts; empty until `showLanguage` loaded one. */
export function createTexts() {
  return createI18n({
    legacy: false,
    locale: 'ja',
    fallbackLocale: 'ja',
    messages: {},
    // Keys are flat: `a.b` and `a.b.c` may both be there.
    messageResolver: (catalogue, key) => (catalogue as Catalogue)[key] ?? null,
    missingWarn: import.meta.env.DEV,
    fallbackWarn: false,
  })
}

/** Only the last choice counts, whatever is loaded last. */
let choice = 0

/** Whether names follow the readings (`spoken-names.ts`), which only those pay for who want to see readings. */
let speaksNames = false

async function followNames(readings: boolean, mine: number): Promise<void> {
  speaksNames = true
  const { speakNames } = await import('./readings/spoken-names')
  await nextTick()
  if (mine !== choice) return
  speakNames(readings)
  speaksNames = readings
}

/**
 * Loads a language where it is not there yet, shows all texts in it and names it in `html[lang]`. Typed input stays. Japanese is
 * loaded in the form that the reader wants. `first`: only what the first screen says; the rest is asked for afterwards.
 */
export async function showLanguage(
  { global }: Texts,
  language: Language,
  { readings, easy }: JapaneseForm = { readings: false, easy: false },
  { first = false }: { first?: boolean } = {},
): Promise<void> {
  choice += 1
  const mine = choice
  void loadLetters(language)
  const catalogue = await loadCatalogue(language, { easy, first })
  if (mine !== choice) return
  global.setPostTranslationHandler(readings ? null : withoutReadings)
  global.setLocaleMessage(language, catalogue)
  global.locale.value = language
  document.documentElement.lang = language
  const shown = language === 'ja' && readings
  document.documentElement.dataset['furigana'] = shown ? 'on' : 'off'
  if (shown || speaksNames) void followNames(shown, mine)
}

export interface TextAccess {
  /**
   * The text of a key; with furigana on it carries its readings, which a template shows and takes out of names by itself
   * (`scripts/build/template-readings.mjs`). `params.count` also chooses between the plural forms `one | many`.
   */
  t(key: MessageKey, params?: MessageParams): string
  /** Whether a key has a text, for keys made of codes that the service sends. */
  has(key: string): key is MessageKey
  language: ComputedRef<Language>
}

/** The only way to a text for components and composables. Call it in `setup`. Until a text is loaded, nothing stands in its place. */
export function useText(): TextAccess {
  const { t, te, locale } = useI18n({ useScope: 'global' })
  const has = (key: string): key is MessageKey => te(key) || te(key, 'ja')
  return {
    t: (key, params = {}) => {
      // The page brings no compiler: what is no compiled message cannot be worded.
      if (!has(key)) return ''
      return typeof params['count'] === 'number' ? t(key, params, params['count']) : t(key, params)
    },
    has,
    language: computed(() => locale.value as Language),
  }
}

/**
 * Texts in a language that the screen is not shown in: what is printed for somebody else. `ready` is done when they are there.
 */
export function useTextIn(wanted: () => Language): {
  t: TextAccess['t']
  language: ComputedRef<Language>
  ready: Ref<boolean>
} {
  const { t, te, availableLocales, setLocaleMessage } = useI18n({ useScope: 'global' })
  const language = computed(wanted)
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
  return {
    t: (key, params = {}) =>
      te(key, language.value) ? withoutReadings(t(key, params, { locale: language.value })) : '',
    language,
    ready,
  }
}
