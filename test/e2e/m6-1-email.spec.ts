import { expect } from '@playwright/test'
import { test } from '../support/chapters/browser-lesson'
import { changeTheEmail } from '../support/chapters/changes'
import { enrol, heading, linkTo, logOut, mailTo, openDetails } from '../support/chapters/lesson'

test('the e-mail address is changed by a link to the new one, and undone from the old one (M6.1)', async ({
  lesson,
}) => {
  const person = await enrol(lesson, 'nguyen.van.an@example.jp')
  await changeTheEmail(lesson, person, 'an.nguyen@mirai.example.jp')
})

test('where nobody is signed in, the link asks for the password and completes the change (M6.1)', async ({
  lesson,
}) => {
  const person = await enrol(lesson, 'tran.thi.be@example.jp')
  const { page, openLink } = lesson
  await openDetails(lesson, person)
  await page.getByRole('link', { name: 'メールアドレスを変更する' }).click()
  await page.getByLabel('メールアドレスを入力してください').fill('be@mirai.example.jp')
  await page.getByLabel('メールアドレス（確認用）を入力してください').fill('be@mirai.example.jp')
  await page.getByRole('button', { name: '変更する' }).click()
  await heading(page, 'メール送信完了（メールアドレス変更）')
  await logOut(page)
  await openLink(linkTo('email-change', await mailTo(lesson, 'be@mirai.example.jp')))
  await heading(page, 'メールアドレス変更')
  await page.getByRole('button', { name: '変更する' }).click()
  await expect(page.getByRole('alert')).toContainText('現在のパスワード')
  await page.getByLabel('現在のパスワード').fill(person.password)
  await page.getByRole('button', { name: '変更する' }).click()
  await expect(page.getByRole('main')).toContainText('メールアドレスの変更が完了しました')
})
