import { storeToRefs } from 'pinia'
import { shallowRef, watchEffect } from 'vue'
import { usePreferences } from '../../stores/preferences'
import { encodeRuby } from './readings'
import { useText } from '../text'

/** Readings of names that are data (offices, statuses, regions), loaded when somebody wants to see readings. */
const known = shallowRef<Readonly<Record<string, string>>>({})

/** Gives Japanese names of the reference data their readings while furigana is on; everything else stays as it is. */
export function useNames(): (name: string) => string {
  const { language } = useText()
  const { readings } = storeToRefs(usePreferences())
  watchEffect(async () => {
    if (!readings.value || Object.keys(known.value).length > 0) return
    known.value = (await import('../../../resources/reference/readings.json')).items
  })
  return (name) => (readings.value && language.value === 'ja' ? encodeRuby(known.value[name] ?? name) : name)
}
