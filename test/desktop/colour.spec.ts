import { expect } from '@playwright/test'
import { rememberedColour } from '#main/desktop/window-colour'
import { join } from 'node:path'
import { test } from './support/desktop-test'

test('the window will open in the colours that were chosen', async ({ launch, dataDir }) => {
  const { page } = await launch()
  const window = () => rememberedColour(join(dataDir, 'desktop'))
  await expect.poll(window).toBe('#ffffff')
  await page
    .getByRole('contentinfo')
    .getByRole('button', { name: '黒' })
    .or(page.getByRole('radio', { name: '黒' }))
    .first()
    .click()
  await expect.poll(window).toBe('#000000')
})
