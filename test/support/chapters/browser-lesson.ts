import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base } from '@playwright/test'
import { startProgram } from '../program'
import type { Lesson } from './lesson'

/** `lesson`: the browser shell on training data of this test. The page may complain of nothing but refusals that the test wants. */
export const test = base.extend<{ lesson: Lesson & { url: string } }>({
  lesson: async ({ page }, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'zairyu-lesson-'))
    const program = await startProgram({ dataDir, args: ['--training'] })
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text())
    })
    try {
      await use({
        page,
        dataDir,
        url: program.url,
        openProgram: async () => void (await page.goto(program.url)),
        openLink: async (link) => {
          expect(link.startsWith(program.url)).toBe(true)
          await page.goto(link)
        },
      })
      expect(complaints).toEqual([])
      expect(await program.stop()).toBe(0)
    } finally {
      await program.kill()
      rmSync(dataDir, { recursive: true, force: true })
    }
  },
})
