import { expect, type Page } from '@playwright/test'
import { issue } from '../journey'
import { certificateLine } from '../samples'
import { ask, training } from '../training'
import { heading, tryPassword, type Lesson, type Person } from './lesson'

const NUMBER = '在1番Y25071798'

/** 9:00 in Tokyo on the day of the issue; every other day of these chapters counts from it. */
const ISSUED_ON = '2026-11-24'

interface Letter {
  subject: string
  text: string
  link: string
  code: string
}

interface Listed {
  id: string
  subject: string
}

/** The mails that carry the certificate, oldest first; every one has been taken. */
async function listed({ dataDir }: Lesson, { email }: Person): Promise<Listed[]> {
  const mails = (await training(dataDir).cli('mail', 'list')) as (Listed & { to: string; status: string })[]
  const found = mails.filter(({ to, subject }) => to === email && /証明書交付|受領登録のお願い/.test(subject))
  for (const { status } of found) expect(status).toBe('sent')
  return found
}

/** The same with what they say. */
async function certificateMails(lesson: Lesson, person: Person): Promise<Letter[]> {
  const mails: Letter[] = []
  for (const { id, subject } of await listed(lesson, person)) {
    const { text } = (await training(lesson.dataDir).cli('mail', 'show', id)) as { text: string }
    expect(text).toContain(NUMBER)
    const link = /\S+\/receipts\/[\w-]{43}/.exec(text)?.[0] ?? ''
    const code = /確認コード[^:\n]*: ([0-9A-Z]{4}-[0-9A-Z]{4})$/m.exec(text)?.[1] ?? ''
    mails.push({ subject, text, link, code })
  }
  return mails
}

const subjectsOf = async (lesson: Lesson, person: Person) =>
  (await listed(lesson, person)).map(({ subject }) => subject.split(' (')[0])

const NOTICE = '【入管庁】在留資格認定証明書交付のお知らせ'
const reminder = (count: number) => `【入管庁】【再送${count}回目】受領登録のお願い`

/** The clock of the lesson, by days from the acceptance of the CoE mail. */
const clockOf = ({ dataDir }: Lesson) => {
  const { cli } = training(dataDir)
  return {
    to: (instant: string, ...flags: string[]) => cli('clock', 'set', `${instant}+09:00`, ...flags),
    advance: (span: string, ...flags: string[]) => cli('clock', 'advance', span, ...flags),
  }
}

async function receiveCertificate(lesson: Lesson, person: Person): Promise<void> {
  await clockOf(lesson).to(`${ISSUED_ON}T09:00:00`)
  await issue(lesson.dataDir, [certificateLine(person.userId, NUMBER, { issuedOn: ISSUED_ON })])
  // The program delivers by itself.
  await expect.poll(() => subjectsOf(lesson, person)).toEqual([NOTICE])
}

const rowOf = (page: Page) => page.getByRole('row').filter({ hasText: NUMBER })

/** M1.4: the reminders, from the seventh day through the third one, over a time without the program, to the end of the third month. */
export async function waitForReminders(lesson: Lesson, person: Person): Promise<void> {
  const { page } = lesson
  const clock = clockOf(lesson)
  await receiveCertificate(lesson, person)
  const [first] = await certificateMails(lesson, person)
  await clock.advance('P6DT23H59M')
  expect(await subjectsOf(lesson, person)).toEqual([NOTICE])
  await clock.advance('PT2M')
  expect(await subjectsOf(lesson, person)).toEqual([NOTICE, reminder(1)])
  // The program is off on the 14th and the 21st day: one mail at once, then back on the grid.
  await clock.advance('P15D', '--no-jobs')
  await clock.advance('PT1M')
  expect(await subjectsOf(lesson, person)).toEqual([NOTICE, reminder(1), reminder(2)])
  await clock.to('2026-12-22T08:59:00')
  expect(await subjectsOf(lesson, person)).toHaveLength(3)
  await clock.to('2026-12-22T09:01:00')
  const mails = await certificateMails(lesson, person)
  expect(mails.map(({ subject }) => subject.split(' (')[0])).toEqual([NOTICE, reminder(1), reminder(2), reminder(3)])
  expect(new Set(mails.map(({ link }) => link)).size).toBe(4)
  expect(new Set(mails.map(({ code }) => code)).size).toBe(4)
  for (const fact of ['NGUYEN VAN AN', '2026年11月24日', '2027年2月24日', 'Certificate of Eligibility'])
    for (const { text } of mails) expect(text).toContain(fact)

  // The oldest link still leads to the certificate, through the login.
  await lesson.openLink(first?.link ?? '')
  await heading(page, '利用者ログイン')
  await tryPassword(page, person.userId, person.password)
  await heading(page, '受領登録一覧')
  await expect(rowOf(page)).toContainText('未登録')

  await clock.to('2027-02-24T23:59:00')
  const last = await subjectsOf(lesson, person)
  expect(last.at(-1)).toBe(reminder(12))
  await clock.advance('P30D')
  expect(await subjectsOf(lesson, person)).toEqual(last)
  await lesson.openProgram()
  await page.getByRole('banner').getByRole('link', { name: 'ログイン' }).click()
  await heading(page, '利用者ログイン')
  await tryPassword(page, person.userId, person.password)
  await heading(page, '受領登録一覧')
  await page.getByRole('banner').getByRole('link', { name: '申請状況確認' }).click()
  await expect(page.getByRole('article').locator('.status').first()).toHaveText('期限経過')
}

