import { computed } from 'vue'
import type { Language } from '#domain/language'
import offices from '../../../resources/reference/offices.json'
import { useNames } from '../../i18n/readings/names'
import { useText } from '../../i18n/text'
import { remember, remembered } from '../../stores/storage'

const NAME = 'office'
const entryOf = (ja: string) => offices.items.find((office) => office.ja === ja)

/** The name of an office in the language, in English where it has none; one that is not in the reference data has only the name it came with. */
export function officeIn(language: Language, ja: string): string {
  const names: Partial<Record<Language, string>> = entryOf(ja) ?? {}
  return names[language] ?? names.en ?? ja
}

/** The offices of the reference data, and the one of this counter, which the machine remembers. */
export function useOffices() {
  const { language } = useText()
  const named = useNames()
  const kept = remembered('local', NAME) ?? ''
  return {
    officeName: (ja: string) => named(officeIn(language.value, ja)),
    /** For narrow columns: the English name without what all of them have in common. */
    officeShort: (ja: string) =>
      named(
        officeIn(language.value, ja).replace(/ (?:Regional Immigration Services Bureau|District Office, .*)$/u, ''),
      ),
    options: computed(() => offices.items.map(({ ja }) => ({ value: ja, label: named(officeIn(language.value, ja)) }))),
    ownOffice: entryOf(kept) ? kept : '',
    keepOwnOffice: (ja: string) => {
      remember('local', NAME, ja)
    },
  }
}
