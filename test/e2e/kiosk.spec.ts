import { expect, test as base, type Page } from '@playwright/test'
import { violationsOf } from '../support/flaws'
import { type TrainingProgram, withTrainingProgram } from '../support/hosted-program'
import { PASSWORD } from '../support/samples'
import { ask, logIn, signUp } from '../support/training'

/** `kiosk`: the browser shell as a kiosk, on data of this test; `args` and `env` are more of the operator's wishes. */
const test = base.extend<{ dataDir: string; kiosk: TrainingProgram; env: Record<string, string> }>({
  env: [{}, { option: true }],
  dataDir: ({ kiosk }, use) => use(kiosk.dataDir),
  kiosk: ({ env }, use) => withTrainingProgram(use, { args: ['--kiosk'], env }),
})

const start = (page: Page) => page.getByRole('heading', { level: 1, name: 'ことばを選んでください' })
const finish = (page: Page) => page.getByRole('button', { name: '終了して消去' })
const countdown = (page: Page) => page.getByRole('alertdialog', { name: 'まだ使っていますか？' })

test('asks for the language first, in every language, and says what becomes of what is typed', async ({
  kiosk,
  page,
}) => {
  await page.goto(kiosk.url)
  await expect(start(page)).toBeVisible()
  await expect(page.getByRole('contentinfo')).toContainText('If you do not touch the screen for 90 seconds')
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: '黒' }).click()
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'English Start' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Top page')
  await expect(page.getByRole('button', { name: 'Finish and erase' })).toBeVisible()
  await expect(page.getByText('TRAINING', { exact: true })).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
})

test('asks after 90 seconds, stays by 続ける, and erases when nobody answers for 30', async ({
  kiosk,
  page,
  dataDir,
}) => {
  await page.clock.install()
  await page.goto(kiosk.url)
  await page.getByRole('button', { name: /^日本語/ }).click()
  const userId = await signUp(page, dataDir)
  await page.getByRole('banner').getByRole('link', { name: 'ログイン', exact: true }).click()
  await logIn(page, userId)
  await expect(page.getByRole('heading', { level: 1, name: '受領登録一覧' })).toBeVisible()
  await page.evaluate(() => {
    localStorage.setItem('planted', 'NGUYEN VAN AN')
    sessionStorage.setItem('planted', 'NGUYEN VAN AN')
  })

  // From here on the page's time moves only when the test says so.
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000)
  await page.mouse.click(5, 300)
  await page.clock.runFor(89_000)
  await expect(countdown(page)).toHaveCount(0)
  await page.clock.runFor(1_000)
  await expect(countdown(page)).toBeVisible()
  await expect(countdown(page).getByRole('timer')).toHaveText('30')
  await expect(countdown(page).getByRole('button', { name: '続ける' })).toBeFocused()
  await page.clock.runFor(10_000)
  await expect(countdown(page).getByRole('timer')).toHaveText('20')
  await expect(countdown(page)).toContainText('あと20秒')
  // A touch elsewhere is no answer: it may be the next visitor's.
  await page.mouse.click(5, 300)
  await expect(countdown(page)).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(countdown(page)).toHaveCount(0)
  expect((await ask(page, 'GET', '/session')).status).toBe(200)

  await page.clock.runFor(90_000)
  await expect(countdown(page)).toBeVisible()
  await page.clock.runFor(29_000)
  await expect(countdown(page).getByRole('timer')).toHaveText('1')
  await page.clock.runFor(1_000)
  await expect(start(page)).toBeVisible()
  expect((await ask(page, 'GET', '/session')).status).toBe(401)
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
  expect(kept).not.toContain('NGUYEN')
})

test('erases at once by 終了して消去, and the browser leads nowhere back', async ({ kiosk, page, dataDir }) => {
  await page.goto(kiosk.url)
  await page.getByRole('button', { name: 'English Start' }).click()
  const userId = await signUp(page, dataDir)
  await page
    .getByRole('button', { name: '黒' })
    .or(page.getByRole('button', { name: 'Black' }))
    .click()
  await page.getByRole('link', { name: 'Log in', exact: true }).first().click()
  await page.getByLabel('User ID', { exact: true }).fill(userId)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await expect(page.getByLabel('User ID', { exact: true })).toHaveAttribute('autocomplete', 'off')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('banner')).toContainText('NGUYEN VAN AN')
  expect(new URL(page.url()).pathname).toBe('/')
  await page.getByRole('button', { name: 'Finish and erase' }).click()
  await expect(start(page)).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-scheme', 'standard')
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja')
  expect((await ask(page, 'GET', '/session')).status).toBe(401)
  await page.goBack().catch(() => null)
  if (page.url().startsWith(kiosk.url)) await expect(start(page)).toBeVisible()
  await expect(page.getByText('NGUYEN')).toHaveCount(0)
})

