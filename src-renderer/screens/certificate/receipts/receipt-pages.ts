import { computed, type ComputedRef } from 'vue'
import { type LocationQuery, type RouteLocationNormalizedLoaded, type RouteLocationRaw, useRoute } from 'vue-router'
import { pageQuery } from '#contract/http/certificate/receipt'

export interface PageChoice {
  page: number
  size: number
}

/** Page and size from the address; what does not fit there is the first page with 20 (M5). */
export function chosenPage(query: LocationQuery): PageChoice {
  const page = pageQuery.shape.page.safeParse(query['page'] ?? undefined)
  const size = pageQuery.shape.size.safeParse(query['size'] ?? undefined)
  return { page: page.success ? page.data : 1, size: size.success ? size.data : 20 }
}

/** The same screen on another page; page and size stand in the address, so that Back goes through them. */
export function pageLink(
  route: Pick<RouteLocationNormalizedLoaded, 'name' | 'params'>,
  page: number,
  size: number,
): RouteLocationRaw {
  return {
    name: route.name ?? 'certificate.receipts',
    params: route.params,
    query: { ...(page === 1 ? {} : { page }), ...(size === 20 ? {} : { size }) },
  }
}

/** How many pages a list of so many has; an empty list has one. */
export function pageCount(total: number, size: number): number {
  return Math.max(1, Math.ceil(total / size))
}

/** The chosen page of the shown list; it stays as it was while another screen is being opened. */
export function useChosenPage(): ComputedRef<PageChoice> {
  const route = useRoute()
  const own = route.name
  return computed<PageChoice>((before) => {
    const now = route.name === own || !before ? chosenPage(route.query) : before
    return before && before.page === now.page && before.size === now.size ? before : now
  })
}
