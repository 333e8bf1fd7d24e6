import { join } from 'node:path'
import { expect } from '@playwright/test'
import { rememberedColour } from '#main/desktop/window-colour'
import { test } from './support/desktop-test'

test('the window will open in the colours that were chosen', async ({ launch, dataDir }) => {
  const { page } = await launch()
  const window = () => rememberedColour(join(dataDir, 'desktop'))
  await expect.poll(window).toBe('#ffffff')
  await page.getByRole('contentinfo').getByRole('button', { name: '黒' }).click()
  await expect.poll(window).toBe('#000000')
})
