import type { BrowserWindow } from 'electron'
import type { WindowState } from './window-place.rules'

/** A window that is dragged moves with every frame; it is remembered when it has come to rest. */
const REST_MS = 500

type Followed = Pick<BrowserWindow, 'getNormalBounds' | 'isMaximized' | 'isDestroyed'> & {
  on(event: 'resize' | 'move' | 'maximize' | 'unmaximize' | 'close', listener: () => void): unknown
}

/**
 * Tells `remember` how the window is left: whenever it has come to rest, so that a power failure does not lose it, and when it
 * is closed. A window that is minimised or full screen is remembered as it was before. `schedule` calls once after so many
 * milliseconds and answers its undo.
 */
export function followWindow(
  window: Followed,
  remember: (state: WindowState) => void,
  schedule: (run: () => void, milliseconds: number) => () => void,
): void {
  let cancel: () => void = () => undefined
  const look = () => {
    cancel()
    if (window.isDestroyed()) return
    const { x, y, width, height } = window.getNormalBounds()
    remember({ x, y, width, height, maximized: window.isMaximized() })
  }
  const lookLater = () => {
    cancel()
    cancel = schedule(look, REST_MS)
  }
  for (const event of ['resize', 'move', 'maximize', 'unmaximize'] as const) window.on(event, lookLater)
  window.on('close', look)
}
