import type { Component, InjectionKey } from 'vue'

const files = import.meta.glob<Component>('./*/*.states.vue', { eager: true, import: 'default' })

/** A component and the page of its states, found by their names: `feedback/AppButton.states.vue` shows `feedback/AppButton.vue`. */
export interface Described {
  folder: string
  name: string
  states: Component
}

export const DESCRIBED: readonly Described[] = Object.entries(files).map(([path, states]) => {
  const [, folder = '', name = ''] = /^\.\/(\w+)\/(\w+)\.states\.vue$/.exec(path) ?? []
  return { folder, name, states }
})

/** What a state learns from the page around it: whose state it is, and which one alone is wanted (null: all). */
export const shownKey: InjectionKey<{ component: string; state: string | null }> = Symbol('shown')
