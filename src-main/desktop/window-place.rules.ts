import * as z from 'zod/mini'

/** A part of the desk that all displays make together, in the system's scaled pixels. */
export interface Area {
  x: number
  y: number
  width: number
  height: number
}

/** 320 CSS pixels is the narrowest page that works (DESIGN §7). */
export const SMALLEST = { width: 340, height: 480 }
const USUAL = { width: 1180, height: 860 }

/** Ours: so much of its upper edge must be on a display for a window to be found and moved. */
const GRIP = { width: 120, height: 32 }

/** Windows draws up to 7 pixels of nothing around a window: one that was put at the edge reaches beyond it. */
const UNSEEN_FRAME = 8

/** No desk is larger than this in any direction. */
const coordinate = z.int().check(z.minimum(-100_000), z.maximum(100_000))

/** How the window was left: the bounds that it has when it is neither maximised, minimised nor full screen. */
export const windowState = z.object({
  x: coordinate,
  y: coordinate,
  width: coordinate.check(z.minimum(SMALLEST.width)),
  height: coordinate.check(z.minimum(SMALLEST.height)),
  maximized: z.boolean(),
})
export type WindowState = z.infer<typeof windowState>

/** Where the window opens; without `x` and `y` in the middle of the main display. */
export interface WindowPlace {
  x?: number
  y?: number
  width: number
  height: number
  maximized: boolean
}

/**
 * Ours: the window opens as it was left, on the display it was left on, and never where nobody finds it. A display that
 * is gone, smaller than before or scaled otherwise (its work area is then smaller) takes in what fits. `workAreas` are
 * those of the displays there are now, the main one first.
 */
export function windowPlace(left: WindowState | null, workAreas: readonly Area[]): WindowPlace {
  const maximized = left?.maximized ?? false
  const display = left && displayOf(left, workAreas)
  if (!left || !display) return { ...sizeOn(left ?? USUAL, workAreas[0]), maximized }
  const room = {
    ...display,
    x: display.x - UNSEEN_FRAME,
    width: display.width + 2 * UNSEEN_FRAME,
    height: display.height + UNSEEN_FRAME,
  }
  const { width, height } = sizeOn(left, room)
  return {
    x: between(room.x, left.x, room.x + room.width - width),
    y: between(room.y, left.y, room.y + room.height - height),
    width,
    height,
    maximized,
  }
}

/** The display that shows most of the window, of those on which it can be taken hold of. */
function displayOf(left: Area, workAreas: readonly Area[]): Area | null {
  const grip = { ...left, height: GRIP.height }
  const canBeHeld = (area: Area) => {
    const { width, height } = overlap(grip, area)
    return width >= GRIP.width && height >= GRIP.height
  }
  const shown = (area: Area) => {
    const { width, height } = overlap(left, area)
    return width * height
  }
  return workAreas.filter(canBeHeld).toSorted((one, other) => shown(other) - shown(one))[0] ?? null
}

function overlap(one: Area, other: Area): { width: number; height: number } {
  const length = (from: 'x' | 'y', size: 'width' | 'height') =>
    Math.max(0, Math.min(one[from] + one[size], other[from] + other[size]) - Math.max(one[from], other[from]))
  return { width: length('x', 'width'), height: length('y', 'height') }
}

function sizeOn(wanted: { width: number; height: number }, area: Area | undefined): { width: number; height: number } {
  return {
    width: Math.max(SMALLEST.width, Math.min(wanted.width, area?.width ?? wanted.width)),
    height: Math.max(SMALLEST.height, Math.min(wanted.height, area?.height ?? wanted.height)),
  }
}

const between = (least: number, wanted: number, most: number) => Math.max(least, Math.min(wanted, most))
