import { type Component, defineAsyncComponent } from 'vue'

const { promise: shown, resolve } = Promise.withResolvers<void>()

/** The first screen stands: what was put off is loaded now. */
export const firstScreenStands = resolve

/** A component that the first screen can do without: it is loaded when that stands, and when it is needed. */
export const later = (load: () => Promise<{ default: Component }>) => defineAsyncComponent(() => shown.then(load))
