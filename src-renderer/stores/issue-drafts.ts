import { defineStore } from 'pinia'
import { reactive } from 'vue'

type Typed = Record<string, string>

/**
 * What clerks have typed into forms of certificates: kept over Back, other screens and the end of an idle session, in the memory of
 * this window only, and gone with the logout.
 */
export const useIssueDrafts = defineStore('issue-drafts', () => {
  const drafts = new Map<string, Typed>()
  return {
    open: <Values extends Typed>(name: string, initial: Values): Values => {
      const kept = drafts.get(name) ?? reactive(initial)
      drafts.set(name, kept)
      return kept as Values
    },
    forget: (name: string) => drafts.delete(name),
    forgetAll: () => {
      drafts.clear()
    },
  }
})
