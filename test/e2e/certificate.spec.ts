import { test as base, expect, type Page } from '@playwright/test'
import { runCli } from '../support/cli'
import { violationsOf } from '../support/flaws'
import { withTrainingProgram } from '../support/hosted-program'
import { issue } from '../support/journey'
import { sheetsOf } from '../support/paper'
import { certificateLine, PASSWORD } from '../support/samples'
import { ask, askAt, signUpAt, training } from '../support/training'

const NUMBER = '在1番Y25071798'

interface Desk {
  url: string
  dataDir: string
  userId: string
  /** The day in Tokyo, so many days from the training clock's. */
  today: string
  issue(lines: object[]): Promise<void>
  advance(span: string): Promise<unknown>
  /** Signed in; opens a screen. */
  open(path: string): Promise<void>
}

/** The program on training data of this test, with a person who has an ID. */
const test = base.extend<{ desk: Desk }>({
  desk: async ({ page }, use) => {
    await withTrainingProgram(async ({ url, dataDir }) => {
      const { advance } = training(dataDir)
      const userId = await signUpAt(url, dataDir)
      const health = (await askAt(url, 'GET', '/health')).body['now'] ?? ''
      const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(new Date(health))
      await use({
        url,
        dataDir,
        userId,
        today,
        issue: (lines) => issue(dataDir, lines),
        advance,
        open: async (path) => {
          // The cookies of the page's window, which need no page.
          const { request } = page.context()
          const session = `${url}/api/v1/session`
          if ((await request.get(session)).status() === 401)
            expect((await request.post(session, { data: { userId, password: PASSWORD } })).status()).toBe(200)
          await page.goto(url + path)
        },
      })
    })
  },
})

const sheetOf = (number: string) => `/receipts/${encodeURIComponent(number)}/certificate`
const way = (page: Page) => page.getByRole('main').locator('.timeline > li')

/** How many pages the paper has. */
async function pagesOf(page: Page): Promise<number> {
  return sheetsOf(await page.pdf({ preferCSSPageSize: true }))
}

test('a certificate is read again after login, and copied without damage', async ({ page, desk, context }) => {
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: desk.url })
  await desk.issue([certificateLine(desk.userId, NUMBER, { issuedOn: desk.today })])
  await desk.open('/receipts')
  await page.getByRole('link', { name: NUMBER }).click()
  await expect(page.getByRole('heading', { level: 1, name: '在留資格認定証明書' })).toBeVisible()
  const sheet = page.getByRole('article', { name: '在留資格認定証明書' })
  for (const fact of [
    NUMBER,
    'Certificate of Eligibility',
    'ベトナム Viet Nam',
    '1998年4月12日 (1998-04-12)',
    '3年 3 years',
  ])
    await expect(sheet).toContainText(fact)
  await expect(sheet.getByRole('img', { name: /^QRコード/ })).toBeVisible()

  await page.getByRole('button', { name: 'コピーする' }).click()
  await expect(page.getByText('証明書の内容をコピーしました。')).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  const lines = copied.split('\n')
  expect(lines).toContain(`在留資格認定証明書番号 / Certificate No.: ${NUMBER}`)
  expect(lines).toContain('氏名 / Name: NGUYEN VAN AN')
  expect(lines).toContain(
    '在留資格 / Status of residence: 技術・人文知識・国際業務 Engineer / Specialist in Humanities / International Services',
  )
  expect(await violationsOf(page)).toEqual([])
  expect(complaints.filter((text) => !text.includes('401'))).toEqual([])

  await page.setViewportSize({ width: 320, height: 800 })
  const wider = () => document.documentElement.scrollWidth - document.documentElement.clientWidth
  expect(await page.evaluate(wider)).toBe(0)
})

test('a certificate is printed on one page, however long its values', async ({ page, desk }) => {
  const LONG_NUMBER = `在${'9'.repeat(39)}`
  const words = (count: number) => 'Interdisciplinary Research Organization '.repeat(50).slice(0, count).trim()
  const sheets = {
    [NUMBER]: {},
    在2番Y: { organization: '株'.repeat(200) },
    在3番Y: { organization: words(200), remarks: words(300) },
    在4番Y: { organization: '株'.repeat(100), remarks: '備'.repeat(500) },
    [LONG_NUMBER]: {
      nameEn: `${'W'.repeat(50)} ${'M'.repeat(53)}`,
      nationality: 'COD',
      organization: '株'.repeat(200),
      remarks: '備'.repeat(1000),
    },
    在6番Y: { organization: words(200), remarks: words(1000) },
  }
  await desk.issue(
    Object.entries(sheets).map(([number, changes]) =>
      certificateLine(desk.userId, number, { issuedOn: desk.today, ...changes }),
    ),
  )
  for (const number of Object.keys(sheets)) {
    await desk.open(sheetOf(number))
    await expect(page.getByRole('article')).toContainText(number)
    await expect(page.getByRole('button', { name: '印刷する' })).toBeVisible()
    expect(await pagesOf(page), number).toBe(1)
  }
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('article')).toBeVisible()
  await expect(page.getByRole('button', { name: '印刷する' })).toBeHidden()
  await expect(way(page).first()).toBeHidden()
})

