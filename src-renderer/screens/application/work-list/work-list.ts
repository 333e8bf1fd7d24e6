import { computed, type ComputedRef } from 'vue'
import { type LocationQuery, type RouteLocationRaw, useRoute } from 'vue-router'
import { type APPLICATION_SORTS, type ApplicationState, workListQuery } from '#contract/http/certificate/application'
import { pageQuery } from '#contract/http/certificate/receipt'

/** The tabs in the order of the way: 受付 → 審査中 → 交付 → … → 不交付 (DESIGN §9). */
export const TABS: readonly ApplicationState[] = [
  'received',
  'examining',
  'issued',
  'failed',
  'sent',
  'registered',
  'expired',
  'refused',
]

/** Sign of a state; its colour only repeats it. */
export const STATE_KINDS = {
  received: 'plain',
  examining: 'plain',
  refused: 'plain',
  issued: 'plain',
  failed: 'failed',
  sent: 'open',
  registered: 'done',
  expired: 'plain',
} as const satisfies Record<ApplicationState, string>

export interface WorkListChoice {
  state: ApplicationState | undefined
  q: string
  office: string
  /** First and last day of intake, ISO dates; blank is any. */
  from: string
  to: string
  sort: (typeof APPLICATION_SORTS)[number]
  page: number
  size: number
}

const FIRST: WorkListChoice = {
  state: undefined,
  q: '',
  office: '',
  from: '',
  to: '',
  sort: '-updatedAt',
  page: 1,
  size: 20,
}

/** What the address says of the list; what does not fit there is as at first. */
export function workListChoice(query: LocationQuery): WorkListChoice {
  const read = <Key extends keyof WorkListChoice>(name: Key, outcome: { success: boolean; data?: unknown }) =>
    (outcome.success && outcome.data !== undefined ? outcome.data : FIRST[name]) as WorkListChoice[Key]
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : undefined)
  const { state, q, office, from, to, sort } = workListQuery.shape
  const { page, size } = pageQuery.shape
  return {
    state: read('state', state.safeParse(text('state'))),
    q: read('q', q.safeParse(text('q'))),
    office: read('office', office.safeParse(text('office'))),
    from: read('from', from.safeParse(text('from'))),
    to: read('to', to.safeParse(text('to'))),
    sort: read('sort', sort.safeParse(text('sort'))),
    page: read('page', page.safeParse(text('page'))),
    size: read('size', size.safeParse(text('size'))),
  }
}

/** Whether anything but the order was wished for. */
export const isWished = ({ state, q, office, from, to }: WorkListChoice): boolean =>
  state !== undefined || [q, office, from, to].some((word) => word !== '')

/** The list with other wishes; everything stands in the address, so that Back works. What is as at first is left out. */
export function workListLink(choice: WorkListChoice, changes: Partial<WorkListChoice>): RouteLocationRaw {
  // Another list begins with its first page.
  const next = { ...choice, page: 1, ...changes }
  const query = Object.entries(next).filter(
    ([name, value]) => value !== undefined && value !== FIRST[name as keyof WorkListChoice],
  )
  return { name: 'application.list', query: Object.fromEntries(query) as Record<string, string | number> }
}

/** The chosen list; it stays as it was while another screen is being opened. */
export function useWorkListChoice(): ComputedRef<WorkListChoice> {
  const route = useRoute()
  const own = route.name
  return computed<WorkListChoice>((before) => {
    if (before && route.name !== own) return before
    const now = workListChoice(route.query)
    return before && JSON.stringify(before) === JSON.stringify(now) ? before : now
  })
}
