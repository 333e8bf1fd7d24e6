import { join } from 'node:path'
import { expect } from '@playwright/test'
import { shellMemory } from '#main/desktop/shell-memory'
import { test } from './support/desktop-test'
import { hasElectron } from './support/launch'

const TWO = [
  { x: 0, y: 0, width: 1920, height: 1040 },
  { x: 1920, y: 0, width: 1280, height: 984 },
]
const desk = (areas: object[]) => ({ env: { STAND_IN_DISPLAYS: JSON.stringify(areas) } })
const LEFT = { x: 2000, y: 50, width: 900, height: 700 }

test.beforeEach(() => {
  test.skip(hasElectron(), 'the desk of this machine is what it is')
})

test('the window opens where and as it was left', async ({ launch }) => {
  const first = await launch(desk(TWO))
  await first.hand.place(LEFT)
  await first.hand.maximize()
  await first.close()
  const second = await launch(desk(TWO))
  expect(await second.hand.window()).toMatchObject({ bounds: LEFT, maximized: true })
})

test('the window is found on the main display when its own is gone', async ({ launch }) => {
  const first = await launch(desk(TWO))
  await first.hand.place(LEFT)
  await first.close()
  const second = await launch(desk(TWO.slice(0, 1)))
  const { bounds, maximized } = (await second.hand.window())!
  expect({ width: bounds.width, height: bounds.height, maximized }).toEqual({
    width: 900,
    height: 700,
    maximized: false,
  })
  expect(bounds.x).toBeLessThan(1920)
})

test('a window that is closed while it is minimised opens as it was before', async ({ launch }) => {
  const first = await launch(desk(TWO))
  await first.hand.place(LEFT)
  await first.hand.minimize()
  await first.close()
  const second = await launch(desk(TWO))
  expect(await second.hand.window()).toMatchObject({ bounds: LEFT, maximized: false })
  expect(await second.hand.isMinimized()).toBe(false)
})

test('a second start brings a minimised window back', async ({ launch }) => {
  const { hand, open } = await launch()
  await hand.minimize()
  await open()
  await expect.poll(() => hand.isMinimized()).toBe(false)
})

test('a place that was remembered outlives a power failure', async ({ launch, dataDir }) => {
  const first = await launch(desk(TWO))
  await first.hand.place(LEFT)
  await expect.poll(() => shellMemory(join(dataDir, 'desktop')).kept.window).toMatchObject(LEFT)
  await first.kill()
  const second = await launch(desk(TWO))
  expect(await second.hand.window()).toMatchObject({ bounds: LEFT })
})
