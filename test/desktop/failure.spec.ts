import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, expect, type Page } from '@playwright/test'
import Database from 'better-sqlite3'
import { readReports } from '#main/platform/log/crash-reports'
import { readLog } from '#main/platform/log/log'
import { runCli } from '../support/cli'
import { test } from './support/desktop-test'
import { type Desktop, hasElectron } from './support/launch'

const THROW_LATER = join(import.meta.dirname, '../faults/throw-later.mjs')
/** What the program prints when its window says why it cannot go on. */
const UNTIL = /\(([2-9A-Z]{4}-[2-9A-Z]{4})\); see/

const heading = (page: Page, name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
const incidentOn = (page: Page) => page.locator('.plate__value').textContent()

/** Makes the support file, saves it where the reader says, and answers what is in it. */
async function savedFile({ page, hand, dataDir }: { page: Page; hand: Desktop['hand']; dataDir: string }) {
  const file = join(dataDir, 'support.txt')
  await hand.saveAt(file)
  await page.getByRole('button', { name: 'ファイルを作る' }).click()
  await expect(page.getByText('ファイルを作りました')).toBeVisible()
  await expect.poll(() => readdirSync(dataDir)).toContain('support.txt')
  const text = (await page.locator('pre').textContent()) ?? ''
  expect(readFileSync(file, 'utf8')).toBe(text)
  return text
}

test('a service that cannot start: the window says so, starts the program again, and still makes the support file', async ({
  launch,
  dataDir,
}) => {
  test.skip(hasElectron(), 'waits for another line than that of readiness')
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(join(dataDir, 'zairyu.sqlite'), 'this is no database: NGUYEN VAN AN'.repeat(100))
  const { page, goTo, output, hand } = await launch({ until: UNTIL })
  await heading(page, 'システムを開始できません')
  const incident = await incidentOn(page)
  expect(readReports(dataDir)).toMatchObject([{ incident, place: 'main', code: 'SQLITE_NOTADB' }])
  expect(output()).toContain(incident)
  const advice = `npm run -s cli -- restore FOLDER --data ${dataDir} --replace`
  expect(output()).toContain(advice)
  await expect(page.getByRole('main')).toContainText(advice)
  expect(output()).not.toContain('NGUYEN')
  // Also where the reader goes on, and after a reload.
  await page.reload()
  await heading(page, 'システムを開始できません')
  await page.getByRole('main').getByRole('link', { name: 'サポート用ファイル' }).click()
  const text = await savedFile({ page, hand, dataDir })
  expect(JSON.parse(text)).toMatchObject({
    program: { shell: 'desktop' },
    findings: { failed: { code: 'SQLITE_NOTADB' } },
    crashReports: [{ incident }],
  })
  expect(text).not.toContain('NGUYEN')
  await goTo('/')
  await heading(page, 'システムを開始できません')
  await page.getByRole('button', { name: 'プログラムを開き直す' }).click()
  await expect.poll(output).toContain('stand-in relaunch')
})

test('data of a newer version: the window says which way out there is', async ({ launch, dataDir }) => {
  test.skip(hasElectron(), 'waits for another line than that of readiness')
  expect((await runCli(['staff', 'add', 'hanako', '--data', dataDir])).code).toBe(0)
  const database = new Database(join(dataDir, 'zairyu.sqlite'))
  database.prepare("insert into migrations values ('9999-later', '2030-01-01T00:00:00.000Z', '99.0.0')").run()
  database.close()
  const { page, close } = await launch({ until: UNTIL })
  await heading(page, '新しい版のプログラムが必要です')
  expect(await close()).toBe(1)
})

test('an error in the main process that nobody caught is shown with its number, and the work goes on', async ({
  launch,
  dataDir,
}) => {
  test.skip(hasElectron() || process.platform === 'win32', 'needs a signal and Node’s options in the main process')
  const { page, goTo, pid, output, hand } = await launch({ env: { NODE_OPTIONS: `--import ${THROW_LATER}` } })
  await goTo('/procedures')
  await page.getByLabel('手続きのことば').fill('受領')
  process.kill(pid, 'SIGUSR2')
  await heading(page, 'システムの中で問題が起きました')
  const incident = await incidentOn(page)
  expect(readReports(dataDir)).toMatchObject([{ incident, name: 'TypeError', place: 'main' }])
  await page.getByRole('button', { name: '続ける' }).click()
  await expect(page.getByLabel('手続きのことば')).toHaveValue('受領')
  await goTo('/support')
  const text = await savedFile({ page, hand, dataDir })
  expect(JSON.parse(text)).toMatchObject({ program: { shell: 'desktop', nativeCrashes: 0 }, counts: { accounts: 0 } })
  for (const told of [text, output(), readLog(dataDir, 100).join()]) expect(told).not.toMatch(/NGUYEN|an@example/)
})

test('an error of the page is kept on this machine', async ({ launch, dataDir }) => {
  const { page } = await launch()
  await heading(page, 'トップページ')
  await page.evaluate(() => {
    setTimeout(() => {
      throw new RangeError('NGUYEN VAN AN')
    })
  })
  await heading(page, 'この画面を表示できません')
  const incident = await incidentOn(page)
  await expect.poll(() => readReports(dataDir)).toMatchObject([{ incident, name: 'RangeError', place: 'page' }])
})

test('a page whose process ends is opened again and says so', async ({ launch, dataDir }) => {
  test.skip(hasElectron(), 'sees the new page by the stand-in’s own address')
  const { page, befall, output } = await launch()
  await heading(page, 'トップページ')
  await befall('crash')
  await expect.poll(() => readReports(dataDir)).toMatchObject([{ name: 'PageGoneError', place: 'main' }])
  // Playwright's own page is lost with the process; a second connection sees the new one.
  const address = /^stand-in devtools (\S+)$/m.exec(output())?.[1] ?? ''
  const again = await chromium.connectOverCDP(address)
  const [opened] = again.contexts()[0]?.pages() ?? []
  if (!opened) throw new Error('there is no window')
  await heading(opened, '画面を開き直しました')
  await opened.getByRole('button', { name: '続ける' }).click()
  await heading(opened, 'トップページ')
  await again.close()
})
