import { test as base, expect, type Page } from '@playwright/test'
import { runCli } from '../support/cli'
import { violationsOf } from '../support/flaws'
import { withTrainingProgram } from '../support/hosted-program'
import { certificateLine, PASSWORD } from '../support/samples'
import { ask, askAt, signUpAt, training } from '../support/training'

const CLERK_PASSWORD = 'correct horse battery'
const EMAIL = 'nguyen.van.an@example.jp'

interface Counter {
  url: string
  userId: string
  mails: ReturnType<typeof training>
  /** The day in Tokyo as it is typed: eight digits. */
  today: string
}

/** The program on training data of this test, with an applicant who has an ID, and a clerk. */
const test = base.extend<{ counter: Counter }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
  counter: async ({}, use) => {
    await withTrainingProgram(async ({ url, dataDir }) => {
      const person = ['--name', '佐藤 花子', '--password', CLERK_PASSWORD, '--json', '--data', dataDir]
      expect(await runCli(['staff', 'add', 'hanako', ...person])).toMatchObject({ code: 0 })
      const userId = await signUpAt(url, dataDir, EMAIL)
      const now = (await askAt(url, 'GET', '/health')).body['now'] ?? ''
      const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' })
        .format(new Date(now))
        .replaceAll('-', '')
      await use({ url, userId, mails: training(dataDir), today })
    })
  },
})

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const answer = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
const follow = (page: Page, name: string) =>
  page.getByRole('main').getByRole('link', { name, exact: true }).first().click()
const shows = (page: Page, state: string) =>
  expect(page.getByRole('main').locator('.page-head .status')).toHaveText(state)

async function signIn(page: Page, { url }: Counter, path = '/staff'): Promise<void> {
  await page.goto(url + path)
  await expect(heading(page, '職員ログイン')).toBeVisible()
  await page.getByLabel('ログイン名', { exact: true }).fill('hanako')
  await page.getByLabel('パスワード', { exact: true }).fill(CLERK_PASSWORD)
  await press(page, 'ログイン')
}

/** At the counter: who it is, the office, the slip; then the application itself. */
async function takeIn(page: Page, counter: Counter): Promise<void> {
  await signIn(page, counter, '/staff/applications/new')
  await expect(heading(page, '申請の受付')).toBeVisible()
  await page.getByLabel('利用者ID', { exact: true }).fill(counter.userId.toLowerCase())
  await press(page, '利用者を探す')
  await expect(page.getByRole('main')).toContainText(EMAIL)
  await page.getByLabel('官署', { exact: true }).selectOption({ label: '東京出入国在留管理局' })
  await press(page, '登録する')
  await expect(heading(page, '受付票')).toBeVisible()
  await expect(page.getByRole('article')).toContainText(/TYO-\d{4}-000001/)
  await page.getByRole('link', { name: /を開く$/ }).click()
  await shows(page, '受付')
}

async function examine(page: Page): Promise<void> {
  await press(page, '審査を始める')
  await shows(page, '審査中')
}

/** The form of a certificate; the mail beside it is the mail that goes out. */
async function issue(page: Page, { today }: Counter, number: string): Promise<void> {
  await follow(page, '交付する')
  await expect(heading(page, '証明書の交付')).toBeVisible()
  await expect(page.getByLabel('氏名（英字）', { exact: true })).toHaveValue('NGUYEN VAN AN')
  await expect(page.getByLabel('交付年月日', { exact: true })).toHaveValue(today)
  await page.getByLabel('在留資格認定証明書番号', { exact: true }).fill(number)
  await page.getByLabel('国籍・地域', { exact: true }).selectOption('VNM')
  await page.getByLabel('生年月日', { exact: true }).fill('19980412')
  await page.getByText('男 Male').click()
  await page.getByLabel('在留資格', { exact: true }).selectOption('技術・人文知識・国際業務')
  await page.getByLabel('在留期間', { exact: true }).selectOption('3年')
  await expect(page.getByRole('region', { name: 'メールの本文' })).toContainText(number)
  await press(page, '交付の確認へ進む')
  await answer(page, '交付して送る')
  await expect(page.getByText('交付しました。メールを送ります')).toBeVisible()
}

