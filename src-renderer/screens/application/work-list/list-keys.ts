import { useEventListener } from '@vueuse/core'
import { ref, type Ref, watch } from 'vue'
import { remember, remembered } from '../../../stores/storage'

const NAME = 'list-keys'
const STEPS: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }

const isTyped = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.closest('input, textarea, select, [role=dialog]') !== null || target.isContentEditable)

/**
 * Keys of a list: `/` goes to the search, `j` `k` and, from a row, the arrows go from row to row; Enter opens, since the row's
 * link has the focus. Signs without a modifier can be turned off (WCAG 2.1.4), which this machine remembers.
 */
export function useListKeys(table: Ref<HTMLElement | null>, search: Ref<HTMLElement | null>): { on: Ref<boolean> } {
  const on = ref(remembered('local', NAME) !== 'off')
  watch(on, (chosen) => remember('local', NAME, chosen ? null : 'off'))

  function move(step: number): void {
    const links = [...(table.value?.querySelectorAll<HTMLElement>('tbody th a') ?? [])]
    const row = document.activeElement?.closest('tr') ?? null
    const place = links.findIndex((link) => row?.contains(link))
    const next = place < 0 ? (step > 0 ? 0 : links.length - 1) : place + step
    links[Math.min(Math.max(next, 0), links.length - 1)]?.focus()
  }

  useEventListener(document, 'keydown', (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyped(event.target)) return
    const step = STEPS[event.key]
    const isArrow = event.key.startsWith('Arrow')
    if (step !== undefined) {
      const isInTable = event.target instanceof Node && table.value?.contains(event.target)
      if (isArrow ? !isInTable : !on.value) return
      event.preventDefault()
      move(step)
    } else if (event.key === '/' && on.value) {
      event.preventDefault()
      search.value?.querySelector('input')?.focus()
    }
  })
  return { on }
}
