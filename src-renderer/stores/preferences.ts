import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Language } from '#contract/language'
import { OFFERED_LANGUAGES } from '../i18n/catalogues'
import { remember, remembered } from './storage'

/** M1.5 配色変更: 標準, 青, 黄, 黒. */
export const SCHEMES = ['standard', 'blue', 'yellow', 'black'] as const
export type Scheme = (typeof SCHEMES)[number]

const isOffered = (code: string | null): code is Language => (OFFERED_LANGUAGES as (string | null)[]).includes(code)
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

/** Language and colour scheme of this reader, remembered on this machine. */
export const usePreferences = defineStore('preferences', () => {
  const language = ref(firstLanguage())
  const scheme = ref(firstScheme())

  function chooseLanguage(chosen: Language): void {
    language.value = chosen
    remember('local', 'language', chosen)
  }

  function chooseScheme(chosen: Scheme): void {
    scheme.value = chosen
    document.documentElement.dataset['scheme'] = chosen
    remember('local', 'scheme', chosen)
  }

  return { language, scheme, chooseLanguage, chooseScheme }
})