test('its way is told from the issue to the third reminder and past the last day (M1.4)', async ({ page, desk }) => {
  await desk.issue([certificateLine(desk.userId, NUMBER, { issuedOn: desk.today })])
  await desk.open('/applications')
  await expect(page.getByRole('article')).toContainText('送信済（未登録）')
  await expect(way(page).nth(1)).toContainText('のメールサーバーが受け取りました。')
  await expect(page.getByText('次の再送（1回目）')).toBeVisible()

  for (const _ of [1, 2, 3]) await desk.advance('P7D')
  await desk.open(sheetOf(NUMBER))
  await expect(way(page)).toContainText([
    '交付',
    '送信済',
    '再送（1回目）送信済',
    '再送（2回目）送信済',
    '再送（3回目）送信済',
    '受領登録 未登録',
    '次の再送（4回目）',
    '有効期限',
  ])
  expect(await way(page).evaluateAll((steps) => steps.map((step) => (step as HTMLElement).dataset['state']))).toEqual([
    ...Array.from({ length: 5 }, () => 'done'),
    'next',
    'later',
    'later',
  ])
  await expect(page.locator('[aria-current=step]')).toContainText('受領登録')
  await desk.open('/my-page')
  await expect(page.getByText('再送（3回目）送信済')).toBeVisible()
  await expect(page.getByText('再送（2回目）送信済')).toHaveCount(0)

  await desk.advance('P3M')
  await desk.open('/applications')
  await expect(page.getByRole('article').locator('.status').first()).toHaveText('期限経過')
  await expect(way(page).last()).toContainText('受領登録がないまま、有効期限が過ぎました。')
  await desk.open(sheetOf(NUMBER))
  await expect(page.getByText('次の再送')).toHaveCount(0)
  expect(await violationsOf(page)).toEqual([])
})

test('an application is followed from the counter to its certificate (申請状況確認)', async ({
  page,
  desk,
  browser,
}) => {
  const staff = { loginName: 'clerk', password: 'correct horse battery' }
  const added = await runCli(['staff', 'add', 'clerk', '--password', staff.password, '--data', desk.dataDir])
  expect(added).toMatchObject({ code: 0, err: '' })
  const office = '東京出入国在留管理局'
  await desk.open('/applications')
  await expect(page.getByText('申請はまだありません。')).toBeVisible()

  const counter = await browser.newPage()
  await counter.goto(desk.url)
  expect((await ask(counter, 'POST', '/staff/session', staff)).status).toBe(200)
  const takeIn = () => ask(counter, 'POST', '/staff/applications', { userId: desk.userId, office })
  const [first, second] = [(await takeIn()).body, (await takeIn()).body]
  const act = async (id = '', step: string, body?: object) =>
    expect((await ask(counter, 'POST', `/staff/applications/${id}/${step}`, body)).status).toBeLessThan(300)

  await page.reload()
  const cards = page.getByRole('main').getByRole('article')
  await expect(cards).toHaveCount(2)
  const card = cards.filter({ hasText: first['receiptNumber'] ?? '' })
  await expect(card.locator('.status').first()).toHaveText('受付')
  await expect(card.locator('[aria-current=step]')).toContainText('審査が始まるのを待っています。')

  await act(first['id'], 'examination')
  await act(second['id'], 'examination')
  await act(second['id'], 'refusal', { reason: '要件を満たさない' })
  await page.reload()
  await expect(card.locator('.status').first()).toHaveText('審査中')
  const other = cards.filter({ hasText: second['receiptNumber'] ?? '' })
  await expect(other).toContainText('結果の通知を郵便で送ります。')
  await expect(other).not.toContainText('要件')
  expect(await violationsOf(page)).toEqual([])

  const { userId: _, ...form } = certificateLine(desk.userId, NUMBER, { issuedOn: desk.today })
  await act(first['id'], 'certificate', form)
  await page.reload()
  await expect(cards).toHaveCount(2)
  await cards.filter({ hasText: NUMBER }).getByRole('link', { name: '証明書を読む・印刷する' }).click()
  await expect(way(page)).toContainText(['受付', '審査', '交付', '送信'])
  await expect(way(page).first()).toContainText(first['receiptNumber'] ?? '')
  await counter.close()
})
