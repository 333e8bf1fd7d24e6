import { readFileSync } from 'node:fs'
import { test as base, expect, type Page } from '@playwright/test'
import { readReports } from '#main/platform/log/crash-reports'
import { hasBrought } from '../support/arrived'
import { runCli } from '../support/cli'
import { violationsOf } from '../support/flaws'
import { type TrainingProgram, withTrainingProgram } from '../support/hosted-program'
import { PASSWORD } from '../support/samples'
import { ask, logIn, signUp } from '../support/training'

const EMAIL = 'nguyen.van.an@example.jp'
const INCIDENT = /^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/

const test = base.extend<{ program: TrainingProgram }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
  program: async ({}, use) => {
    await withTrainingProgram(use)
  },
})
/**
 * Files that do not come, until the answer is called. They are still looked at then: while Chromium stops looking, a page that is
 * asked for may wait for ever.
 */
async function withhold(page: Page, files: string | RegExp): Promise<() => void> {
  let away = true
  await page.route(files, (route) => (away ? route.abort() : route.continue()))
  return () => {
    away = false
  }
}
const heading = (page: Page, name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

test('a screen that cannot be loaded says so, with a number that is kept, and is loaded when asked again', async ({
  page,
  program,
}) => {
  await page.goto(`${program.url}/procedures`)
  await page.getByLabel('手続きのことば').fill('受領')
  // What tells of failures has come by itself.
  await hasBrought(page, 'FailureScreen')
  const comeBack = await withhold(page, '**/assets/*.js')
  await page.getByRole('contentinfo').getByRole('link', { name: 'お問い合わせ先' }).click()
  await heading(page, '画面を読み込めません')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  const incident = (await page.locator('.plate__value').textContent()) ?? ''
  expect(incident).toMatch(INCIDENT)
  await expect
    .poll(() => readReports(program.dataDir))
    .toMatchObject([{ incident, name: 'TypeError', place: 'way', screen: 'guide.contact' }])
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'もう一度試す' }).click()
  await heading(page, '画面を読み込めません')
  comeBack()
  await page.getByRole('button', { name: 'もう一度試す' }).click()
  await heading(page, 'お問い合わせ先')
})

test('texts that cannot be loaded leave no empty page', async ({ page, program }) => {
  const comeBack = await withhold(page, '**/assets/texts-*.js')
  await page.goto(program.url)
  await heading(page, '画面を開けません')
  expect(await violationsOf(page)).toEqual([])
  comeBack()
  await page.getByRole('button', { name: 'もう一度開く' }).click()
  await heading(page, 'トップページ')
})

test('nor does a failure that cannot be told because its screen did not come', async ({ page, program }) => {
  const comeBack = await withhold(page, /FailureScreen-|ContactScreen-/)
  await page.goto(program.url)
  await page.getByRole('contentinfo').getByRole('link', { name: 'お問い合わせ先' }).click()
  await heading(page, '画面を開けません')
  comeBack()
  await page.getByRole('button', { name: 'もう一度開く' }).click()
  await heading(page, 'トップページ')
})

test('an error that nobody caught shows its number; nothing of what was typed is in its report', async ({
  page,
  program,
}) => {
  await page.goto(`${program.url}/procedures`)
  await page.getByLabel('手続きのことば').fill('NGUYEN VAN AN')
  await page.evaluate(() => {
    setTimeout(() => {
      throw new RangeError('NGUYEN VAN AN')
    })
  })
  await heading(page, 'この画面を表示できません')
  const incident = await page.locator('.plate__value').textContent()
  await expect.poll(() => readReports(program.dataDir)).toMatchObject([{ incident, name: 'RangeError', place: 'page' }])
  expect(JSON.stringify(readReports(program.dataDir))).not.toContain('NGUYEN')
  await page.getByRole('button', { name: 'もう一度試す' }).click()
  await expect(page.getByLabel('手続きのことば')).toHaveValue('NGUYEN VAN AN')
})

test('the support file is for admins, can be looked into, and holds nothing about the people who work here', async ({
  page,
  program,
}) => {
  await page.goto(`${program.url}/login`)
  const userId = await signUp(page, program.dataDir, EMAIL)
  await logIn(page, userId)
  await heading(page, '受領登録一覧')
  await page.getByRole('contentinfo').getByRole('link', { name: 'お問い合わせ先' }).click()
  await page.getByRole('main').getByRole('link', { name: 'サポート用ファイル' }).click()
  await heading(page, 'サポート用ファイル')
  await page.getByRole('button', { name: 'ファイルを作る' }).click()
  await expect(page.getByRole('alert').getByText('ここからは作れません')).toBeVisible()
  await expect(page.getByRole('main')).toContainText('npm run -s cli -- support zairyu-support.txt')
  const admin = { loginName: 'ichiro', password: 'correct horse battery' }
  const added = ['staff', 'add', admin.loginName, '--role', 'admin', '--password', admin.password]
  expect(await runCli([...added, '--data', program.dataDir])).toMatchObject({ code: 0 })
  expect((await ask(page, 'POST', '/staff/session', admin)).status).toBe(200)
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'ファイルを作る' }).click()
  const saved = await saving
  await expect(page.getByRole('status').getByText('.txt」のダウンロードを始めました。')).toBeVisible()
  expect(saved.suggestedFilename()).toMatch(/^zairyu-support-\d{4}-\d\d-\d\d\.txt$/)
  const text = readFileSync(await saved.path(), 'utf8')
  expect(JSON.parse(text)).toMatchObject({ zairyuSupport: 1, counts: { accounts: 1, sessions: 1 } })
  for (const planted of [
    EMAIL,
    userId,
    PASSWORD,
    admin.loginName,
    admin.password,
    'NGUYEN',
    '08012345678',
    program.dataDir,
  ])
    expect(text).not.toContain(planted)
  await page.getByText('中を見る', { exact: true }).click()
  expect(await page.getByRole('region', { name: '中を見る' }).textContent()).toBe(text)
  expect(await violationsOf(page)).toEqual([])
})
