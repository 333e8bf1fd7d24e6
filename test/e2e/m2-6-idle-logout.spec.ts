import { test as base, expect, type Page, type Response } from '@playwright/test'
import { violationsOf } from '../support/flaws'
import { withTrainingProgram } from '../support/hosted-program'
import { ask, deadlineOf, logIn, signUpAt, training } from '../support/training'

interface Lesson {
  url: string
  userId: string
  /** Sets the clock to so many seconds after the deadline of the page's session (before it: negative). */
  setToDeadline(page: Page, seconds: number): Promise<void>
  advance(span: string): Promise<unknown>
}

/** The program on training data of this test, with a person who has an ID. */
const test = base.extend<{ lesson: Lesson }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
  lesson: async ({}, use) => {
    await withTrainingProgram(async ({ url, dataDir }) => {
      const { advance, setClock } = training(dataDir)
      await use({
        url,
        userId: await signUpAt(url, dataDir),
        setToDeadline: async (of, seconds) => void (await setClock((await deadlineOf(of)).add({ seconds }))),
        advance,
      })
    })
  },
})

const dialog = (page: Page) => page.getByRole('alertdialog', { name: 'まもなくログアウトされます' })
const bar = (page: Page) => page.getByRole('region', { name: '自動ログアウトのお知らせ' })
const heading = (page: Page, name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
const word = (page: Page) => page.getByLabel('手続きのことば')

/** The reader comes back to the page, which looks again; done when it has asked. */
async function comeBack(page: Page): Promise<void> {
  let asked = false
  const hear = (answer: Response) => {
    asked ||= answer.url().endsWith('/api/v1/session')
  }
  page.on('response', hear)
  // What watches is loaded a moment after the screen.
  await expect
    .poll(async () => {
      await page.evaluate(() => dispatchEvent(new Event('focus')))
      return asked
    })
    .toBe(true)
  page.off('response', hear)
}

/** Signed in, on a screen with a field, with half a word in it. */
async function typing(page: Page, { url, userId }: Lesson): Promise<void> {
  await page.goto(`${url}/login?to=/procedures`)
  await logIn(page, userId)
  await heading(page, '手続き検索')
  await word(page).fill('受領')
}

test('asks 10 minutes before, not earlier; OK by keyboard gives 3 more hours and the work goes on', async ({
  page,
  lesson,
}) => {
  await typing(page, lesson)
  const before = await deadlineOf(page)
  await lesson.setToDeadline(page, -10 * 60 - 30)
  await comeBack(page)
  await expect(dialog(page)).toHaveCount(0)

  await lesson.setToDeadline(page, -10 * 60 - 3)
  await comeBack(page)
  // From here on nobody helps: the page itself sees the time come.
  await expect(dialog(page)).toBeVisible()
  const shownAt = Date.parse((await ask(page, 'GET', '/health')).body['now'] ?? '')
  expect(before.epochMilliseconds - shownAt).toBeLessThanOrEqual(600_000)
  const [hour, minute] = before.toZonedDateTimeISO('Asia/Tokyo').toPlainTime().toString().split(':')
  await expect(dialog(page)).toContainText(`${Number(hour)}時${minute}分`)
  await expect(dialog(page).getByRole('timer')).toHaveText(/^あと 9分\d+秒$/)
  expect(await violationsOf(page)).toEqual([])

  const ok = dialog(page).getByRole('button', { name: 'OK' })
  await expect(ok).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(dialog(page).getByRole('button', { name: 'キャンセル' })).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(ok).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText('延長しました')).toBeVisible()
  await expect(dialog(page)).toHaveCount(0)
  await expect(word(page)).toBeFocused()
  await page.keyboard.type('登録')
  await expect(word(page)).toHaveValue('受領登録')
  const moved = before.until(await deadlineOf(page)).total('minutes')
  expect(moved).toBeGreaterThan(169)
  expect(moved).toBeLessThan(171)
})

