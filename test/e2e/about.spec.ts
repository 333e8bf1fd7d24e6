import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from '@playwright/test'
import { EXTERNAL_PACKAGES, readLock, withDependencies } from '../../scripts/build/external-packages.mjs'
import { test } from '../support/chapters/browser-lesson'
import { violationsOf } from '../support/flaws'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const read = (file: string): unknown => JSON.parse(readFileSync(join(ROOT, file), 'utf8'))

/** What must be among the licences: the packages beside the bundles with all that they need, and whatever our own code imports. */
function packed(): string[] {
  const external = withDependencies(readLock(ROOT), EXTERNAL_PACKAGES).map(
    (path) => path.split('node_modules/').at(-1) ?? '',
  )
  const imported = globSync('src-{main,renderer}/**/*.{ts,vue,css}', { cwd: ROOT }).flatMap((file) => {
    const code = readFileSync(join(ROOT, file), 'utf8')
    const names = code.matchAll(
      /^(?:@?import |import (?!type )[^'"\n]* from |} from )['"]((?:@[\w-]+\/)?[a-z][\w.-]*)(?=['"/])/gm,
    )
    return [...names].map(([, name]) => name ?? '')
  })
  return [...new Set([...external, ...imported])]
}

test('says what this is, and whose work it is made of', async ({ lesson }) => {
  const { page, url } = lesson
  await page.goto(`${url}/contact`)
  await page.getByRole('link', { name: 'このプログラムについて' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('このプログラムについて')
  const { version } = read('package.json') as { version: string }
  await expect(page.getByText(version, { exact: true })).toBeVisible()
  await expect(page.getByText('ブラウザー版', { exact: true })).toBeVisible()
  await expect(page.getByText('Chromium')).toHaveCount(0)

  const licences = page.getByRole('region', { name: '部品のライセンス' })
  const names = licences.locator('summary span:first-child')
  await expect(names.first()).toBeVisible()
  const listed = await names.allTextContents()
  expect(packed().filter((name) => !listed.includes(name))).toEqual([])
  expect(packed()).toEqual(expect.arrayContaining(['argon2', 'electron', 'hono', 'vue', 'reka-ui']))
  await licences.getByText('vue-router', { exact: true }).click()
  await expect(licences.getByText('Permission is hereby granted')).toBeVisible()
  expect(await violationsOf(page)).toEqual([])

  await page.getByLabel('Language').selectOption('en')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('About this program')
})

test('has no settings of the desktop program', async ({ lesson }) => {
  const { page, url } = lesson
  await page.goto(`${url}/settings`)
  await expect(page.getByRole('heading', { name: 'この画面の設定は、デスクトップ版でだけ使えます' })).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
})