test('an application goes from the counter to the registered receipt', async ({ page, counter }) => {
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await takeIn(page, counter)
  await examine(page)
  await issue(page, counter, '在1番Y26110001')
  expect(await violationsOf(page)).toEqual([])

  const letter = await counter.mails.mailTo(EMAIL)
  expect(letter).toContain('在1番Y26110001')
  await expect(async () => {
    await page.reload()
    await shows(page, '送信済')
  }).toPass()
  await expect(page.getByRole('region', { name: '記録' })).toContainText('佐藤 花子')

  // The applicant, at home: the session behind the counter has nothing to do with his.
  const link = /\/receipts\/[\w-]{43}/.exec(letter)?.[0] ?? ''
  expect((await ask(page, 'POST', '/session', { userId: counter.userId, password: PASSWORD })).status).toBe(200)
  await page.goto(counter.url + link)
  await page
    .getByRole('button', { name: /受領登録/ })
    .first()
    .click()
  await answer(page, '受領登録する')
  await expect(page.getByRole('main')).toContainText('受領登録済')

  await page.goto(`${counter.url}/staff`)
  await page.getByLabel('官署', { exact: true }).selectOption({ label: '大阪出入国在留管理局' })
  await press(page, '探す')
  await expect(page.getByText('当てはまる申請はありません')).toBeVisible()
  await page.getByLabel('官署', { exact: true }).selectOption({ label: '東京出入国在留管理局' })
  const day = `${counter.today.slice(0, 4)}-${counter.today.slice(4, 6)}-${counter.today.slice(6)}`
  await page.getByLabel('受付日（から）', { exact: true }).fill(day)
  await press(page, '探す')
  await expect(page.getByRole('row')).toHaveCount(2)
  expect(await violationsOf(page)).toEqual([])
  await page.goBack()
  await expect(page.getByText('当てはまる申請はありません')).toBeVisible()
  await page.getByRole('link', { name: '条件を消す' }).first().click()
  await page.getByRole('link', { name: /^受領登録済/ }).click()
  await expect(page).toHaveURL(/state=registered/)
  const row = page.getByRole('row').filter({ hasText: '在1番Y26110001' })
  await expect(row).toContainText('受領登録済')
  expect(await violationsOf(page)).toEqual([])

  // By keys alone: to the row, into it, and back to the same list.
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await shows(page, '受領登録済')
  await page.goBack()
  await expect(page).toHaveURL(/state=registered/)
  await expect(row).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('nobody')
  await page.keyboard.press('Enter')
  await expect(page.getByText('当てはまる申請はありません')).toBeVisible()
  expect(complaints.filter((text) => !text.includes('401'))).toEqual([])
})

test('a mail is sent again, a certificate corrected, an application refused; each with its reason', async ({
  page,
  counter,
}) => {
  await takeIn(page, counter)
  const address = page.url()
  await examine(page)
  await issue(page, counter, '在1番Y1')
  const first = await counter.mails.mailTo(EMAIL)

  await press(page, 'メールをもう一度送る')
  await answer(page, 'メールをもう一度送る')
  await expect(page.getByRole('dialog')).toContainText('入力されていません')
  await page.getByRole('dialog').getByLabel('理由', { exact: true }).fill('届かないとの申し出')
  await answer(page, 'メールをもう一度送る')
  await expect(page.getByRole('region', { name: '記録' })).toContainText('届かないとの申し出')
  expect(await counter.mails.mailTo(EMAIL)).not.toBe(first)

  await follow(page, '訂正して交付し直す')
  await expect(page.getByLabel('生年月日', { exact: true })).toHaveValue('19980412')
  await page.getByLabel('在留資格認定証明書番号', { exact: true }).fill('在1番Y1')
  await page.getByLabel('氏名（英字）', { exact: true }).fill('NGUYEN VAN ANH')
  await page.getByLabel('理由', { exact: true }).fill('氏名の誤り')
  await press(page, '交付の確認へ進む')
  await answer(page, '取り消して交付する')
  await expect(page.locator('.summary')).toBeFocused()
  await expect(page.locator('.summary')).toContainText('この番号の証明書は、すでにあります')
  await page.getByLabel('在留資格認定証明書番号', { exact: true }).fill('在1番Y2')
  await press(page, '交付の確認へ進む')
  await answer(page, '取り消して交付する')
  await expect(page).toHaveURL(address)
  await expect(page.getByRole('main')).toContainText('在1番Y2')
  await expect(page.getByRole('region', { name: '記録' })).toContainText('氏名の誤り')
  expect(await counter.mails.mailTo(EMAIL)).toContain('NGUYEN VAN ANH')

  const more = { userId: counter.userId, office: '東京出入国在留管理局' }
  const { body } = await ask(page, 'POST', '/staff/applications', more)
  await page.goto(`${counter.url}/staff/applications/${body['id']}`)
  await examine(page)
  await press(page, '不交付にする')
  await page.getByRole('dialog').getByLabel('理由', { exact: true }).fill('要件を満たさない')
  await answer(page, '不交付にする')
  await shows(page, '不交付')
})

