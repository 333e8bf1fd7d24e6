import { type Component, defineAsyncComponent } from 'vue'

let resolve: () => void = () => undefined
const shown = new Promise<void>((done) => {
  resolve = done
})

/** The first screen stands: what was put off is loaded now. */
export const markFirstPaint = (): void => {
  resolve()
}

/** A component that the first screen can do without: it is loaded when that stands, and when it is needed. */
export const later = (load: () => Promise<{ default: Component }>) => defineAsyncComponent(() => shown.then(load))

/** How long a frame may take to be drawn; a page in the background draws none. */
const DRAWN_MS = 200

/** Runs something as soon as the browser has drawn what stands now, and in any case soon. */
export function afterDrawing(run: () => void): void {
  let done = false
  const once = () => {
    if (done) return
    done = true
    run()
  }
  setTimeout(once, DRAWN_MS)
  requestAnimationFrame(() => setTimeout(once))
}

/** Runs what nobody waits for when the browser is idle, within a second. Safari does not tell when it is: there it comes a little later. */
export function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(run, { timeout: 1_000 })
  else setTimeout(run, DRAWN_MS)
}
