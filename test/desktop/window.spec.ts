import { expect } from '@playwright/test'
import { test } from './support/desktop-test'
import { hasElectron } from './support/launch'

test('the window shows the top page of the program', async ({ launch }) => {
  const { page, origin, output } = await launch()
  await expect(page).toHaveTitle('【在留申請オンラインシステム】トップページ')
  expect(page.url()).toBe(`${origin}/`)
  expect(output()).toMatch(/^ready app:\/\/main\/$/m)
})

test('closing the window ends the program, and what was stored in the page is there again', async ({ launch }) => {
  const first = await launch()
  await first.page.evaluate(() => {
    localStorage.setItem('kept', 'yes')
  })
  expect(await first.close()).toBe(0)
  const second = await launch()
  expect(await second.page.evaluate(() => localStorage.getItem('kept'))).toBe('yes')
})

test('a screen is found by its path, and so it is after a reload', async ({ desktop }) => {
  const { page, goTo } = desktop
  await goTo('/login')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('利用者ログイン')
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('利用者ログイン')
})

test('a wrong setting ends the program with one line that names it', async ({ launch }) => {
  const start = launch({ args: ['--service', 'ftp://x'] })
  await expect(start).rejects.toThrow('--service is "ftp://x"; allowed: https://HOST/')
})

test('without a window the program waits for a second start, which opens one', async ({ launch }) => {
  test.skip(hasElectron(), 'Playwright waits for the first window of Electron')
  const { page, origin, open } = await launch({ args: ['--no-open'] })
  expect(page.url()).toBe('about:blank')
  await open()
  await expect(page).toHaveURL(`${origin}/`)
})
