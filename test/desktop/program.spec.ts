import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { violationsOf } from '../support/flaws'
import { test } from './support/desktop-test'

test('the program says its version, and those of Electron, Chromium and Node', async ({ desktop }) => {
  const { page, hand } = desktop
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await hand.choose('ヘルプ(&H)', 'このプログラムについて')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('このプログラムについて')
  for (const engine of ['Electron', 'Chromium', 'Node.js'])
    await expect(page.locator('dl > div').filter({ hasText: engine })).toHaveText(/\d+\.\d+\.\d+/)
  await expect(page.getByText('LICENSES.chromium.html')).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
})

test('the settings are saved at once, and a disk that refuses is told', async ({ launch, dataDir }) => {
  const { page, hand } = await launch()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await hand.choose('ファイル(&F)', '設定…')
  const logsOut = page.getByRole('radio', { name: 'ログアウトする' })
  const stays = page.getByRole('radio', { name: 'ログインしたままにする' })
  await expect(logsOut).toBeChecked()
  await stays.check()
  await expect(page.getByText('設定を保存しました')).toBeVisible()
  expect(await violationsOf(page)).toEqual([])

  const file = join(dataDir, 'desktop/shell.json')
  rmSync(file)
  mkdirSync(file)
  await logsOut.check()
  await expect(page.getByRole('alert')).toContainText('設定を保存できませんでした')
  await expect(page.getByText('設定を保存しました')).toBeHidden()
  rmSync(file, { recursive: true })
  await stays.check()
  await expect(page.getByRole('alert')).toBeHidden()
})
