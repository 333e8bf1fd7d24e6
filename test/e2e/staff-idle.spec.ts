import { test as base, expect, type Page } from '@playwright/test'
import { Temporal } from 'temporal-polyfill'
import { runCli } from '../support/cli'
import { violationsOf } from '../support/flaws'
import { withTrainingProgram } from '../support/hosted-program'
import { ask, signUpAt, training } from '../support/training'

const STAFF_PASSWORD = 'correct horse battery'

interface Counter {
  url: string
  userId: string
  /** Sets the clock to so many seconds after the end of the session (before it: negative), and comes back to the page. */
  setToEnd(seconds: number): Promise<void>
  signIn(path: string, loginName?: string): Promise<void>
}

/** The program on training data of this test, with an applicant and two people behind the counter. */
const test = base.extend<{ counter: Counter }>({
  counter: async ({ page }, use) => {
    await withTrainingProgram(async ({ url, dataDir }) => {
      const { setClock } = training(dataDir)
      for (const [name, shown] of [
        ['hanako', '佐藤 花子'],
        ['jiro', '田中 次郎'],
      ] as const) {
        const person = ['--name', shown, '--role', 'admin', '--password', STAFF_PASSWORD, '--data', dataDir]
        expect(await runCli(['staff', 'add', name, ...person])).toMatchObject({ code: 0 })
      }
      await use({
        url,
        userId: await signUpAt(url, dataDir),
        setToEnd: async (seconds) => {
          await setClock((await endOf(page)).add({ seconds }))
          const asked = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/health'))
          await page.evaluate(() => dispatchEvent(new Event('focus')))
          await asked
        },
        signIn: async (path, loginName = 'hanako') => {
          await page.goto(url + path)
          await logIn(page, loginName)
        },
      })
    })
  },
})

const heading = (page: Page, name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
const dialog = (page: Page) => page.getByRole('alertdialog', { name: 'まもなくログアウトします' })
const title = (page: Page) => page.getByLabel('題名（日本語）')
const endOf = async (page: Page) =>
  Temporal.Instant.from((await ask(page, 'GET', '/staff/session')).body['deadline'] ?? '')

async function logIn(page: Page, loginName: string): Promise<void> {
  await heading(page, '職員ログイン')
  await page.getByLabel('ログイン名', { exact: true }).fill(loginName)
  await page.getByLabel('パスワード', { exact: true }).fill(STAFF_PASSWORD)
  await page.getByLabel('パスワード', { exact: true }).press('Enter')
}

test('one minute before the logout, not earlier, it asks; staying gives 15 more minutes and the work goes on', async ({
  page,
  counter,
}) => {
  await counter.signIn('/staff/admin/announcements/new')
  await heading(page, 'お知らせの作成')
  await title(page).fill('休止')
  await counter.setToEnd(-75)
  await expect(dialog(page)).toHaveCount(0)

  await counter.setToEnd(-62)
  // From here on nobody helps: the page itself sees the time come.
  await expect(dialog(page)).toBeVisible()
  await expect(dialog(page).getByRole('timer')).toHaveText(/^[3-6]\d秒$/)
  const before = await endOf(page)
  expect(await violationsOf(page)).toEqual([])
  const stay = dialog(page).getByRole('button', { name: '作業を続ける' })
  await expect(stay).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toHaveCount(0)
  expect(before.until(await endOf(page)).total('seconds')).toBeGreaterThan(14 * 60 - 5)
  await expect(title(page)).toBeFocused()
  await page.keyboard.type('のお知らせ')
  await expect(title(page)).toHaveValue('休止のお知らせ')
})

test('when nobody answers it logs out, says why, and what was typed is there after signing in again', async ({
  page,
  counter,
}) => {
  await counter.signIn('/staff/admin/announcements/new')
  await title(page).fill('休止のお知らせ')
  await counter.setToEnd(-6)
  await expect(dialog(page)).toBeVisible()
  await heading(page, '職員ログイン')
  await expect(dialog(page)).toHaveCount(0)
  await expect(page.getByRole('main')).toContainText('15分操作がなかったため')
  expect((await ask(page, 'GET', '/staff/session')).status).toBe(401)

  await logIn(page, 'hanako')
  await heading(page, 'お知らせの作成')
  await expect(title(page)).toHaveValue('休止のお知らせ')
  await expect(page.getByRole('main')).toContainText('保存していない内容を戻しました')
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: '入力した内容を消す' }).click()
  await expect(title(page)).toHaveValue('')
})

test('what one has typed is not shown to the next who signs in', async ({ page, counter }) => {
  await counter.signIn('/staff/admin/announcements/new')
  await title(page).fill('休止のお知らせ')
  await counter.setToEnd(1)
  await logIn(page, 'jiro')
  await heading(page, 'お知らせの作成')
  await expect(title(page)).toHaveValue('')
})

test('an application at the counter, and lines to be imported, stay over another screen and a logout by itself', async ({
  page,
  counter,
}) => {
  await counter.signIn('/staff/applications/new')
  await page.getByLabel('利用者ID', { exact: true }).fill(counter.userId)
  await page.getByRole('button', { name: '利用者を探す' }).click()
  await page.getByLabel('メモ').fill('後日、書類を追加')
  const header = page.getByRole('banner')
  await header.getByRole('link', { name: '取込' }).click()
  await page.getByLabel('取り込む内容').fill('{"certificateNumber":"在1番Y1"}')
  await page.goBack()
  await expect(page.getByLabel('メモ')).toHaveValue('後日、書類を追加')

  await counter.setToEnd(1)
  await logIn(page, 'hanako')
  await expect(page.getByLabel('メモ')).toHaveValue('後日、書類を追加')
  await header.getByRole('link', { name: '取込' }).click()
  await expect(page.getByLabel('取り込む内容')).toHaveValue('{"certificateNumber":"在1番Y1"}')
})
