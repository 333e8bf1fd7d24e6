import { expect, test as base } from '@playwright/test'
import { withTrainingProgram } from '../hosted-program'
import type { Lesson } from './lesson'

/** `lesson`: the browser shell on training data of this test. The page may complain of nothing but refusals that the test wants. */
export const test = base.extend<{ lesson: Lesson & { url: string } }>({
  lesson: async ({ page }, use) => {
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text())
    })
    await withTrainingProgram(async ({ url, dataDir }) => {
      await use({
        page,
        dataDir,
        url,
        openProgram: async () => void (await page.goto(url)),
        openLink: async (link) => {
          expect(link.startsWith(url)).toBe(true)
          await page.goto(link)
        },
      })
      expect(complaints).toEqual([])
    })
  },
})
