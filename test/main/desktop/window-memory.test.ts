import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { followWindow } from '#main/desktop/window-memory'
import type { WindowState } from '#main/desktop/window-place.rules'

/** A window, and a clock that rings when it is told to. */
function followed() {
  const window = Object.assign(new EventEmitter(), {
    bounds: { x: 0, y: 0, width: 800, height: 600 },
    maximized: false,
    destroyed: false,
    getNormalBounds: () => window.bounds,
    isMaximized: () => window.maximized,
    isDestroyed: () => window.destroyed,
  })
  const waiting = new Set<() => void>()
  const remembered: WindowState[] = []
  followWindow(
    window,
    (state) => remembered.push(state),
    (run) => {
      waiting.add(run)
      return () => void waiting.delete(run)
    },
  )
  const rest = () => {
    for (const run of waiting) run()
  }
  return { window, remembered, waiting, rest }
}

describe('a window', () => {
  it('is remembered once when it has come to rest', () => {
    const { window, remembered, waiting, rest } = followed()
    for (let x = 1; x <= 50; x += 1) {
      window.bounds = { ...window.bounds, x }
      window.emit('move')
    }
    expect(waiting.size).toBe(1)
    expect(remembered).toEqual([])
    rest()
    expect(remembered).toEqual([{ x: 50, y: 0, width: 800, height: 600, maximized: false }])
  })

  it('is remembered when it is closed, and not once more', () => {
    const { window, remembered, waiting } = followed()
    window.maximized = true
    window.emit('maximize')
    window.emit('close')
    window.destroyed = true
    expect(waiting.size).toBe(0)
    expect(remembered).toEqual([{ x: 0, y: 0, width: 800, height: 600, maximized: true }])
  })

  it('that is gone is not asked any more', () => {
    const { window, remembered, rest } = followed()
    window.emit('resize')
    window.destroyed = true
    rest()
    expect(remembered).toEqual([])
  })
})
