import { readFileSync } from 'node:fs'
import { expect } from '@playwright/test'
import { test } from '../support/chapters/browser-lesson'
import { enrol, heading, mailTo, tryPassword } from '../support/chapters/lesson'
import { violationsOf } from '../support/flaws'
import { issue, NUMBER } from '../support/journey'
import { certificateLine } from '../support/samples'
import { training } from '../support/training'

const EMAIL = 'nguyen.van.an@example.jp'

test('reads, saves and prints everything that is held', async ({ lesson }) => {
  const { page, dataDir, url } = lesson
  const person = await enrol(lesson, EMAIL)
  await issue(dataDir, [certificateLine(person.userId, NUMBER)])
  await page.goto(`${url}/login?to=/my-page/data`)
  await tryPassword(page, person.userId, person.password)
  await heading(page, '登録情報の書き出しと削除')
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: '書き出す' }).click()
  const shown = page.getByRole('region', { name: 'あなたについて保存している情報' })
  for (const part of ['NGUYEN VAN AN', EMAIL, NUMBER, 'ベトナム', '技術・人文知識・国際業務', 'ログインしました'])
    await expect(shown).toContainText(part)
  expect(await violationsOf(page)).toEqual([])

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'ファイル（JSON）を保存する' }).click()
  const file = await download
  await expect(
    page.getByRole('status').getByText(`「${file.suggestedFilename()}」のダウンロードを始めました。`),
  ).toBeVisible()
  expect(file.suggestedFilename()).toMatch(new RegExp(`^zairyu-${person.userId}-\\d{4}-\\d\\d-\\d\\d\\.json$`))
  const saved = readFileSync(await file.path(), 'utf8')
  expect(JSON.parse(saved)).toMatchObject({
    account: { userId: person.userId, email: EMAIL },
    certificates: [{ certificateNumber: NUMBER }],
  })
  expect(saved).not.toMatch(/argon2|hash|password"/)

  await page.emulateMedia({ media: 'print' })
  await expect(shown).toBeVisible()
  await expect(page.getByRole('heading', { name: '登録情報の削除' })).toBeHidden()
  await expect(page.getByRole('button', { name: '印刷する' })).toBeHidden()
})

test('has the account deleted, changes his mind, and 7 days after asking again it is gone', async ({ lesson }) => {
  const { page, dataDir, url } = lesson
  const person = await enrol(lesson, EMAIL)
  const logIn = async () => {
    await page.goto(`${url}/login?to=/my-page/data`)
    await tryPassword(page, person.userId, person.password)
  }
  await logIn()
  const ask = page.getByRole('button', { name: '登録情報を削除する' })
  const dialog = page.getByRole('dialog')
  await ask.click()
  await expect(dialog.getByRole('button', { name: '閉じる' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(ask).toBeFocused()
  await ask.click()
  await dialog.getByRole('button', { name: '削除を申し込む' }).click()
  await expect(page.getByRole('status').filter({ hasText: '削除を申し込みました' })).toBeFocused()
  await expect(page.getByText('この日時に削除します')).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  expect(await mailTo(lesson, EMAIL)).toContain('削除を取りやめてください')
  await page.reload()
  await page.getByRole('button', { name: '削除を取りやめる' }).click()
  await expect(page.getByRole('main')).toContainText('削除を取りやめました')

  await training(dataDir).advance('PT11M')
  await page.reload()
  await ask.click()
  await dialog.getByLabel('現在のパスワード').fill('Wrong-2026x')
  await dialog.getByRole('button', { name: '削除を申し込む' }).click()
  await expect(dialog.getByRole('alert')).toContainText('現在のパスワード')
  await dialog.getByLabel('現在のパスワード').fill(person.password)
  await dialog.getByLabel('現在のパスワード').press('Enter')
  await expect(page.getByRole('main')).toContainText('削除を申し込みました')

  await training(dataDir).advance('P7D')
  await logIn()
  await expect(page.getByRole('alert')).toContainText('利用者IDまたはパスワードが違います')
})