test('begins in やさしい日本語, too, with readings', async ({ kiosk, page }) => {
  await page.goto(kiosk.url)
  await page.getByRole('button', { name: /^やさしい日本語/ }).click()
  await expect(page.getByRole('combobox', { name: 'Language' }).locator('option:checked')).toHaveText('やさしい日本語')
  await expect(page.getByRole('main').locator('rt').first()).toBeVisible()
  // The names of the readings' parts are set apart by spaces.
  await page.getByRole('button', { name: /^終 ?わって ?消 ?す$/ }).click()
  await expect(start(page)).toBeVisible()
  await page.getByRole('button', { name: /^日本語/ }).click()
  await expect(page.getByRole('main').locator('rt')).toHaveCount(0)
})

test('a page that is loaded anew belongs to the next visitor', async ({ kiosk, page, dataDir }) => {
  await page.goto(kiosk.url)
  await page.getByRole('button', { name: /^日本語/ }).click()
  const userId = await signUp(page, dataDir)
  expect((await ask(page, 'POST', '/session', { userId, password: PASSWORD })).status).toBe(200)
  await page.goto(`${kiosk.url}/my-page`)
  await expect(start(page)).toBeVisible()
  expect((await ask(page, 'GET', '/session')).status).toBe(401)
})

test('types by fingers alone: letters, signs, corrections', async ({ kiosk, page }) => {
  await page.goto(kiosk.url)
  await page.getByRole('button', { name: /^日本語/ }).click()
  await page.getByRole('banner').getByRole('link', { name: 'ログイン', exact: true }).click()
  const keys = page.getByRole('region', { name: '画面のキーボード' })
  await expect(keys).toHaveCount(0)
  const id = page.getByLabel('利用者ID', { exact: true })
  await id.click()
  await expect(keys).toBeVisible()
  await expect(id).toBeInViewport()
  for (const key of ['a', '7']) await keys.getByRole('button', { name: key, exact: true }).click()
  await keys.getByRole('button', { name: '大文字' }).click()
  await keys.getByRole('button', { name: 'B', exact: true }).click()
  await keys.getByRole('button', { name: 'c', exact: true }).click()
  await keys.getByRole('button', { name: '1文字消す' }).click()
  await expect(id).toHaveValue('a7B')
  await expect(id).toBeFocused()
  const password = page.getByLabel('パスワード', { exact: true })
  await password.click()
  await keys.getByRole('button', { name: '記号' }).click()
  for (const key of ['$', '?', '!']) await keys.getByRole('button', { name: key, exact: true }).click()
  await expect(password).toHaveValue('$?!')
  expect(await violationsOf(page)).toEqual([])
  await keys.getByRole('button', { name: '閉じる' }).click()
  await expect(keys).toHaveCount(0)
})

test('has no way to the counter, to paper, or to a file', async ({ kiosk, page, dataDir }) => {
  await page.goto(kiosk.url)
  await page.getByRole('button', { name: /^日本語/ }).click()
  const userId = await signUp(page, dataDir)
  await page.getByRole('banner').getByRole('link', { name: 'ログイン', exact: true }).click()
  await logIn(page, userId)
  await page.getByRole('link', { name: 'マイページ' }).first().click()
  await page.getByRole('link', { name: /書き出し/ }).click()
  await page.getByRole('button', { name: '書き出す' }).click()
  await expect(page.getByRole('region', { name: 'あなたについて保存している情報' })).toBeVisible()
  await expect(page.getByRole('button', { name: /印刷|保存する/ })).toHaveCount(0)
  await page.emulateMedia({ media: 'print' })
  await expect(page.locator('body')).toBeHidden()
  await page.emulateMedia({ media: 'screen' })
  const refused = await page.evaluate(() =>
    ['contextmenu', 'dragstart', 'drop'].map(
      (name) => !document.querySelector('a')?.dispatchEvent(new Event(name, { bubbles: true, cancelable: true })),
    ),
  )
  expect(refused).toEqual([true, true, true])
  await finish(page).click()
  await expect(start(page)).toBeVisible()
})

test.describe('with a printer and a real keyboard', () => {
  test.use({ env: { ZAIRYU_KIOSK_PRINT: 'on', ZAIRYU_KIOSK_KEYBOARD: 'off' } })
  test('prints, and shows no keys', async ({ kiosk, page, dataDir }) => {
    await page.goto(kiosk.url)
    await page.getByRole('button', { name: /^日本語/ }).click()
    const userId = await signUp(page, dataDir)
    await page.getByRole('banner').getByRole('link', { name: 'ログイン', exact: true }).click()
    await page.getByLabel('利用者ID', { exact: true }).click()
    await expect(page.getByRole('region', { name: '画面のキーボード' })).toHaveCount(0)
    await logIn(page, userId)
    await page.getByRole('link', { name: 'マイページ' }).first().click()
    await page.getByRole('link', { name: /書き出し/ }).click()
    await page.getByRole('button', { name: '書き出す' }).click()
    await expect(page.getByRole('button', { name: '印刷する' })).toBeVisible()
  })
})
