import { readonly, ref } from 'vue'

const text = ref<string | null>(null)

/** Says that something was done. Only success: what needs an answer stands in the page. Stays until closed or the next screen. */
export function useToast() {
  return {
    text: readonly(text),
    show: (done: string) => {
      text.value = done
    },
    close: () => {
      text.value = null
    },
  }
}
