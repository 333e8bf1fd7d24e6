import { expect } from '@playwright/test'
import { test } from '../support/chapters/browser-lesson'
import { enrol, heading, linkTo, mailTo, openLogin, tryPassword } from '../support/chapters/lesson'
import { violationsOf } from '../support/flaws'
import { ask } from '../support/training'

const EMAIL = 'nguyen.van.an@example.jp'

test('sees what happened, says 「これは自分ではない」, and is safe again by the link of the mail', async ({
  lesson,
  browser,
}) => {
  const { page, url } = lesson
  const person = await enrol(lesson, EMAIL)
  const elsewhere = await (await browser.newContext()).newPage()
  await elsewhere.goto(`${url}/login`)
  await tryPassword(elsewhere, person.userId, person.password)
  await heading(elsewhere, '受領登録一覧')

  await openLogin(lesson)
  await tryPassword(page, person.userId, 'Wrong-2026x')
  await expect(page.getByRole('alert')).toBeVisible()
  await tryPassword(page, person.userId, person.password)
  await heading(page, '受領登録一覧')
  await page.getByRole('banner').getByRole('link', { name: 'マイページ' }).click()
  await page.getByRole('link', { name: 'ご利用の記録' }).click()
  await heading(page, 'ご利用の記録')
  const rows = page.locator('.activity > li')
  await expect(rows.filter({ hasText: 'ログインしました' })).toHaveCount(2)
  await expect(rows.filter({ hasText: 'メールを送りました' }).first()).toContainText('【入管庁】')
  const wrong = rows.filter({ hasText: 'パスワードが違い、ログインできませんでした' })
  await expect(wrong).toContainText(/端末：.*Chrome/)
  expect(await violationsOf(page)).toEqual([])

  const button = wrong.getByRole('button', { name: /^これは自分ではない/ })
  await button.click()
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toContainText('この端末もログアウトします')
  await expect(dialog.getByRole('button', { name: '閉じる' })).toBeFocused()
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(button).toBeFocused()
  expect((await ask(page, 'GET', '/session')).status).toBe(200)

  await button.click()
  await dialog.getByRole('button', { name: 'ロックしてログアウトする' }).click()
  await heading(page, '利用者IDのロック')
  await expect(page.getByRole('main')).toContainText('すべての端末でログアウトしました')
  await expect(page.getByRole('banner')).not.toContainText('NGUYEN VAN AN')
  expect(await violationsOf(page)).toEqual([])
  expect((await ask(page, 'GET', '/session')).status).toBe(401)
  expect((await ask(elsewhere, 'GET', '/session')).status).toBe(401)
  await page.reload()
  await heading(page, '利用者IDのロック')
  await page.goBack()
  await heading(page, '利用者ログイン')
  await tryPassword(page, person.userId, person.password)
  await expect(page.getByRole('main')).toContainText('ロック')

  await page.goto(linkTo('password-reset', await mailTo(lesson, EMAIL)))
  await heading(page, 'パスワード再設定')
  await page.getByLabel('パスワードを入力してください').fill('Momiji-2026y')
  await page.getByLabel('パスワード（確認用）を入力してください').fill('Momiji-2026y')
  await page.getByRole('button', { name: '再設定する' }).click()
  await heading(page, 'パスワード再設定完了')
  await openLogin(lesson)
  await tryPassword(page, person.userId, 'Momiji-2026y')
  await heading(page, '受領登録一覧')
  await page.goto(`${url}/my-page/activity`)
  await expect(rows.filter({ hasText: 'メールのURLから、パスワードを再設定しました' })).toHaveCount(1)
  await expect(rows.filter({ hasText: '「これは自分ではない」により' })).toHaveCount(1)
})

test('has a test mail sent, and sees that the mail server took it', async ({ lesson }) => {
  const { page, url } = lesson
  const person = await enrol(lesson, EMAIL)
  await page.goto(`${url}/login?to=/my-page/mail-check`)
  await tryPassword(page, person.userId, person.password)
  await heading(page, 'メールが届くかの確認')
  await expect(page.getByRole('main')).toContainText(EMAIL)
  await page.getByRole('button', { name: 'テストメールを送る' }).click()
  await expect(page.getByRole('main').getByRole('status')).toContainText('メールサーバーが受け取りました')
  expect(await mailTo(lesson, EMAIL)).toContain('メールを受け取れます')
  expect(await violationsOf(page)).toEqual([])
  for (let more = 0; more < 4; more += 1) expect((await ask(page, 'POST', '/account/test-mails')).status).toBe(202)
  await page.getByRole('button', { name: 'もう一度テストメールを送る' }).click()
  await expect(page.getByRole('alert')).toContainText(/\d+時\d\d分を過ぎてから/)
})
