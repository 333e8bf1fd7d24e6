import { defineStore } from 'pinia'
import { ref } from 'vue'
import { LANGUAGES, type Language } from '#contract/language'
import { remember, remembered } from './storage'

/** M1.5 配色変更: 標準, 青, 黄, 黒. */
export const SCHEMES = ['standard', 'blue', 'yellow', 'black'] as const
export type Scheme = (typeof SCHEMES)[number]

const isOffered = (code: string | null): code is Language => (LANGUAGES as readonly (string | null)[]).includes(code)
const isScheme = (name: string | null): name is Scheme => (SCHEMES as readonly (string | null)[]).includes(name)

/** The offered language that a system's language tag means; Chinese is told apart by script or region. */
function offeredFor(tag: string): Language | null {
  const wanted = new Intl.Locale(tag).maximize()
  const code = wanted.language === 'zh' ? `zh-${wanted.script}` : wanted.language === 'fil' ? 'tl' : wanted.language
  return isOffered(code) ? code : null
}

/** DESIGN §10: what was chosen before; else the first language of the system that is offered; else Japanese. */
export function firstLanguage(): Language {
  const chosen = remembered('local', 'language')
  if (isOffered(chosen)) return chosen
  for (const tag of navigator.languages) {
    const offered = offeredFor(tag)
    if (offered) return offered
  }
  return 'ja'
}

/** What was chosen before; at the first start black when the system prefers dark. */
export function firstScheme(): Scheme {
  const chosen = remembered('local', 'scheme')
  if (isScheme(chosen)) return chosen
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'black' : 'standard'
}

/** Language, its form and the colour scheme of this reader, remembered on this machine. */
export const usePreferences = defineStore('preferences', () => {
  const language = ref(firstLanguage())
  const scheme = ref(firstScheme())
  const readings = ref(remembered('local', 'furigana') === 'on')
  const easy = ref(remembered('local', 'easy-japanese') === 'on')

  /** `inEasyJapanese`: やさしい日本語, at first with readings. */
  function chooseLanguage(chosen: Language, inEasyJapanese = false): void {
    if (inEasyJapanese && !easy.value) chooseReadings(true)
    language.value = chosen
    easy.value = inEasyJapanese
    remember('local', 'language', chosen)
    remember('local', 'easy-japanese', inEasyJapanese ? 'on' : null)
  }

  /** ふりがな on all kanji. */
  function chooseReadings(chosen: boolean): void {
    readings.value = chosen
    remember('local', 'furigana', chosen ? 'on' : null)
  }

  function chooseScheme(chosen: Scheme): void {
    scheme.value = chosen
    document.documentElement.dataset['scheme'] = chosen
    remember('local', 'scheme', chosen)
  }

  return { language, scheme, readings, easy, chooseLanguage, chooseReadings, chooseScheme }
})