test('a locked user is unlocked at the counter, and what is handed over has one page each and no password', async ({
  page,
  counter,
}) => {
  await takeIn(page, counter)
  const address = page.url()
  for (let tries = 0; tries < 5; tries += 1)
    await ask(page, 'POST', '/session', { userId: counter.userId, password: 'Wrong-2026xx' })
  await page.reload()
  await press(page, 'ロックを解除する')
  await page.getByRole('dialog').getByLabel('理由', { exact: true }).fill('窓口で本人を確認')
  await answer(page, 'ロックを解除する')
  await expect(page.getByText('ロックを解除しました')).toBeVisible()
  expect((await ask(page, 'POST', '/session', { userId: counter.userId, password: PASSWORD })).status).toBe(200)

  for (const paper of ['slip', 'card']) {
    await page.goto(`${address}/${paper}`)
    await expect(page.getByRole('article')).toContainText(counter.userId.slice(0, 4))
    await expect(page.getByRole('article')).not.toContainText(PASSWORD)
    const pages = (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)
    expect(pages?.length, paper).toBe(1)
    expect(await violationsOf(page)).toEqual([])
  }
  await expect(page.getByRole('img', { name: 'QRコード：利用者ID' })).toBeVisible()
  await page.setViewportSize({ width: 320, height: 800 })
  for (const path of ['/staff', '/staff/applications/new', '/staff/import', new URL(address).pathname]) {
    await page.goto(counter.url + path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(wider, path).toBe(0)
  }
})

test('lines are imported all or none, bad ones named by line and field', async ({ page, counter }) => {
  await signIn(page, counter, '/staff/import')
  await expect(heading(page, '証明書の取込')).toBeVisible()
  const issuedOn = counter.today.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')
  const line = (number: string, changes = {}) =>
    JSON.stringify(certificateLine(counter.userId, number, { issuedOn, ...changes }))
  const lines = page.getByLabel('取り込む内容', { exact: true })
  await lines.fill(`${line('在1番Y1')}\n${line('在1番Y2', { nationality: 'Vietnam' })}\nnot json`)
  await press(page, '取り込む')
  const report = page.getByRole('region', { name: '誤りのある行' })
  await expect(report.getByRole('row')).toHaveCount(3)
  await expect(report.getByRole('row').nth(1)).toContainText('在1番Y2')
  await expect(report.getByRole('row').nth(1)).toContainText('nationality')
  await expect(report.getByRole('row').nth(2)).toContainText('JSONとして読めません')
  expect(await violationsOf(page)).toEqual([])

  const buffer = Buffer.from(`${line('在1番Y1')}\n${line('在1番Y2')}\n`)
  const file = { name: 'certificates.jsonl', mimeType: 'application/jsonl', buffer }
  await page.getByLabel('ファイル（JSON Lines）', { exact: true }).setInputFiles(file)
  await expect(page.getByText('certificates.jsonl を読みました。')).toBeVisible()
  await press(page, '取り込む')
  await expect(page.getByText('2件の証明書を取り込みました')).toBeVisible()
  await lines.fill(line('在1番Y1'))
  await press(page, '取り込む')
  await expect(page.getByRole('main')).toContainText('すでにあるため何も変えていません： 在1番Y1')
  await follow(page, '申請一覧')
  await expect(page.getByRole('row')).toHaveCount(3)
})

test('a counter that is left alone is signed out, and the login says why and leads back', async ({ page, counter }) => {
  await signIn(page, counter, '/staff?state=received')
  await expect(heading(page, '申請一覧')).toBeVisible()
  await expect(page.getByText('佐藤 花子')).toBeVisible()
  await counter.mails.advance('PT15M')
  await page.getByRole('link', { name: /^審査中/ }).click()
  await expect(heading(page, '職員ログイン')).toBeVisible()
  await expect(page.getByText('15分操作がなかったため')).toBeVisible()
  await page.getByLabel('ログイン名', { exact: true }).fill('hanako')
  await page.getByLabel('パスワード', { exact: true }).fill(CLERK_PASSWORD)
  await press(page, 'ログイン')
  await expect(page).toHaveURL(/\/staff\?state=examining$/)
  await press(page, 'ログアウト')
  await expect(heading(page, '職員ログイン')).toBeVisible()
  await expect(page.getByText('15分操作がなかったため')).toHaveCount(0)
})
