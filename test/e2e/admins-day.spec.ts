import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { runCli } from '../support/cli'
import { violationsOf } from '../support/flaws'
import { openMailServer } from '../support/mail-server'
import { startProgram } from '../support/program'

const PASSWORD = 'correct horse battery'
const heading = (page: Page, name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: '管理のメニュー' }).getByRole('link', { name, exact: true })

test('an admin’s day: announce, set mail up, mend a failed mail, look at log and numbers', async ({ page }) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'zairyu-admin-'))
  const office = await openMailServer()
  const add = ['staff', 'add', 'admin', '--name', '管理 一郎', '--role', 'admin', '--password', PASSWORD]
  expect(await runCli([...add, '--data', dataDir])).toMatchObject({ code: 0 })
  const program = await startProgram({ dataDir })
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text())
  })
  try {
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.goto(`${program.url}/staff/admin`)
    await heading(page, '職員ログイン')
    await page.getByLabel('ログイン名', { exact: true }).fill('admin')
    await page.getByLabel('パスワード', { exact: true }).fill(PASSWORD)
    await page.getByLabel('パスワード', { exact: true }).press('Enter')
    await heading(page, '概況')
    await expect(page.getByRole('img', { name: /^交付の週ごとの数。今週 0/ })).toBeVisible()
    expect(await violationsOf(page)).toEqual([])

    await test.step('announces in two languages, and readers see it on top', async () => {
      await tab(page, 'お知らせの管理').click()
      await heading(page, 'お知らせの管理')
      expect(await violationsOf(page)).toEqual([])
      await page.getByRole('link', { name: 'お知らせを作成する' }).click()
      await heading(page, 'お知らせの作成')
      await page.getByRole('tab', { name: 'English' }).click()
      await expect(page.getByLabel('題名（English）')).toHaveAttribute('lang', 'en')
      await page.getByLabel('題名（English）').fill('Service pause')
      await page.getByRole('button', { name: '保存する' }).click()
      // What is missing stands in other tabs: the summary leads there.
      await page.getByRole('link', { name: /題名（日本語）/ }).click()
      await expect(page.getByLabel('題名（日本語）')).toBeFocused()
      await page.getByLabel('題名（日本語）').fill('システム{休止|きゅうし}のお知らせ{')
      await page.getByLabel('本文（日本語）').fill('{休止|')
      await page.getByRole('button', { name: '保存する' }).click()
      const mistaken = page.getByRole('link', {
        name: /^本文（日本語）：ふりがなの書き方が正しくありません：\{休止\| .*\{在留\|ざいりゅう\}/,
      })
      await mistaken.click()
      await expect(page.getByLabel('本文（日本語）')).toBeFocused()
      expect(await violationsOf(page)).toEqual([])
      await page.getByLabel('題名（日本語）').fill('システム{休止|きゅうし}のお知らせ')
      await page
        .getByLabel('本文（日本語）')
        .fill(
          '12月1日は **{休止|きゅうし}** します。\n\n- 受付\n- 交付\n\n[案内](https://www.moj.go.jp/) <b onclick="alert(1)">x</b>',
        )
      const preview = page.getByRole('region', { name: 'プレビュー' })
      await expect(preview.getByRole('link', { name: '案内' })).toHaveAttribute('href', 'https://www.moj.go.jp/')
      await expect(preview).toContainText('<b onclick="alert(1)">x</b>')
      await expect(preview.locator('h2 rt')).toHaveText('きゅうし')
      await expect(preview.locator('strong rt')).toHaveText('きゅうし')
      await page.getByRole('tab', { name: 'English' }).click()
      await page.getByLabel('本文（English）').fill('No service on 1 December. [bad](javascript:alert(1))')
      await page.getByRole('radio', { name: '重要（一覧の先頭に出ます）' }).check()
      expect(await violationsOf(page)).toEqual([])
      await page.getByRole('button', { name: '保存する' }).click()
      await heading(page, 'お知らせの管理')
      await expect(page.getByRole('row').filter({ hasText: 'システム休止のお知らせ' })).toContainText('掲載中')

      const reader = await page.context().newPage()
      await reader.goto(program.url)
      const first = reader.locator('.news li').first()
      await expect(first).toContainText('システム休止のお知らせ')
      await expect(first).toContainText('重要')
      await first.getByRole('link').click()
      await expect(reader.locator('main strong', { hasText: '休止' })).toBeVisible()
      await expect(reader.locator('main li', { hasText: '受付' })).toBeVisible()
      await expect(reader.getByRole('main').locator('ruby')).toHaveCount(0)
      await expect(reader).toHaveTitle(/】システム休止のお知らせ$/)
      await reader.getByRole('button', { name: 'ふりがな' }).click()
      await expect(reader.locator('h1 rt')).toHaveText('きゅうし')
      await expect(reader.locator('main strong rt')).toHaveText('きゅうし')
      await expect(reader.getByRole('main')).toContainText('ふりがなのない')
      expect(await violationsOf(reader)).toEqual([])
      await reader.getByRole('button', { name: 'ふりがな' }).click()
      await reader.getByRole('banner').getByRole('combobox').first().selectOption('en')
      await expect(reader.getByRole('main')).toContainText('[bad](javascript:alert(1))')
      await reader.getByRole('banner').getByRole('combobox').first().selectOption('ja')
      await expect(reader.getByRole('main')).toContainText('休止')
      await reader.close()
    })

    await test.step('sets the mail server up, and sends a test mail', async () => {
      await tab(page, 'メールの設定').click()
      await heading(page, 'メールの設定')
      expect(await violationsOf(page)).toEqual([])
      await page.getByLabel('テストメールの宛先').fill('admin@example.jp')
      await page.getByRole('button', { name: 'テストメールを送る' }).click()
      await expect(page.getByRole('main')).toContainText('メールサーバーが設定されていません')
      const { hostname, port } = new URL(office.url)
      await page.getByLabel('サーバーの名前').fill(hostname)
      await page.getByLabel('ポート').fill(port)
      await page.getByRole('radio', { name: '暗号化しない' }).check()
      await page.getByLabel('差出人のメールアドレス').fill('immi@moj.example.jp')
      await page.getByRole('button', { name: '保存して使う' }).click()
      await expect(page.getByText('メールの設定を変更しました。')).toBeVisible()
      await page.getByLabel('テストメールの宛先').fill('admin@example.jp')
      await page.getByRole('button', { name: 'テストメールを送る' }).click()
      await expect(page.getByText('メールサーバーが受け取りました')).toBeVisible()
      const sent = await office.letter(({ to }) => to.includes('admin@example.jp'), 'the test mail')
      expect(sent.mail.from?.value[0]?.address).toBe('immi@moj.example.jp')
      office.recipientAnswers.push({ responseCode: 550, message: '5.1.1 nobody here' })
      await page.getByRole('button', { name: 'テストメールを送る' }).click()
      await expect(page.getByText('メールサーバーが受け取りませんでした')).toBeVisible()
      expect(await violationsOf(page)).toEqual([])
    })

    await test.step('finds a mail that was given up, and sends it again', async () => {
      office.recipientAnswers.push({ responseCode: 550, message: '5.1.1 nobody here' })
      const asked = await page.evaluate(async () => {
        const init = { method: 'POST', headers: { 'Content-Type': 'application/json' } }
        return (await fetch('/api/v1/registrations', { ...init, body: '{"email":"an@example.jp"}' })).status
      })
      expect(asked).toBe(202)
      await expect
        .poll(async () => {
          const answer = await page.evaluate(async () => (await fetch('/api/v1/staff/mails?status=failed')).json())
          return (answer as { total: number }).total
        })
        .toBe(1)
      await tab(page, '送信箱').click()
      await heading(page, '送信箱')
      await page
        .getByRole('navigation', { name: '状況で分ける' })
        .getByRole('link', { name: /送信失敗/ })
        .click()
      const row = page.getByRole('row').filter({ hasText: 'an@example.jp' })
      await expect(row).toContainText('そのアドレスはない')
      expect(await violationsOf(page)).toEqual([])
      await row.getByRole('link').click()
      await expect(page.getByRole('main')).toContainText('/register/＊＊＊')
      expect(await violationsOf(page)).toEqual([])
      await page.getByRole('button', { name: '今すぐ送り直す' }).click()
      await expect(page.getByText('送信しました。')).toBeVisible()
      const letter = await office.letter(({ to }) => to.includes('an@example.jp'), 'the mail that was sent again')
      expect(letter.mail.text).toMatch(/\/register\/[\w-]{43}/)
    })

    await test.step('adds a colleague, whose password is shown once', async () => {
      await page.goto(`${program.url}/staff/admin/people`)
      await page.getByRole('button', { name: '職員を追加する' }).click()
      await page.getByLabel('ログイン名', { exact: true }).fill('hanako')
      await page.getByLabel('氏名', { exact: true }).fill('佐藤 花子')
      await page.getByRole('button', { name: '保存する' }).click()
      const made = page.getByRole('status').filter({ hasText: 'パスワードを、本人に渡してください' })
      await expect(made).toContainText(/\w{4}(-\w{4}){3}/)
      expect(await violationsOf(page)).toEqual([])
      await page.reload()
      await expect(page.getByRole('row').filter({ hasText: '佐藤 花子' })).toContainText('在職')
      await expect(made).toHaveCount(0)
      await page.getByRole('button', { name: '佐藤 花子 を退職にする' }).click()
      await page.getByRole('alertdialog').getByRole('button', { name: '退職にする' }).click()
      await expect(page.getByRole('row').filter({ hasText: '佐藤 花子' })).toContainText('退職')
    })

    await test.step('sees all of it in the log, and takes it along', async () => {
      await tab(page, '監査記録').click()
      await heading(page, '監査記録')
      const table = page.getByRole('region', { name: '監査記録の表' })
      for (const act of [
        'お知らせの保存',
        'メールの設定の変更',
        'テストメール',
        'メールの送り直し',
        '職員の追加',
        '職員の退職',
      ])
        await expect(table.getByRole('row').filter({ hasText: act }).first()).toContainText('管理 一郎 (admin)')
      expect(await violationsOf(page)).toEqual([])
      await page.getByRole('combobox', { name: '操作' }).selectOption({ label: 'メールの送り直し' })
      await page.getByRole('button', { name: '絞り込む' }).click()
      await expect(table.getByRole('row')).toHaveCount(2)
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: 'CSVで書き出す' }).click()
      const file = await download
      await expect(page.getByRole('status').getByText('.csv」のダウンロードを始めました。')).toBeVisible()
      expect(file.suggestedFilename()).toMatch(/^zairyu-audit-\d{4}-\d\d-\d\d\.csv$/)
      const csv = readFileSync(await file.path(), 'utf8')
      expect(csv.startsWith('\uFEFFat,actor')).toBe(true)
      expect(csv.trim().split('\r\n')).toHaveLength(2)
      expect(csv).toContain('mail.retried')
      await page.getByLabel('日付（から）').fill('昨日')
      await page.getByRole('button', { name: '絞り込む' }).click()
      await expect(page.getByRole('alert')).toContainText('日付（から）')
      await page.getByLabel('日付（から）').fill('2026/1/5')
      await page.getByRole('button', { name: '絞り込む' }).click()
      await expect(page).toHaveURL(/from=2026-01-05/)
    })

    await test.step('sees the numbers, as a chart and as a table', async () => {
      await tab(page, '概況').click()
      await page.getByText('表で見る').click()
      await expect(page.getByRole('region', { name: '表で見る' }).getByRole('row')).toHaveCount(13)
      expect(await violationsOf(page)).toEqual([])
    })
    expect(complaints).toEqual([])
    expect(await program.stop()).toBe(0)
  } finally {
    await program.kill()
    await office.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
})
