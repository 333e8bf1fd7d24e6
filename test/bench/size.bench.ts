import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium } from '@playwright/test'
import { expect, it, onTestFinished } from 'vitest'
import { CHROMIUM_ARGS, chromiumExecutable } from '../support/chromium'
import { startProgram } from '../support/program'

const ROOT = join(import.meta.dirname, '../..')
/** Vue, its router, its store and its texts at work, and nothing else. */
const EMPTY = `import { createPinia, defineStore } from 'pinia'
import { createApp, h } from 'vue'
import { createI18n, useI18n } from 'vue-i18n'
import { createRouter, createWebHistory, RouterView } from 'vue-router'
const useNothing = defineStore('nothing', () => ({}))
const Screen = { setup: () => { const { t } = useI18n(); useNothing(); return () => h('h1', t('hello')) } }
const texts = createI18n({ legacy: false, locale: 'en', messages: { en: { hello: 'Hello' } } })
const router = createRouter({ history: createWebHistory(), routes: [{ path: '/', component: Screen }] })
createApp(RouterView).use(createPinia()).use(texts).use(router).mount('#app')
`

/** As in the program: what is only for other ways of use is left out. */
const FLAGS = {
  __VUE_OPTIONS_API__: 'true',
  __VUE_PROD_DEVTOOLS__: 'false',
  __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  __VUE_I18N_FULL_INSTALL__: 'true',
  __VUE_I18N_LEGACY_API__: 'false',
  __INTLIFY_PROD_DEVTOOLS__: 'false',
}

/** Bytes of the JavaScript of an empty app, compressed. */
async function emptySize(): Promise<number> {
  // Inside of the project, so that its packages are found.
  const folder = mkdtempSync(join(ROOT, '.cache/empty-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'index.html'), '<div id="app"></div><script type="module" src="./main.js"></script>')
  writeFileSync(join(folder, 'main.js'), EMPTY)
  writeFileSync(join(folder, 'vite.config.mjs'), `export default { define: ${JSON.stringify(FLAGS)} }`)
  // In a process of its own: this one is a test, and would build the libraries for developers.
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  execFileSync(process.execPath, [vite, 'build', '--logLevel', 'silent'], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const assets = join(folder, 'dist/assets')
  return readdirSync(assets).reduce((sum, file) => sum + gzipSync(readFileSync(join(assets, file))).length, 0)
}

it('the JavaScript of the first screen, to that of an empty app of the same libraries', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'zairyu-size-'))
  const program = await startProgram({ dataDir })
  const browser = await chromium.launch({ executablePath: chromiumExecutable(), args: [...CHROMIUM_ARGS] })
  onTestFinished(async () => {
    await browser.close()
    await program.kill()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const page = await browser.newPage({ locale: 'ja-JP' })
  const sizes = new Map<string, number>()
  page.on('response', async (response) => {
    const name = new URL(response.url()).pathname
    if (!name.endsWith('.js')) return
    // What comes after the screen was shown may still be on its way at the end.
    const body = await response.body().catch(() => null)
    if (body) sizes.set(name, gzipSync(body).length)
  })
  await page.goto(program.url)
  await page.getByRole('heading', { level: 1 }).waitFor()
  const loaded = [...sizes]
  const sum = (fits: (name: string) => boolean) =>
    loaded.filter(([name]) => fits(name)).reduce((all, [, size]) => all + size, 0)
  const isText = (name: string) => name.includes('/texts-ja')
  const [code, texts, empty] = [sum((name) => !isText(name)), sum(isText), await emptySize()]
  const kilo = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
  process.stdout.write(
    `${'JavaScript of the first screen, gzip'.padEnd(58)} ${kilo(code).padStart(10)}   ${(code / empty).toFixed(2).padStart(7)} × empty app (${kilo(empty)})\n` +
      `${'  and all Japanese texts'.padEnd(58)} ${kilo(texts).padStart(10)}\n`,
  )
  expect(code).toBeGreaterThan(empty)
}, 60_000)
