import { defineStore } from 'pinia'
import { reactive } from 'vue'

type Typed = Record<string, string>

/**
 * What staff have typed and not sent yet: kept over Back, other screens and the end of an idle session, in the memory of this window
 * only. It is its writer's: gone with the logout, and when somebody else signs in.
 */
export const useStaffDrafts = defineStore('staff-drafts', () => {
  const drafts = new Map<string, { values: Typed; untouched: string }>()
  let writer: string | null = null
  const typed = (name: string) => {
    const draft = drafts.get(name)
    return draft && JSON.stringify(draft.values) !== draft.untouched ? draft.values : null
  }
  return {
    /** The draft of a form. Where nothing was typed into it, the form begins with `initial`, which may be newer. */
    open: <Values extends Typed>(name: string, initial: Values): Values => {
      const kept = typed(name)
      if (kept) return kept as Values
      const values = reactive({ ...initial })
      drafts.set(name, { values, untouched: JSON.stringify(initial) })
      return values as Values
    },
    /** Whether `open` brings back something typed. */
    isTyped: (name: string) => typed(name) !== null,
    forget: (name: string) => drafts.delete(name),
    forgetAll: () => {
      drafts.clear()
    },
    /** From now on somebody is signed in; what another one has typed is not for his eyes. */
    belongTo: (loginName: string) => {
      if (writer !== null && writer !== loginName) drafts.clear()
      writer = loginName
    },
  }
})
