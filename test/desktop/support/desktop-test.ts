import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { launchDesktop, type Desktop, type DesktopOptions } from './launch'

type Launch = (options?: Partial<DesktopOptions>) => Promise<Desktop>
type Running = Desktop & { dataDir: string }

/** A program that runs on from test to test. */
interface Living {
  /** Its top page as somebody finds it who has done nothing yet. */
  atTheTop(): Promise<Running>
  /** What the page has stored goes. */
  forget(): Promise<void>
}

/** Runs `use` with a folder that is removed afterwards. */
async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'zairyu-desktop-'))
  await use(folder)
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}

/**
 * `desktop`: a program that runs already, for tests that are neither about a start nor change what is stored: one for all of a worker.
 * `launch` starts the program on data of this test (again and again, if asked); what still runs is ended after the test.
 */
export const test = base.extend<{ dataDir: string; launch: Launch; desktop: Running }, { living: Living }>({
  living: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
    async ({}, use) => {
      await withFolder(async (dataDir) => {
        let running: Desktop | null = null
        await use({
          atTheTop: async () => {
            if (running && !running.hasEnded()) {
              await running.hand.forget()
              await running.goTo('/')
            } else running = await launchDesktop({ dataDir })
            return { ...running, dataDir }
          },
          forget: async () => {
            // A page from elsewhere has nothing stored, and may not even look.
            await running?.page
              .evaluate(() => {
                localStorage.clear()
                sessionStorage.clear()
              })
              .catch(() => undefined)
          },
        })
        await (running as Desktop | null)?.kill()
      })
    },
    { scope: 'worker' },
  ],
  desktop: async ({ living }, use) => {
    await use(await living.atTheTop())
    await living.forget()
  },
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
  dataDir: async ({}, use) => {
    await withFolder(use)
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
