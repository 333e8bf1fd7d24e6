import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SMALLEST, windowPlace, windowState, type Area } from '#main/desktop/window-place.rules'

const MAIN: Area = { x: 0, y: 0, width: 1920, height: 1040 }
const BESIDE: Area = { x: 1920, y: 0, width: 1280, height: 984 }
const ABOVE: Area = { x: 0, y: -1080, width: 1920, height: 1040 }
const left = (bounds: Partial<Area> = {}, maximized = false) => ({
  x: 100,
  y: 80,
  width: 1000,
  height: 700,
  maximized,
  ...bounds,
})

describe('where the window opens', () => {
  it('is the middle of the main display at the first start', () => {
    expect(windowPlace(null, [MAIN])).toEqual({ width: 1180, height: 860, maximized: false })
  })

  it('is the middle of a main display on which the usual size does not fit', () => {
    expect(windowPlace(null, [{ x: 0, y: 0, width: 1024, height: 600 }])).toEqual({
      width: 1024,
      height: 600,
      maximized: false,
    })
  })

  it.each([
    { on: 'the main display', state: left() },
    { on: 'the display beside it', state: left({ x: 2000 }) },
    { on: 'a display above it', state: left({ y: -1000 }) },
    {
      on: 'the edge, where Windows lets the unseen frame reach beyond',
      state: left({ x: -7, width: 974, height: 1047, y: 0 }),
    },
  ])('is where it was left, on $on', ({ state }) => {
    expect(windowPlace(state, [MAIN, BESIDE, ABOVE])).toEqual(state)
  })

  it('is maximised when it was left maximised, with its size for when it is made smaller', () => {
    expect(windowPlace(left({}, true), [MAIN])).toEqual(left({}, true))
  })

  it('is the middle of the main display, in the same size, when its display is gone', () => {
    expect(windowPlace(left({ x: 2000 }, true), [MAIN])).toEqual({ width: 1000, height: 700, maximized: true })
  })

  it.each([
    { grip: 120, found: true },
    { grip: 119, found: false },
  ])('with $grip pixels of its upper edge on a display: found there $found', ({ grip, found }) => {
    expect('x' in windowPlace(left({ x: 1920 - grip }), [MAIN])).toBe(found)
  })

  it.each([
    { y: 1040 - 32, found: true },
    { y: 1040 - 31, found: false },
    { y: -1, found: false },
  ])('with its upper edge at $y: found there $found', ({ y, found }) => {
    expect('x' in windowPlace(left({ y }), [MAIN])).toBe(found)
  })

  it('moves in as a whole when only a part was on the display', () => {
    expect(windowPlace(left({ x: 1700, y: 600 }), [MAIN])).toEqual(left({ x: 928, y: 348 }))
  })

  it('takes in what fits when the display has become smaller, or is scaled to twice the size', () => {
    const before = left({ x: 400, y: 300, width: 3000, height: 1700 })
    expect(windowPlace(before, [{ x: 0, y: 0, width: 3840, height: 2080 }])).toEqual(before)
    expect(windowPlace(before, [MAIN])).toEqual({ x: -8, y: 0, width: 1936, height: 1048, maximized: false })
  })

  it('stays on the display that shows most of it', () => {
    expect(windowPlace(left({ x: 1500, width: 800 }), [MAIN, BESIDE])).toMatchObject({ x: 1128 })
    expect(windowPlace(left({ x: 1530, width: 800 }), [MAIN, BESIDE])).toMatchObject({ x: 1912 })
  })

  it('can be found on every desk, whatever was remembered', () => {
    const area = fc.record({
      x: fc.integer({ min: -5000, max: 5000 }),
      y: fc.integer({ min: -5000, max: 5000 }),
      width: fc.integer({ min: 640, max: 4000 }),
      height: fc.integer({ min: 480, max: 3000 }),
    })
    const state = fc.record({
      x: fc.integer({ min: -100_000, max: 100_000 }),
      y: fc.integer({ min: -100_000, max: 100_000 }),
      width: fc.integer({ min: SMALLEST.width, max: 100_000 }),
      height: fc.integer({ min: SMALLEST.height, max: 100_000 }),
      maximized: fc.boolean(),
    })
    fc.assert(
      fc.property(state, fc.array(area, { minLength: 1, maxLength: 4 }), (was, desk) => {
        const { x, y, width, height } = windowPlace(was, desk)
        if (x === undefined || y === undefined)
          return (
            width <= Math.max(SMALLEST.width, desk[0]!.width) && height <= Math.max(SMALLEST.height, desk[0]!.height)
          )
        return desk.some(
          (there) =>
            x >= there.x - 8 &&
            y >= there.y &&
            x + width <= there.x + there.width + 8 &&
            y + height <= there.y + there.height + 8,
        )
      }),
    )
  })
})

describe('what may be remembered of a window', () => {
  it.each([{ width: 339 }, { height: 479 }, { x: 1.5 }, { x: 100_001 }, { y: Number.NaN }])('is not %j', (odd) => {
    expect(windowState.safeParse({ ...left(), ...odd }).success).toBe(false)
  })

  it('is a window of the smallest size', () => {
    expect(windowState.safeParse(left(SMALLEST)).success).toBe(true)
  })
})
