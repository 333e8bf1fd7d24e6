import { expect, type Page } from '@playwright/test'
import type { Shell } from '../journey'
import { PASSWORD } from '../samples'
import { signUp, training } from '../training'

/** One of the shells on training data: the steps of a chapter are the same in each. */
export type Lesson = Pick<Shell, 'page' | 'dataDir' | 'openProgram' | 'openLink'>

/** A registered person, with what he knows by now. */
export interface Person {
  userId: string
  email: string
  password: string
}

/** The screen of this name is shown. */
export const heading = (page: Page, name: string | RegExp) =>
  expect(page.getByRole('heading', { level: 1, name, exact: typeof name === 'string' })).toBeVisible()

/** The screen that a link of a mail leads to. */
type LinkScreen = 'password-reset' | 'email-change' | 'email-undo'

/** The link of a mail that leads to a screen, whatever stands before it. */
export function linkTo(screen: LinkScreen, mail: string): string {
  const link = new RegExp(`\\S+/${screen}/[\\w-]{43}`).exec(mail)?.[0]
  expect(link, `a link to ${screen} in: ${mail}`).toBeDefined()
  return link ?? ''
}

/** The code of a mail that does what its link does. */
export function codeIn(mail: string): string {
  const code = /確認コード: ([0-9A-Z]{4}-[0-9A-Z]{4})$/m.exec(mail)?.[1]
  expect(code, `a code in: ${mail}`).toBeDefined()
  return code ?? ''
}

/** A person with an ID; the program is open and nobody is signed in. */
export async function enrol(lesson: Lesson, email: string): Promise<Person> {
  await lesson.page.setViewportSize({ width: 1280, height: 800 })
  await lesson.openProgram()
  return { userId: await signUp(lesson.page, lesson.dataDir, email), email, password: PASSWORD }
}

/** M2.2, from the top page to the screen of the login. */
export async function openLogin({ page, openProgram }: Lesson): Promise<void> {
  await openProgram()
  await page.getByRole('banner').getByRole('link', { name: 'ログイン' }).click()
  await heading(page, '利用者ログイン')
}

/** One try with a password on the login screen. */
export async function tryPassword(page: Page, userId: string, password: string): Promise<void> {
  await page.getByLabel('利用者ID', { exact: true }).fill(userId)
  await page.getByLabel('パスワード', { exact: true }).fill(password)
  await page.getByRole('main').getByRole('button', { name: 'ログイン' }).click()
}

/** M2.2, then マイページ and 利用者詳細 as M6 begins. */
export async function openDetails(lesson: Lesson, { userId, password }: Person): Promise<void> {
  const { page } = lesson
  await openLogin(lesson)
  await tryPassword(page, userId, password)
  await heading(page, '受領登録一覧')
  await goToDetails(page)
}

/** M6: signed in, by the header to マイページ and on to 利用者詳細. */
export async function goToDetails(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('link', { name: 'マイページ' }).click()
  await heading(page, 'マイページ')
  await page.getByRole('link', { name: '利用者情報の確認' }).click()
  await heading(page, '利用者詳細')
}

/** M2.3. */
export async function logOut(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('link', { name: 'ログアウト' }).click()
  await page.getByRole('button', { name: 'ログアウトする' }).click()
  await heading(page, 'トップページ')
}

/** The value that 利用者詳細 and 確認 show for a name. */
export const fact = (page: Page, name: string) =>
  page
    .locator('.facts > div')
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator('dd')

/** The text of the newest mail to an address. */
export const mailTo = ({ dataDir }: Lesson, email: string) => training(dataDir).mailTo(email)
