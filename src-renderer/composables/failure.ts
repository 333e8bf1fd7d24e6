import { shallowRef } from 'vue'

/** What no screen expected. `incident` is the service's number, where it has one. */
export interface Failure {
  incident: string | null
}

const failure = shallowRef<Failure | null>(null)

/** The failure that is shown in place of the screen; the next move takes it away. */
export function useFailure() {
  return {
    failure,
    fail: (thrown: unknown) => {
      const incident =
        typeof thrown === 'object' && thrown !== null && 'incident' in thrown ? thrown.incident : undefined
      failure.value = { incident: typeof incident === 'string' ? incident : null }
    },
    recover: () => {
      failure.value = null
    },
  }
}
