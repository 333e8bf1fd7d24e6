import { expect, type Page } from '@playwright/test'
import { ask, deadlineOf, logIn, signUp, training } from '../support/training'
import { test } from './support/desktop-test'

const dialog = (page: Page) => page.getByRole('alertdialog', { name: 'まもなくログアウトされます' })
const bar = (page: Page) => page.getByRole('region', { name: '自動ログアウトのお知らせ' })
const heading = (page: Page, name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
/** Sooner than the page or the timer would ask by themselves. */
const AT_ONCE = { timeout: 5_000 }

test('after a sleep the window asks at once, extends by OK, and logs out at the deadline', async ({
  launch,
  dataDir,
}) => {
  const { page, goTo, power } = await launch({ args: ['--training'] })
  const { setClock } = training(dataDir)
  const setToDeadline = async (seconds: number) => void (await setClock((await deadlineOf(page)).add({ seconds })))
  const userId = await signUp(page, dataDir)
  await goTo('/login?to=/my-page/details')
  await logIn(page, userId)
  await heading(page, '利用者詳細')

  await setToDeadline(-10 * 60 - 30)
  await power('resume')
  await expect(page.getByRole('banner')).toContainText('NGUYEN VAN AN')
  await expect(dialog(page)).toHaveCount(0)
  await setToDeadline(-10 * 60 - 3)
  await power('resume')
  await expect(dialog(page)).toBeVisible(AT_ONCE)
  const ok = dialog(page).getByRole('button', { name: 'OK' })
  await expect(ok).toBeFocused()
  const before = await deadlineOf(page)
  await page.keyboard.press('Enter')
  await expect(page.getByText('延長しました')).toBeVisible()
  await expect(dialog(page)).toHaveCount(0)
  expect(before.until(await deadlineOf(page)).total('minutes')).toBeGreaterThan(169)

  await setToDeadline(-4)
  await power('unlock-screen')
  await expect(dialog(page)).toBeVisible(AT_ONCE)
  await page.keyboard.press('Escape')
  await expect(bar(page)).toBeVisible()
  await heading(page, '利用者ログイン')
  await expect(page.getByRole('main').getByRole('status')).toContainText('自動的にログアウトしました')
  expect((await ask(page, 'GET', '/session')).status).toBe(401)
  await logIn(page, userId)
  await heading(page, '利用者詳細')
})

test('a machine that slept over the deadline wakes up logged out', async ({ launch, dataDir }) => {
  const { page, goTo, power } = await launch({ args: ['--training'] })
  const userId = await signUp(page, dataDir)
  await goTo('/login')
  await logIn(page, userId)
  await heading(page, '受領登録一覧')
  await training(dataDir).advance('PT8H')
  await power('resume')
  await expect(page.getByRole('heading', { level: 1, name: '利用者ログイン' })).toBeVisible(AT_ONCE)
  await expect(page.getByText('自動的にログアウトしました')).toBeVisible()
})

test('notices within a minute that the clock was moved; asking how long never prolongs', async ({
  launch,
  dataDir,
}) => {
  const { page, goTo } = await launch({ args: ['--training'] })
  const userId = await signUp(page, dataDir)
  await goTo('/login')
  await logIn(page, userId)
  await heading(page, '受領登録一覧')
  const before = await deadlineOf(page)
  await training(dataDir).advance('PT2H50M')
  await expect(dialog(page)).toBeVisible({ timeout: 60_000 })
  const status = await page.evaluate(() => window.zairyu?.sessionStatus())
  expect(status?.deadline).toBe(before.toString({ smallestUnit: 'millisecond' }))

  const extended = await page.evaluate(() => window.zairyu?.extendSession())
  expect(Date.parse(extended?.deadline ?? '')).toBeGreaterThan(before.epochMilliseconds)
  await expect(dialog(page)).toHaveCount(0)
})

test('logging out by hand is not explained', async ({ launch, dataDir }) => {
  const { page, goTo } = await launch({ args: ['--training'] })
  const userId = await signUp(page, dataDir)
  await goTo('/login')
  await logIn(page, userId)
  await heading(page, '受領登録一覧')
  await page.getByRole('banner').getByRole('link', { name: 'ログアウト' }).click()
  await page.getByRole('button', { name: 'ログアウトする' }).click()
  await heading(page, 'トップページ')
  await expect(page.getByText('自動的に')).toHaveCount(0)
  expect((await page.evaluate(() => window.zairyu?.sessionStatus()))?.deadline).toBeNull()
})
