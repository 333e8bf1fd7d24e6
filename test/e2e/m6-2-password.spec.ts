import { expect } from '@playwright/test'
import { test } from '../support/chapters/browser-lesson'
import { changeThePassword } from '../support/chapters/changes'
import { enrol, heading, openDetails } from '../support/chapters/lesson'
import { training } from '../support/training'

test('the password is changed (M6.2)', async ({ lesson }) => {
  const person = await enrol(lesson, 'nguyen.van.an@example.jp')
  await changeThePassword(lesson, person, 'Ame-3-Kawa-Hoshi')
})

test('ten minutes after the login the present password is asked for, and wrong ones are counted', async ({
  lesson,
}) => {
  const { page, dataDir } = lesson
  const person = await enrol(lesson, 'nguyen.van.an@example.jp')
  await openDetails(lesson, person)
  await page.getByRole('link', { name: 'パスワードを変更する' }).click()
  await heading(page, 'パスワード変更')
  const current = page.getByLabel('現在のパスワード')
  await expect(page.getByLabel('パスワードを入力してください')).toBeVisible()
  await expect(current).toHaveCount(0)
  await page.getByLabel('パスワードを入力してください').fill('Ame-3-Kawa-Hoshi')
  await page.getByLabel('パスワード（確認用）を入力してください').fill('Ame-3-Kawa-Hoshi')
  await training(dataDir).advance('PT10M')
  const submit = page.getByRole('button', { name: '変更する' })
  await submit.click()
  await expect(page.getByRole('alert')).toContainText('ログインから10分が過ぎました')
  await current.fill('Wrong-2026x')
  await submit.click()
  await expect(page.getByRole('alert')).toContainText('あと4回')
  await current.fill(person.password)
  await submit.click()
  await heading(page, '利用者変更完了')

  await page.goto(`${lesson.url}/my-page/email`)
  await expect(page.getByLabel('メールアドレスを入力してください')).toBeVisible()
  await expect(current).toHaveCount(0)
  await training(dataDir).advance('PT10M')
  await page.reload()
  await expect(current).toBeVisible()
})
