import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Health } from '#contract/http/health'
import { healthApi } from '../api/health'
import { usePageClock } from './page-clock'

/** The service behind the page: whether it answers, whether it trains, and what time it is there (in training the clock moves). */
export const useService = defineStore('service', () => {
  const clock = usePageClock()
  const health = ref<Health | null>(null)
  const reachable = ref(true)
  let firstVersion: string | null = null
  /** Milliseconds between the page's running time and the service's clock. */
  const offset = ref(clock.openedAt)

  /** Asks for the state of the service; a service that does not answer leaves the last known one. */
  async function load(): Promise<void> {
    try {
      const asked = clock.now()
      const reply = await healthApi.read()
      // The answer was written about half way between asking and reading.
      offset.value = Date.parse(reply.now) - (asked + clock.now()) / 2
      health.value = reply
      firstVersion ??= reply.version
    } catch {
      // `reachable` says what is to be said.
    }
  }

  /** Somebody who has just asked says what time it is at the service. */
  function tellTime(now: string): void {
    offset.value = Date.parse(now) - clock.now()
  }

  return {
    health,
    reachable,
    load,
    tellTime,
    /** Whether the service is of another version than when this page was opened. */
    isRenewed: computed(() => health.value !== null && health.value.version !== firstVersion),
    /** The page itself says so before the service does. */
    training: computed(() => health.value?.training ?? document.documentElement.dataset['mode'] === 'training'),
    /** The domain from which mail comes, without @; empty while unknown. */
    mailFrom: computed(() => (health.value?.mailFrom ?? '').replace(/^.*@/, '').replace(/>$/, '')),
    /** The service's time as an ISO instant; not reactive, ask again when it is needed. */
    now: () => new Date(clock.now() + offset.value).toISOString(),
  }
})
