import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { launchDesktop, type Desktop, type DesktopOptions } from './launch'

type Launch = (options?: Partial<DesktopOptions>) => Promise<Desktop>

/** `launch` starts the program on data of this test (again and again, if asked); what still runs is ended after the test. */
export const test = base.extend<{ dataDir: string; launch: Launch }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
  dataDir: async ({}, use) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'zairyu-desktop-'))
    await use(dataDir)
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
  },
  launch: async ({ dataDir }, use) => {
    const running: Desktop[] = []
    await use(async (options) => {
      const desktop = await launchDesktop({ dataDir, ...options })
      running.push(desktop)
      return desktop
    })
    for (const desktop of running) await desktop.kill()
  },
})
