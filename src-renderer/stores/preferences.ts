import { defineStore } from 'pinia'
import { ref } from 'vue'
import { LANGUAGES, type Language } from '#domain/language'
import { firstLanguage, firstScheme, type Scheme } from './first-choice'
import { remember, remembered } from './storage'

/** Language, its form and the colour scheme of this reader, remembered on this machine. */
export const usePreferences = defineStore('preferences', () => {
  const language = ref<Language>(firstLanguage(LANGUAGES))
  const scheme = ref<Scheme>(firstScheme())
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
