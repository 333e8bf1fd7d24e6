import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { runCli } from './cli'
import type { MailServer } from './mail-server'
import { certificateLine, PASSWORD } from './samples'

/** One of the shells, as a person has it before his eyes. */
export interface Shell {
  page: Page
  dataDir: string
  mail: MailServer
  /** Opens the top page of the program. */
  openProgram(): Promise<void>
  /** Clicks a link in a mail. */
  openLink(link: string): Promise<void>
}

export const EMAIL = 'nguyen.van.an@example.jp'
export const NUMBER = '在1番Y25071798'

/** The link of a mail that leads to a screen, whatever stands before it. */
export const linkIn = (text: string | undefined, screen: 'register' | 'receipts'): string => {
  const link = new RegExp(`\\S+/${screen}/[\\w-]{43}`).exec(text ?? '')?.[0]
  if (!link) throw new Error(`no link to ${screen} in: ${text}`)
  return link
}

const heading = (page: Page, name: string | RegExp) =>
  expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

/** M3: from the top page to the user ID that came by mail. */
export async function register({ page, mail, openProgram, openLink }: Shell): Promise<string> {
  await openProgram()
  await heading(page, 'トップページ')
  await page.getByRole('banner').getByRole('link', { name: '新規登録' }).click()
  await heading(page, '利用者登録説明')
  await page
    .getByRole('button', { name: '同意する' })
    .or(page.getByRole('link', { name: '同意する' }))
    .click()
  await heading(page, /^メールアドレス入力/)
  await page.getByLabel('メールアドレスを入力してください').fill(EMAIL)
  await page.getByLabel('メールアドレス（確認用）を入力してください').fill(EMAIL)
  await page.getByRole('button', { name: '登録する' }).click()
  await heading(page, /^メール送信完了/)

  const invitation = await mail.letter(({ to }) => to.includes(EMAIL), 'the registration mail')
  await openLink(linkIn(invitation.mail.text, 'register'))
  await heading(page, '利用者登録')
  await page.getByRole('radio', { name: '外国人本人' }).check()
  await page.getByLabel('氏名（英字）を入力してください').fill('nguyen van an')
  await page.getByLabel('電話番号を入力してください').fill('080-1234-5678')
  await page.getByLabel('パスワードを入力してください').fill(PASSWORD)
  await page.getByLabel('パスワード（確認用）を入力してください').fill(PASSWORD)
  await page.getByRole('button', { name: '確認へ進む' }).click()
  await heading(page, '利用者登録確認')
  await expect(page.getByText('NGUYEN VAN AN')).toBeVisible()
  await page.getByRole('button', { name: '登録する' }).click()
  await heading(page, '利用者登録完了')

  const welcome = await mail.letter(
    ({ to, mail: { messageId } }) => to.includes(EMAIL) && messageId !== invitation.mail.messageId,
    'the mail with the user ID',
  )
  const userId = /^[\s　]*([2-9A-HJKMNP-Z]{10})[\s　]*$/m.exec(welcome.mail.text ?? '')?.[1]
  if (!userId) throw new Error(`no user ID in: ${welcome.mail.text}`)
  await expect(page.getByRole('main')).toContainText(new RegExp([...userId].join('\\s*')))
  return userId
}

/** M2.2: on the login screen. */
export async function logIn({ page }: Pick<Shell, 'page'>, userId: string): Promise<void> {
  await heading(page, '利用者ログイン')
  await page.getByLabel('利用者ID', { exact: true }).fill(userId)
  await page.getByLabel('パスワード', { exact: true }).fill(PASSWORD)
  await page.getByRole('main').getByRole('button', { name: 'ログイン' }).click()
}

/** DESIGN §9: the examination system hands certificates over. */
export async function issue(dataDir: string, lines: object[]): Promise<void> {
  const file = join(dataDir, 'certificates.jsonl')
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'))
  expect(await runCli(['certificates', 'import', file, '--data', dataDir])).toMatchObject({ code: 0, err: '' })
}

/** The main job, from the first screen to the registered receipt (M3, M2.2, M5, M2.3). */
export async function walkTheJourney(shell: Shell): Promise<void> {
  const { page, mail, dataDir, openLink } = shell
  await page.setViewportSize({ width: 1280, height: 800 })
  const userId = await register(shell)
  await page.getByRole('main').getByRole('link', { name: 'ログイン' }).click()
  await logIn(shell, userId)
  await heading(page, '受領登録一覧')
  await expect(page.getByRole('banner')).toContainText('NGUYEN VAN AN')

  await page.getByRole('banner').getByRole('link', { name: 'ログアウト' }).click()
  await heading(page, '利用者ログアウト確認')
  await page.getByRole('button', { name: 'ログアウトする' }).click()
  await heading(page, 'トップページ')

  await issue(dataDir, [certificateLine(userId, NUMBER, { issuedOn: '2025-07-23' })])
  const certificate = await mail.letter(
    ({ mail: { subject } }) => subject?.includes('証明書交付') ?? false,
    'the certificate',
  )
  for (const fact of [NUMBER, 'NGUYEN VAN AN', 'ベトナム', '2025年10月23日', 'Certificate of Eligibility']) {
    expect(certificate.mail.text).toContain(fact)
    expect(certificate.mail.html).toContain(fact)
  }

  await openLink(linkIn(certificate.mail.text, 'receipts'))
  await logIn(shell, userId)
  await heading(page, '受領登録一覧')
  await expect(page.getByRole('banner')).toContainText('前回ログイン日時')
  const row = page.getByRole('row').filter({ hasText: NUMBER })
  await expect(row).toContainText('未登録')
  await row.getByRole('button', { name: '受領登録する' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('以下の在留資格認定証明書について、受領登録します。よろしいですか？')
  await expect(dialog).toContainText(NUMBER)
  await dialog.getByRole('button', { name: '閉じる' }).click()
  await expect(row).toContainText('未登録')
  await row.getByRole('button', { name: '受領登録する' }).click()
  await dialog.getByRole('button', { name: '受領登録する' }).click()
  await expect(row).toContainText('受領登録済')
  await expect(row.getByRole('button', { name: '受領登録する' })).toHaveCount(0)
  await page.reload()
  await expect(row).toContainText('受領登録済')
}