test('after キャンセル a bar keeps the time, extends by one press, and is there again after a reload', async ({
  page,
  lesson,
}) => {
  await typing(page, lesson)
  await lesson.setToDeadline(page, -9 * 60)
  await comeBack(page)
  await expect(dialog(page).getByRole('button', { name: 'OK' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toHaveCount(0)
  await expect(word(page)).toBeFocused()
  await expect(bar(page)).toContainText(/^\d+時\d\d分 に自動的にログアウトされます（あと9分）。/)
  expect(await violationsOf(page)).toEqual([])
  await page.reload()
  await expect(bar(page)).toBeVisible()
  await expect(dialog(page)).toHaveCount(0)

  await bar(page).getByRole('button', { name: '延長する' }).press('Enter')
  await expect(page.getByText('延長しました')).toBeVisible()
  await expect(bar(page)).toHaveCount(0)

  // The answer was for that one deadline.
  await lesson.setToDeadline(page, -9 * 60)
  await comeBack(page)
  await expect(dialog(page)).toBeVisible()
})

test('moving to another screen counts as activity', async ({ page, lesson }) => {
  await typing(page, lesson)
  await lesson.setToDeadline(page, -5 * 60)
  await comeBack(page)
  await expect(dialog(page).getByRole('button', { name: 'OK' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(bar(page)).toBeVisible()
  await page.getByRole('banner').getByRole('link', { name: 'マイページ' }).click()
  await heading(page, 'マイページ')
  await expect(bar(page)).toHaveCount(0)
})

test('at the deadline logs out, says why, and login leads back to the screen', async ({ page, lesson }) => {
  await page.goto(`${lesson.url}/login?to=${encodeURIComponent('/receipts?size=50')}`)
  await logIn(page, lesson.userId)
  await heading(page, '受領登録一覧')
  await lesson.setToDeadline(page, -50)
  await comeBack(page)
  await expect(dialog(page).getByRole('button', { name: 'OK' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(bar(page)).toContainText(/あと\d+秒/)
  await lesson.setToDeadline(page, -2)
  await comeBack(page)
  // From here on nobody helps: the page itself sees the time come.
  await heading(page, '利用者ログイン')
  await expect(page).toHaveURL(/\/login\?to=\/receipts\?size=50$/)
  await expect(page.getByRole('main').getByRole('status')).toContainText('自動的にログアウトしました')
  await expect(page.getByRole('main').getByRole('status')).toContainText(/\d+年\d+月\d+日 \d+時\d\d分にログアウト/)
  await expect(page.getByRole('banner')).not.toContainText('NGUYEN VAN AN')
  expect((await ask(page, 'GET', '/session')).status).toBe(401)
  await page.reload()
  await expect(page.getByText('自動的にログアウトしました')).toBeVisible()

  await logIn(page, lesson.userId)
  await heading(page, '受領登録一覧')
  await expect(page).toHaveURL(/\/receipts\?size=50$/)
  await expect(page.getByText('自動的にログアウトしました')).toHaveCount(0)
})

test('on a screen for everybody the reader stays with his words, and is told', async ({ page, lesson }) => {
  await typing(page, lesson)
  await lesson.setToDeadline(page, 1)
  await comeBack(page)
  await expect(page.getByText(/に自動的にログアウトしました。/)).toBeVisible()
  await expect(word(page)).toHaveValue('受領')
  await page.getByRole('main').or(page.locator('.bar')).getByRole('link', { name: 'ログイン' }).first().click()
  await logIn(page, lesson.userId)
  await heading(page, '手続き検索')
})

test('an open page notices within a minute that the clock was moved, without anybody’s help', async ({
  page,
  lesson,
}) => {
  await page.clock.install()
  await page.goto(`${lesson.url}/login`)
  await logIn(page, lesson.userId)
  await heading(page, '受領登録一覧')
  await lesson.advance('PT2H50M')
  await page.clock.fastForward(60_000)
  await expect(dialog(page)).toBeVisible()
})

test('without the network the dialog says so and stays; back on the network OK extends', async ({ page, lesson }) => {
  await typing(page, lesson)
  await lesson.setToDeadline(page, -9 * 60)
  await comeBack(page)
  await expect(dialog(page)).toBeVisible()
  await page.context().setOffline(true)
  await page.keyboard.press('Enter')
  await expect(dialog(page).getByRole('alert')).toContainText('延長できませんでした')
  await expect(dialog(page).getByRole('button', { name: 'OK' })).toBeFocused()
  await page.context().setOffline(false)
  await page.keyboard.press('Enter')
  await expect(page.getByText('延長しました')).toBeVisible()
  await expect(dialog(page)).toHaveCount(0)
})

test('two tabs agree on cancel, extension, logout and login', async ({ page, lesson, context }) => {
  await typing(page, lesson)
  const other = await context.newPage()
  await other.goto(`${lesson.url}/receipts`)
  await heading(other, '受領登録一覧')
  await lesson.setToDeadline(page, -9 * 60)
  await comeBack(page)
  await comeBack(other)
  await expect(dialog(page)).toBeVisible()
  await expect(dialog(other)).toBeVisible()

  await dialog(page).getByRole('button', { name: 'キャンセル' }).click()
  await expect(bar(other)).toBeVisible()
  await expect(dialog(other)).toHaveCount(0)

  await bar(other).getByRole('button', { name: '延長する' }).click()
  await expect(bar(page)).toHaveCount(0)
  await expect(dialog(page)).toHaveCount(0)
  await expect(bar(other)).toHaveCount(0)

  await lesson.setToDeadline(page, 1)
  await comeBack(page)
  await heading(other, '利用者ログイン')
  await expect(other.getByText('自動的にログアウトしました')).toBeVisible()

  await page.goto(`${lesson.url}/login`)
  await logIn(page, lesson.userId)
  await heading(page, '受領登録一覧')
  await heading(other, '受領登録一覧')

  await page.goto(`${lesson.url}/logout`)
  await page.getByRole('button', { name: 'ログアウトする' }).click()
  await heading(page, 'トップページ')
  await heading(other, '利用者ログイン')
  await expect(other.getByText('自動的にログアウトしました')).toHaveCount(0)
})
