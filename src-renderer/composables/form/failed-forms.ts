import { computed, ref } from 'vue'

/** How many forms of the screen show errors. */
const count = ref(0)

/** Whether a form of the screen shows errors: `App.vue` puts 「エラー：」 before the document's title meanwhile. */
export const anyFormFailed = computed(() => count.value > 0)

export function formFailed(): void {
  count.value += 1
}

export function formMended(): void {
  count.value = Math.max(0, count.value - 1)
}

/** Another screen is shown: its title says nothing of errors that are gone. */
export function forgetFailedForms(): void {
  count.value = 0
}
