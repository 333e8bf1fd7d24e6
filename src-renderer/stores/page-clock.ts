import { inject, type InjectionKey, type Plugin } from 'vue'

/** The only source of time on the page. What time it is for people, the service says (`stores/service`). */
export interface PageClock {
  /** Milliseconds since the page was opened; they run on whatever is done to the device's clock. */
  now(): number
  /** When the page was opened, by the device's clock: the best guess until the service has said what time it is. */
  openedAt: number
}

/** The browser's own. */
export const browserClock: PageClock = {
  now: () => performance.now(),
  // Older browsers do not say when the page was opened.
  openedAt: (performance.timeOrigin as number | undefined) ?? Date.now() - performance.now(),
}

const pageClockKey: InjectionKey<PageClock> = Symbol('page clock')

/** Gives a page its clock; installed before its stores are used, so that tests can move it. */
export const pageClock = (clock: PageClock): Plugin => ({ install: (app) => app.provide(pageClockKey, clock) })

/** The clock of this page, for the setup of stores and components. Throws where the page was given none. */
export function usePageClock(): PageClock {
  const clock = inject(pageClockKey)
  if (!clock) throw new Error('This page has no clock')
  return clock
}
