import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { runCli } from '../support/cli'
import { openMailServer } from '../support/mail-server'
import { ask } from '../support/training'
import { test } from './support/desktop-test'

const STAFF_PASSWORD = 'correct horse battery'
const LOGIN = { user: 'immi@example.jp', password: 'geheim/:@ #1' }

test('the password of the mail server lies in the system’s keychain, and mail leaves after a restart (DESIGN §9)', async ({
  launch,
  dataDir,
}) => {
  const added = await runCli([
    ...['staff', 'add', 'admin', '--role', 'admin', '--password', STAFF_PASSWORD],
    ...['--data', dataDir],
  ])
  expect(added).toMatchObject({ code: 0, err: '' })
  const server = await openMailServer({ login: LOGIN })
  try {
    const first = await launch()
    const { page } = first
    await first.goTo('/staff/admin/mail-settings')
    await page.getByLabel('ログイン名', { exact: true }).fill('admin')
    await page.getByLabel('パスワード', { exact: true }).fill(STAFF_PASSWORD)
    await page.getByLabel('パスワード', { exact: true }).press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'メールの設定' })).toBeVisible()
    const { hostname, port } = new URL(server.url)
    await page.getByLabel('サーバーの名前', { exact: true }).fill(hostname)
    await page.getByLabel('ポート', { exact: true }).fill(port)
    await page.getByRole('radio', { name: '暗号化しない' }).check()
    await page.getByLabel('ユーザー名', { exact: true }).fill(LOGIN.user)
    await page.getByLabel('パスワード', { exact: true }).fill(LOGIN.password)
    await page.getByRole('button', { name: '保存して使う' }).click()
    await expect(page.getByText('このパソコンのキーチェーンに保存済みです')).toBeVisible()
    const settings = readFileSync(join(dataDir, 'settings.json'), 'utf8')
    expect(settings).toContain('"smtpSealed"')
    for (const form of [LOGIN.password, encodeURIComponent(LOGIN.password), 'geheim'])
      expect(settings).not.toContain(form)
    expect(await first.close()).toBe(0)

    const second = await launch()
    await second.goTo('/')
    expect((await ask(second.page, 'POST', '/registrations', { email: 'an@example.jp' })).status).toBe(202)
    await server.letter(({ to }) => to.includes('an@example.jp'), 'the mail that needed the password')
  } finally {
    await server.close()
  }
})
