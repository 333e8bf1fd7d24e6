import { computed, ref } from 'vue'
import { useRoute } from 'vue-router'
import { useText } from '../i18n/text'

/** A name that the shown screen gave itself (the title of an announcement); forgotten with the next screen. */
const given = ref<string | null>(null)

/** The name of the shown screen, as the manual calls it: h1, document title, end of the breadcrumb. */
export function useScreen() {
  const route = useRoute()
  const { t } = useText()
  return {
    name: computed(() => given.value ?? (route.matched.length > 0 ? t(route.meta.title) : '')),
    rename: (name: string | null) => {
      given.value = name
    },
  }
}
