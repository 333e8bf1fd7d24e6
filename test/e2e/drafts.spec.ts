import { expect, type Page } from '@playwright/test'
import { test } from '../support/chapters/browser-lesson'
import { enrol, heading, logOut, mailTo, openLogin, type Person, tryPassword } from '../support/chapters/lesson'
import { ask, training } from '../support/training'

const NAME = '氏名（英字）を入力してください'
const PHONE = '電話番号を入力してください'

/** Everything that this device remembers of the program; the router's own notes hold addresses, as the history does. */
const storage = (page: Page) =>
  page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage, 'vue-router:scroll': null }))
const drafts = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('zairyu.draft.')).length)

async function logIn(page: Page, { userId, password }: Person): Promise<void> {
  await heading(page, '利用者ログイン')
  await tryPassword(page, userId, password)
}

test('what is typed into the registration comes back with its link, and with nothing else', async ({
  lesson,
  browser,
}) => {
  const { page, openProgram, dataDir, url } = lesson
  await openProgram()
  const linkFor = async (email: string) => {
    expect((await ask(page, 'POST', '/registrations', { email })).status).toBe(202)
    return /\S+\/register\/[\w-]{43}/.exec(await mailTo(lesson, email))?.[0] ?? ''
  }
  const link = await linkFor('an@example.jp')
  await page.goto(link)
  await page.getByRole('radio', { name: '外国人本人' }).check()
  await page.getByLabel(NAME).fill('TRAN THI MAI')
  await page.getByLabel(PHONE).fill('09011112222')
  await page.getByLabel('パスワードを入力してください').fill('Hanami-2026x')
  await expect(page.getByText(/最後の保存/)).toBeVisible()
  expect(await storage(page)).not.toMatch(/TRAN|0901111|Hanami|applicant|an@example/)

  await page.getByRole('banner').getByRole('combobox').selectOption('en')
  await expect(page.getByLabel('Enter your name (Latin letters)').or(page.locator('[name=nameEn]'))).toHaveValue(
    'TRAN THI MAI',
  )
  await page.locator('html[lang=en]').waitFor()
  await page.getByRole('banner').getByRole('combobox').selectOption('ja')
  await expect(page.getByLabel('パスワードを入力してください')).toHaveValue('Hanami-2026x')

  await page.reload()
  await expect(page.getByLabel(NAME)).toHaveValue('TRAN THI MAI')
  await expect(page.getByRole('radio', { name: '外国人本人' })).toBeChecked()
  await expect(page.getByLabel('パスワードを入力してください')).toHaveValue('')
  await expect(page.getByText('前に入力した内容を戻しました')).toBeVisible()

  const again = await page.context().newPage()
  await page.close()
  await again.goto(link)
  await expect(again.getByLabel(PHONE)).toHaveValue('09011112222')
  await again.goto(url)
  const other = /\S+\/register\/[\w-]{43}/
  expect((await ask(again, 'POST', '/registrations', { email: 'binh@example.jp' })).status).toBe(202)
  await again.goto(other.exec(await training(dataDir).mailTo('binh@example.jp'))?.[0] ?? '')
  await expect(again.getByLabel(PHONE)).toHaveValue('')

  const elsewhere = await (await browser.newContext()).newPage()
  await elsewhere.goto(link)
  await expect(elsewhere.getByLabel(PHONE)).toHaveValue('')
  await elsewhere.context().close()

  await again.goto(link)
  for (const label of ['パスワードを入力してください', 'パスワード（確認用）を入力してください'])
    await again.getByLabel(label).fill('Hanami-2026x')
  await again.getByRole('button', { name: '確認へ進む' }).click()
  await heading(again, '利用者登録確認')
  await again.goBack()
  await expect(again.getByLabel(NAME)).toHaveValue('TRAN THI MAI')
  await again.goForward()
  await again.getByRole('button', { name: '登録する' }).click()
  await heading(again, '利用者登録完了')
  await expect.poll(() => drafts(again)).toBe(1)
  await again.reload()
  await expect(again.getByRole('main')).toContainText('利用者登録が完了しました')
})

test('the end of the session takes nothing: the login leads back to the screen and its input', async ({ lesson }) => {
  const { page, dataDir, url } = lesson
  const person = await enrol(lesson, 'an@example.jp')
  await page.goto(`${url}/login?to=/my-page/change`)
  await logIn(page, person)
  await heading(page, '利用者変更')
  await page.getByLabel(PHONE).fill('07033334444')
  await expect.poll(() => drafts(page)).toBeGreaterThan(0)
  await training(dataDir).advance('PT3H')
  await page.evaluate(() => dispatchEvent(new Event('focus')))
  await heading(page, '利用者ログイン')
  await page.reload()
  expect(await storage(page)).not.toContain('0703333')
  await logIn(page, person)
  await heading(page, '利用者変更')
  await expect(page.getByLabel(PHONE)).toHaveValue('07033334444')
  await page.getByRole('button', { name: '確認へ進む' }).click()
  await page.getByRole('button', { name: '変更する' }).click()
  await heading(page, '利用者変更完了')
  expect((await ask(page, 'GET', '/account')).body['phone']).toBe('07033334444')
})

test('another person on the same device finds nothing, the first one finds everything again', async ({ lesson }) => {
  const { page, url, dataDir } = lesson
  const an = await enrol(lesson, 'an@example.jp')
  const binh = await enrol(lesson, 'binh@example.jp')
  const open = async (person: Person) => {
    await page.goto(`${url}/login?to=/my-page/change`)
    await logIn(page, person)
    await heading(page, '利用者変更')
  }
  await open(an)
  await page.getByLabel(PHONE).fill('07033334444')
  await expect.poll(() => drafts(page)).toBeGreaterThan(0)
  await logOut(page)
  expect(await storage(page)).not.toMatch(/0703333|change|details/)

  await open(binh)
  await expect(page.getByLabel(PHONE)).toHaveValue('08012345678')
  await logOut(page)
  await open(an)
  await expect(page.getByLabel(PHONE)).toHaveValue('07033334444')
  await logOut(page)

  await training(dataDir).advance('P8D')
  await openLogin(lesson)
  await expect.poll(() => drafts(page)).toBe(0)
})
