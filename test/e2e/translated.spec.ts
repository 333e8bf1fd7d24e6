import { expect, type Page } from '@playwright/test'
import { SCREENS, WIDTHS } from '../support/screens'
import { test } from '../support/stage'
import { plain, translateAll } from '../support/translated'

const LOOK = { language: 'ja', scheme: 'standard', width: WIDTHS[1] } as const
const named = (name: string) => SCREENS.find((screen) => screen.name === name) as (typeof SCREENS)[number]

/** The page of a screen, translated by its browser, and what went wrong in it. */
async function translated(page: Page): Promise<string[]> {
  const wrong: string[] = []
  page.on('pageerror', (error) => wrong.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 40[14]/.test(message.text())) wrong.push(message.text())
  })
  await translateAll(page)
  await page.reload()
  await expect(page.locator('h1 font font')).toBeVisible()
  return wrong
}

const heading = (page: Page, name: string) =>
  expect.poll(async () => plain(await page.locator('h1').textContent())).toBe(name)
const says = (page: Page, where: string, text: string | RegExp) =>
  expect.poll(async () => plain(await page.locator(where).first().textContent())).toMatch(text)
const chooseLanguage = (page: Page, language: string) => page.locator('header select').first().selectOption(language)

test('on a page that its browser translates errors come, change and go, and the language changes', async ({
  stage,
}) => {
  const page = await stage.show(named('login'), LOOK)
  const wrong = await translated(page)
  await heading(page, '利用者ログイン')
  const submit = page.locator('form button[type=submit]')
  await submit.click()
  await says(page, '.summary h2', '2件')
  await page.locator('input[autocomplete=username]').fill('old-id-1')
  await submit.click()
  await says(page, '.summary h2', '1件')
  await expect(page.locator('.field__error')).toHaveCount(1)
  await chooseLanguage(page, 'en')
  await heading(page, 'User login')
  await says(page, '.summary', 'Password: ')
  expect(plain(await page.locator('main').textContent())).not.toMatch(/\p{Script=Hiragana}/u)
  await chooseLanguage(page, 'ja')
  await heading(page, '利用者ログイン')
  await says(page, '.summary h2', '1件')
  expect(wrong).toEqual([])
  await page.close()
})

test('on a page that its browser translates the screens change by links and Back', async ({ stage }) => {
  const page = await stage.show(named('top'), LOOK)
  const wrong = await translated(page)
  const names: string[] = []
  for (const path of ['/contact', '/login', '/procedures']) {
    await page.locator(`a[href="${path}"]`).first().click()
    await expect(page).toHaveURL((url) => url.pathname === path)
    const shown = async () => plain(await page.locator('h1').textContent())
    await expect.poll(shown).not.toBe(names.at(-1) ?? 'トップページ')
    await expect(page.locator('h1 font font')).toBeVisible()
    names.push(await shown())
  }
  expect(new Set(names).size).toBe(3)
  for (const name of names.slice(0, -1).reverse()) {
    await page.goBack()
    await heading(page, name)
    await expect.poll(async () => page.title()).toContain(name)
  }
  expect(wrong).toEqual([])
  await page.close()
})

test('on a page that its browser translates a receipt that is registered is no longer called unregistered', async ({
  stage,
}) => {
  const page = await stage.show(named('receipt-dialog'), LOOK)
  const wrong = await translated(page)
  const row = page
    .locator('tbody tr')
    .filter({ has: page.locator('button') })
    .first()
  const number = plain(await row.locator('[translate=no]').first().textContent())
  const same = page.locator('tbody tr').filter({ hasText: number })
  expect(plain(await same.textContent())).toContain('未登録')
  await row.locator('button').first().click()
  const dialog = page.locator('[role=dialog], [role=alertdialog]')
  await dialog.locator('button').filter({ hasText: '登録する' }).click()
  await expect(dialog).toHaveCount(0)
  await expect.poll(async () => plain(await same.textContent())).not.toContain('未登録')
  expect(wrong).toEqual([])
  await page.close()
})
