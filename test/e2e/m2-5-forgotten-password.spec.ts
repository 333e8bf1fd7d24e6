import { expect } from '@playwright/test'
import { test } from '../support/chapters/browser-lesson'
import { enrol, heading, linkTo, mailTo } from '../support/chapters/lesson'
import { forgetThePassword, lockTheId } from '../support/chapters/recovery'
import { ask, training } from '../support/training'

test('five wrong passwords lock the ID, a reset by mail lifts the lock at once (M2.2, M2.5)', async ({ lesson }) => {
  const person = await enrol(lesson, 'nguyen.van.an@example.jp')
  await lockTheId(lesson, person)
  await forgetThePassword(lesson, person, 'Ame-3-Kawa-Hoshi')
})

test('a reset link ends after one hour, and says where a new one is to be had (M2.5)', async ({ lesson }) => {
  const { page, dataDir } = lesson
  const person = await enrol(lesson, 'nguyen.van.an@example.jp')
  const { userId, email } = person
  expect((await ask(page, 'POST', '/password-resets', { userId, email })).status).toBe(202)
  const link = linkTo('password-reset', await mailTo(lesson, email))
  await training(dataDir).advance('PT1H')
  await lesson.openLink(link)
  await heading(page, 'パスワード再設定')
  await expect(page.getByRole('alert')).toContainText('リンクの期限（1時間）が過ぎています')
  await page.getByRole('link', { name: 'パスワード再設定の入力へ' }).click()
  await heading(page, '利用者ID入力（パスワード再設定）')
})
