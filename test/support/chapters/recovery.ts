import { expect } from '@playwright/test'
import { codeIn, heading, type Lesson, linkTo, mailTo, openLogin, type Person, tryPassword } from './lesson'

/** M2.4: from the login to the mail with the ID; the screen says the same when nothing fits. */
export async function forgetTheId(lesson: Lesson, person: Person): Promise<void> {
  const { page } = lesson
  await openLogin(lesson)
  await page.getByRole('link', { name: '利用者IDを忘れた場合はこちら' }).first().click()
  await heading(page, 'メールアドレス入力（利用者ID通知）')
  await expect(page.getByRole('main')).toContainText('2026年1月4日までに電子届出システムの利用者情報登録がお済みの方は')
  await expect(page.getByRole('main')).toContainText('返信しても問い合わせには対応できません')
  await page.getByRole('link', { name: 'ログインへ戻る' }).click()
  await heading(page, '利用者ログイン')
  await page.goBack()

  const ask = async (email: string) => {
    await page.getByLabel('メールアドレスを入力してください').fill(email)
    await page.getByLabel('氏名（英字）を入力してください').fill('nguyen  van an')
    await page.getByRole('button', { name: '完了する' }).click()
    await heading(page, 'メール送信完了（利用者ID通知）')
    return (await page.getByRole('main').innerText()).replace(email, '')
  }
  const nobody = await ask('nobody@example.jp')
  await page.goBack()
  await heading(page, 'メールアドレス入力（利用者ID通知）')
  expect(await ask(person.email)).toBe(nobody)
  expect(await mailTo(lesson, person.email)).toContain(person.userId)
  await page.reload()
  await expect(page.getByRole('main')).toContainText(person.email)
}

/** M2.2: five wrong passwords in a row; the screen says until when, and the right one changes nothing. */
export async function lockTheId(lesson: Lesson, { userId, password }: Person): Promise<void> {
  const { page } = lesson
  await openLogin(lesson)
  for (const left of [4, 3, 2, 1]) {
    await tryPassword(page, userId, 'Wrong-2026x')
    await expect(page.getByRole('alert')).toContainText(`あと${left}回`)
  }
  await tryPassword(page, userId, 'Wrong-2026x')
  const locked = page.getByRole('alert').filter({ hasText: 'この利用者IDは、一時的にログインできません' })
  await expect(locked).toBeVisible()
  await expect(page.getByRole('main').locator('time')).toHaveText(/^\d{4}年\d{1,2}月\d{1,2}日 \d{1,2}時\d{2}分$/)
  await page.getByRole('button', { name: 'ログインへ戻る' }).click()
  await tryPassword(page, userId, password)
  await expect(locked).toBeVisible()
}

/** M2.5 after a lock: the reset by the link of the mail lifts it at once; the link works once, and nothing happens before a press. */
export async function forgetThePassword(lesson: Lesson, person: Person, newPassword: string): Promise<void> {
  const { page, openLink } = lesson
  await page.getByRole('link', { name: 'パスワードを再設定する' }).click()
  await heading(page, '利用者ID入力（パスワード再設定）')
  await expect(page.getByLabel('利用者IDを入力してください')).toHaveValue(person.userId)
  await page.getByLabel('メールアドレスを入力してください').fill(person.email)
  await page.getByRole('button', { name: '完了する' }).click()
  await heading(page, 'メール送信完了（パスワード再設定）')

  const mail = await mailTo(lesson, person.email)
  const link = linkTo('password-reset', mail)
  await page.getByLabel('確認コード').fill(codeIn(mail).toLowerCase())
  await page.getByRole('button', { name: '進む' }).click()
  await heading(page, 'パスワード再設定')
  await openLink(link)
  await heading(page, 'パスワード再設定')
  await expect(page.getByLabel('利用者ID', { exact: true })).toHaveValue(person.userId)
  const first = page.getByLabel('パスワードを入力してください')
  const second = page.getByLabel('パスワード（確認用）を入力してください')
  await first.fill(`Kumo-2-${person.userId.toLowerCase()}`)
  await second.fill(`Kumo-2-${person.userId.toLowerCase()}`)
  await page.getByRole('button', { name: '再設定する' }).click()
  await expect(page.getByRole('alert')).toContainText('パスワードに利用者IDを入れることはできません')
  await first.fill(newPassword)
  await second.fill(newPassword)
  await page.getByRole('button', { name: '再設定する' }).click()
  await heading(page, 'パスワード再設定完了')
  await page.reload()
  await expect(page.getByRole('main')).toContainText('パスワードを再設定しました')
  expect(await mailTo(lesson, person.email)).toContain('新しいパスワードを設定しました')

  await page.getByRole('main').getByRole('link', { name: 'ログイン' }).click()
  await expect(page.getByLabel('利用者ID', { exact: true })).toHaveValue(person.userId)
  await tryPassword(page, person.userId, newPassword)
  await heading(page, '受領登録一覧')
  person.password = newPassword

  await openLink(link)
  await heading(page, 'パスワード再設定')
  await expect(page.getByRole('alert')).toContainText('このリンクでの再設定は終わっています')
}
