import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Page, test as base } from '@playwright/test'
import { build, preview } from 'vite'
import type { Look } from './screens'

const CONFIG = fileURLToPath(new URL('../../components.vite.config.ts', import.meta.url))

/** The page of components, built and served. */
interface ComponentsPage {
  /** Shows all components, or what `query` asks for, once every state is drawn. */
  show(page: Page, look: Omit<Look, 'width'>, query?: string): Promise<void>
  close(): Promise<void>
}

async function openComponents(): Promise<ComponentsPage> {
  const outDir = mkdtempSync(join(tmpdir(), 'zairyu-components-'))
  const inline = { configFile: CONFIG, logLevel: 'error', build: { outDir } } as const
  await build(inline)
  const server = await preview(inline)
  const url = server.resolvedUrls?.local[0] ?? ''
  return {
    show: async (page, { language, scheme, furigana = false }, query = '') => {
      await page.addInitScript(
        (kept) => {
          for (const [name, value] of Object.entries(kept)) localStorage.setItem(`zairyu.${name}`, value)
        },
        { language, scheme, furigana: furigana ? 'on' : 'off' },
      )
      await page.goto(url + query)
      await page.locator('h1').first().waitFor()
      await page.waitForFunction(() => !document.querySelector('article[aria-busy]'))
      await page.evaluate(() => document.fonts.ready)
    },
    close: async () => {
      await server.close()
      rmSync(outDir, { recursive: true, force: true })
    },
  }
}

/** Tests that look at components; the page of them is built once a worker. */
export const test = base.extend<object, { components: ComponentsPage }>({
  components: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads here which fixtures this one needs.
    async ({}, use) => {
      const components = await openComponents()
      await use(components)
      await components.close()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
})

/** The queries of the states that stand in a window of their own; the windows go from the page, since each is looked at by itself. */
export const statesAlone = (page: Page): Promise<string[]> =>
  page.locator('iframe').evaluateAll((frames) =>
    frames.map((frame) => {
      frame.remove()
      return frame.getAttribute('src') ?? ''
    }),
  )
