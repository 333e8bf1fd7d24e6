import { computed, type ComputedRef } from 'vue'
import { type RouteLocationRaw, useRoute } from 'vue-router'
import { chosenPage, type PageChoice } from '../certificate/receipts/receipt-pages'

/** What the address says of a list: page, size, and the words of its filter; a word that is not there is empty. */
export type ListQuery<Word extends string> = PageChoice & { words: Record<Word, string> }

/**
 * A list whose page and filter stand in the address, so that Back goes through them and a link can be handed on. The wish stays
 * as it was while another screen is being opened.
 */
export function useListWish<Word extends string>(
  words: readonly Word[],
): {
  wish: ComputedRef<ListQuery<Word>>
  linkTo: (changes: Partial<Record<Word, string>> & { page?: number }) => RouteLocationRaw
} {
  const route = useRoute()
  const own = route.name
  const read = (): ListQuery<Word> => ({
    ...chosenPage(route.query),
    words: Object.fromEntries(
      words.map((word) => [word, typeof route.query[word] === 'string' ? route.query[word] : '']),
    ) as Record<Word, string>,
  })
  const wish = computed<ListQuery<Word>>((before) => {
    if (before && route.name !== own) return before
    const now = read()
    return before && JSON.stringify(before) === JSON.stringify(now) ? before : now
  })
  return {
    wish,
    linkTo: ({ page = 1, ...changes }) => {
      const wanted: Record<string, string> = { ...wish.value.words, ...(changes as Record<string, string>) }
      const query = Object.fromEntries(Object.entries(wanted).filter(([, word]) => word !== ''))
      return { name: own ?? 'admin.numbers', query: { ...query, ...(page === 1 ? {} : { page }) } }
    },
  }
}
