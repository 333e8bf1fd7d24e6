import { expect } from '@playwright/test'
import { runCli } from '../cli'
import {
  fact,
  goToDetails,
  heading,
  type Lesson,
  linkTo,
  logOut,
  mailTo,
  openDetails,
  type Person,
  tryPassword,
} from './lesson'

/** M6.1: the address changes by the link that came to the new one and by a press; the old one can undo it. */
export async function changeTheEmail(lesson: Lesson, person: Person, newEmail: string): Promise<void> {
  const { page, openLink } = lesson
  await openDetails(lesson, person)
  await page.getByRole('link', { name: 'メールアドレスを変更する' }).click()
  await heading(page, 'メールアドレス入力（メールアドレス変更）')
  const ask = async (email: string) => {
    await page.getByLabel('メールアドレスを入力してください').fill(email)
    await page.getByLabel('メールアドレス（確認用）を入力してください').fill(email)
    await page.getByRole('button', { name: '変更する' }).click()
  }
  await ask(person.email)
  await expect(page.getByRole('alert')).toContainText('今のメールアドレスと同じです')
  await ask(newEmail)
  await heading(page, 'メール送信完了（メールアドレス変更）')

  const link = linkTo('email-change', await mailTo(lesson, newEmail))
  await openLink(link)
  await heading(page, 'メールアドレス変更')
  await expect(page.getByRole('main')).toContainText(newEmail)
  await goToDetails(page)
  await expect(fact(page, 'メールアドレス')).toHaveText(person.email)
  await openLink(link)
  await page.getByRole('button', { name: '変更する' }).click()
  await expect(page.getByRole('main')).toContainText('メールアドレスの変更が完了しました')
  await page.reload()
  await expect(page.getByRole('alert')).toContainText('このリンクでの変更は終わっています')
  await goToDetails(page)
  await expect(fact(page, 'メールアドレス')).toHaveText(newEmail)
  expect(await mailTo(lesson, newEmail)).toContain('変更が完了しました')

  await openLink(linkTo('email-undo', await mailTo(lesson, person.email)))
  await heading(page, 'メールアドレス変更の取消し')
  await expect(page.getByRole('main')).toContainText(person.email)
  await page.getByRole('button', { name: '変更を取り消す' }).click()
  await expect(page.getByRole('main')).toContainText('元のメールアドレスに戻しました')
  await expect(page.getByRole('banner').getByRole('link', { name: 'ログイン' })).toBeVisible()
  await page.getByRole('link', { name: 'パスワードを再設定する' }).click()
  await expect(page.getByLabel('メールアドレスを入力してください')).toHaveValue(person.email)
  await openDetails(lesson, person)
  await expect(fact(page, 'メールアドレス')).toHaveText(person.email)
  await logOut(page)
}

/** M6.2: the new password works, the old one does not; Back leads to no second change. */
export async function changeThePassword(lesson: Lesson, person: Person, newPassword: string): Promise<void> {
  const { page } = lesson
  await openDetails(lesson, person)
  await page.getByRole('link', { name: 'パスワードを変更する' }).click()
  await heading(page, 'パスワード変更')
  const fill = async (password: string) => {
    await page.getByLabel('パスワードを入力してください').fill(password)
    await page.getByLabel('パスワード（確認用）を入力してください').fill(password)
    await page.getByRole('button', { name: '変更する' }).click()
  }
  await fill('Password-123')
  await expect(page.getByRole('alert')).toContainText('よく使われている')
  await fill(newPassword)
  await heading(page, '利用者変更完了')
  await expect(page.getByRole('main')).toContainText('パスワードを変更しました')
  await expect(page.getByRole('main')).toContainText(person.email)
  expect(await mailTo(lesson, person.email)).toContain('パスワードを変更しました')
  await page.goBack()
  await heading(page, '利用者詳細')
  await page.goForward()
  await heading(page, '利用者変更完了')

  await logOut(page)
  await page.getByRole('banner').getByRole('link', { name: 'ログイン' }).click()
  await tryPassword(page, person.userId, person.password)
  await expect(page.getByRole('alert')).toContainText('利用者IDまたはパスワードが違います')
  await tryPassword(page, person.userId, newPassword)
  await heading(page, '受領登録一覧')
  await logOut(page)
  person.password = newPassword
}

/** M6.3: the phone number, and postal code and address once the 利用申出 is approved. */
export async function changeThePhone(lesson: Lesson, person: Person): Promise<void> {
  const { page, dataDir } = lesson
  await openDetails(lesson, person)
  await page.getByRole('link', { name: 'その他情報を変更する' }).click()
  await heading(page, '利用者変更')
  await expect(page.getByLabel('郵便番号')).toHaveCount(0)
  await page.getByRole('button', { name: '確認へ進む' }).click()
  await expect(page.getByRole('alert')).toContainText('今の登録と同じです')
  await page.getByLabel('電話番号を入力してください').fill('０９０-８７６５-４３２１')
  await page.getByRole('button', { name: '確認へ進む' }).click()
  await heading(page, '利用者変更確認')
  await expect(page.getByRole('main')).toContainText('以下の内容で登録してよろしいですか？')
  await expect(fact(page, '電話番号')).toContainText('09087654321')
  await expect(fact(page, '電話番号')).toContainText('変更前：08012345678')
  await page.getByRole('link', { name: '入力へ戻る' }).click()
  await expect(page.getByLabel('電話番号を入力してください')).toHaveValue('09087654321')
  await page.getByRole('button', { name: '確認へ進む' }).click()
  await heading(page, '利用者変更確認')
  await page.reload()
  await expect(fact(page, '電話番号')).toContainText('09087654321')
  await page.getByRole('button', { name: '変更する' }).click()
  await heading(page, '利用者変更完了')
  await expect(page.getByRole('main')).toContainText('電話番号を変更しました')
  expect(await mailTo(lesson, person.email)).toContain('電話番号を変更しました')
  await page.getByRole('link', { name: '利用者詳細を見る' }).click()
  await expect(fact(page, '電話番号')).toHaveText('09087654321')

  expect(await runCli(['users', 'approve', person.userId, '--data', dataDir])).toMatchObject({ code: 0 })
  await page.getByRole('link', { name: 'その他情報を変更する' }).click()
  await heading(page, '利用者変更')
  await page.getByLabel('郵便番号').fill('〒100-8973')
  await page.getByLabel('住居地').fill('東京都千代田区霞が関1-1-1')
  await page.getByRole('button', { name: '確認へ進む' }).click()
  await heading(page, '利用者変更確認')
  await page.getByRole('button', { name: '変更する' }).click()
  await heading(page, '利用者変更完了')
  await expect(page.getByRole('main')).toContainText('郵便番号を変更しました')
  await expect(page.getByRole('main')).toContainText('住居地を変更しました')
  await page.getByRole('link', { name: '利用者詳細を見る' }).click()
  await expect(fact(page, '郵便番号')).toHaveText('1008973')
  await logOut(page)
}