/** M5, by the link of a reminder: login, list, dialog, 受領登録済; then no reminder any more. */
export async function registerTheReceipt(lesson: Lesson, person: Person): Promise<void> {
  const { page } = lesson
  const clock = clockOf(lesson)
  await receiveCertificate(lesson, person)
  await clock.advance('P7DT6H57M')
  const [, reminded] = await certificateMails(lesson, person)
  expect(reminded?.subject).toContain('【再送1回目】')

  await lesson.openLink(reminded?.link ?? '')
  await heading(page, '利用者ログイン')
  await tryPassword(page, person.userId, person.password)
  await heading(page, '受領登録一覧')
  await expect(page.getByText('2026年12月01日 15時57分 現在')).toBeVisible()
  await expect(page.getByRole('columnheader')).toContainText([
    '在留資格認定証明書番号',
    '受領登録依頼日時',
    '受領登録日時',
    '受領登録状況',
  ])
  await expect(rowOf(page)).toContainText('2026年11月24日9時')
  await expect(rowOf(page)).toContainText('未登録')
  await expect(page.getByLabel('表示数変更')).toHaveValue('20')

  await rowOf(page).getByRole('button', { name: '受領登録する' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('以下の在留資格認定証明書について、受領登録します。よろしいですか？')
  await expect(dialog).toContainText(NUMBER)
  await dialog.getByRole('button', { name: '閉じる' }).click()
  await expect(rowOf(page)).toContainText('未登録')
  await rowOf(page).getByRole('button', { name: '受領登録する' }).click()
  await dialog.getByRole('button', { name: '受領登録する' }).click()
  await expect(rowOf(page)).toContainText('受領登録済')
  await expect(rowOf(page)).toContainText('2026年12月1日15時')
  await expect(rowOf(page).getByRole('button', { name: '受領登録する' })).toHaveCount(0)

  // Back repeats nothing, and a second registration keeps the first time.
  await page.goBack()
  await page.goForward()
  await expect(rowOf(page)).toContainText('2026年12月1日15時')
  const before = await ask(page, 'GET', '/receipts')
  await clock.advance('PT2H')
  const again = await ask(page, 'POST', `/receipts/${encodeURIComponent(NUMBER)}/registration`)
  expect(again.status).toBe(200)
  expect((await ask(page, 'GET', '/receipts')).body['items']).toEqual(before.body['items'])

  await clock.advance('P3M')
  expect(await subjectsOf(lesson, person)).toEqual([NOTICE, reminder(1)])
}

/** M5 without a link: the 確認コード of the mail leads to the same certificate, as at a kiosk. */
export async function registerByCode(lesson: Lesson, person: Person): Promise<void> {
  const { page } = lesson
  await receiveCertificate(lesson, person)
  const [mail] = await certificateMails(lesson, person)
  await lesson.openProgram()
  await page.getByRole('link', { name: '確認コードを入力する' }).first().click()
  await heading(page, '確認コードの入力')
  await page.getByLabel('メールアドレス').fill(person.email)
  await page.getByLabel('確認コード').fill((mail?.code ?? '').toLowerCase())
  await page.getByRole('button', { name: '進む' }).click()
  await heading(page, '利用者ログイン')
  await tryPassword(page, person.userId, person.password)
  await heading(page, '受領登録一覧')
  await expect(page.getByText(`メールの証明書は ${NUMBER} です。`)).toBeVisible()
}
