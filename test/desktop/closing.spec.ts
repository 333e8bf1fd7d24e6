import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import SqliteFile from 'better-sqlite3'
import { DATABASE_FILE } from '#main/database/open'
import { ask, logIn, signUp, training } from '../support/training'
import { test } from './support/desktop-test'
import type { Desktop } from './support/launch'

const heading = (page: Page, name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

/** How many sessions the service holds. */
function sessions(dataDir: string): unknown {
  const file = new SqliteFile(join(dataDir, DATABASE_FILE), { readonly: true })
  try {
    return file.prepare('select count(*) from sessions').pluck().get()
  } finally {
    file.close()
  }
}

async function enter({ page, goTo }: Desktop, dataDir: string): Promise<void> {
  const userId = await signUp(page, dataDir)
  await goTo('/login?to=/my-page/details')
  await logIn(page, userId)
  await heading(page, '利用者詳細')
}

async function stayLoggedIn({ page, goTo }: Desktop): Promise<void> {
  await goTo('/settings')
  await page.getByRole('radio', { name: 'ログインしたままにする' }).check()
  await expect(page.getByText('設定を保存しました')).toBeVisible()
}

test('closing the window ends the session at the service, too', async ({ launch, dataDir }) => {
  const first = await launch({ args: ['--training'] })
  await enter(first, dataDir)
  expect(sessions(dataDir)).toBe(1)
  expect(await first.close()).toBe(0)
  expect(sessions(dataDir)).toBe(0)
})

test('a reader who wants to stay logged in is, until the deadline', async ({ launch, dataDir }) => {
  const first = await launch({ args: ['--training'] })
  await enter(first, dataDir)
  await stayLoggedIn(first)
  expect(await first.close()).toBe(0)

  const second = await launch({ args: ['--training'] })
  await second.goTo('/my-page/details')
  await heading(second.page, '利用者詳細')
  await second.goTo('/settings')
  await expect(second.page.getByRole('radio', { name: 'ログインしたままにする' })).toBeChecked()
  expect(await second.close()).toBe(0)

  await training(dataDir).advance('PT3H')
  const third = await launch({ args: ['--training'] })
  expect((await ask(third.page, 'GET', '/session')).status).toBe(401)
})

test('the setting is taken back, and nothing stays', async ({ launch, dataDir }) => {
  const first = await launch({ args: ['--training'] })
  await enter(first, dataDir)
  await stayLoggedIn(first)
  await first.page.getByRole('radio', { name: 'ログアウトする' }).check()
  expect(await first.close()).toBe(0)
  expect(sessions(dataDir)).toBe(0)
})

test('the window opens again when the system asks for it', async ({ launch }) => {
  const { page, origin, hand } = await launch({ args: ['--no-open'] })
  expect(await hand.window()).toBeNull()
  await hand.tell('activate')
  await expect(page).toHaveURL(`${origin}/`)
})

test('a link that the system opens finds the window, closed or not (macOS)', async ({ launch }) => {
  const { page, hand } = await launch({ args: ['--no-open'] })
  await hand.openLink(`zairyu://open/register/${'x'.repeat(43)}`)
  await expect(page).toHaveURL(/\/register\/x{43}$/)
  await hand.openLink('zairyu://open/login')
  await heading(page, '利用者ログイン')
})
