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
  await page.goto(program.url)
  await page.getByRole('heading', { level: 1 }).waitFor()
  /** What was asked for before the first screen stood, and what came after it by itself. */
  const asked = () =>
    page.evaluate(() => {
      const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity
      return performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.endsWith('.js'))
        .map(({ name, startTime }) => ({ name, isFirst: startTime < painted }))
    })
  // The last thing that comes by itself.
  await expect.poll(async () => (await asked()).some(({ name }) => name.includes('/VerificationScreen-'))).toBe(true)
  const files = await Promise.all(
    (await asked()).map(async ({ name, isFirst }) => {
      const body = await (await fetch(name)).arrayBuffer()
      return { isFirst, isText: name.includes('/texts-'), size: gzipSync(new Uint8Array(body)).length }
    }),
  )
  const sum = (fits: (file: (typeof files)[number]) => boolean) =>
    files.filter(fits).reduce((all, { size }) => all + size, 0)
  const empty = await emptySize()
  const tell = (what: string, bytes: number) => {
    const kilo = `${(bytes / 1000).toFixed(1)} kB`
    process.stdout.write(
      `${what.padEnd(58)} ${kilo.padStart(10)}   ${(bytes / empty).toFixed(2).padStart(7)} × empty app\n`,
    )
  }
  tell('An empty app, gzip', empty)
  tell(
    'JavaScript of the first screen without its texts',
    sum(({ isFirst, isText }) => isFirst && !isText),
  )
  tell(
    '  and with them, in Japanese with readings',
    sum(({ isFirst }) => isFirst),
  )
  tell(
    '  and what comes by itself when it stands, all texts',
    sum(() => true),
  )
  expect(sum(({ isFirst }) => isFirst)).toBeGreaterThan(empty)
}, 60_000)
