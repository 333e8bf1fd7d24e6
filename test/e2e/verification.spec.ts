import { test as base, expect, type Page, type Request } from '@playwright/test'
import { violationsOf } from '../support/flaws'
import { withTrainingProgram } from '../support/hosted-program'
import { issue, NUMBER } from '../support/journey'
import { certificateLine } from '../support/samples'
import { signUpAt, training } from '../support/training'

const EMAIL = 'nguyen.van.an@example.jp'

interface Received {
  url: string
  /** The CoE mail as it came. */
  text: string
  html: string
}

/** The program on training data of this test, and a certificate that was sent by it. */
const test = base.extend<{ received: Received }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
  received: async ({}, use) => {
    await withTrainingProgram(async ({ url, dataDir }) => {
      const userId = await signUpAt(url, dataDir, EMAIL)
      await issue(dataDir, [certificateLine(userId, NUMBER)])
      await use({ url, ...(await training(dataDir).letterTo(EMAIL)) })
    })
  },
})

const field = (page: Page) => page.getByLabel('証明書のメールの全文、またはQRコードの文字')
const verdict = (page: Page, name: string | RegExp) => page.getByRole('region', { name })
const row = (page: Page, name: string) =>
  page.locator('.verdict .facts > div').filter({ has: page.getByText(name, { exact: true }) })

/**
 * Everything has come that the page brings by itself when it is idle: the screen of the check with all that it imports, after which the
 * keys are asked for, and the letters of other languages.
 */
async function everythingHasCome(page: Page): Promise<void> {
  const keys = () => page.evaluate(() => localStorage.getItem('zairyu.verification-keys'))
  const letters = () =>
    page.evaluate(
      () => performance.getEntriesByType('resource').filter(({ name }) => /\/wght-[^/]*\.css$/.test(name)).length,
    )
  await expect.poll(keys).toContain('Ed25519')
  await expect.poll(letters).toBe(3)
}

async function check(page: Page, text: string): Promise<void> {
  await field(page).fill(text)
  await page.getByRole('button', { name: '確認する' }).click()
}

/** What a reader copies who opens the mail in a web page, has it translated or not, and selects all of it. */
async function copied(page: Page, html: string, translation?: string): Promise<string> {
  const mail = await page.context().newPage()
  try {
    await mail.setContent(html)
    return await mail.evaluate((words) => {
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      // As web mail does: whatever is not marked against it.
      while (words && texts.nextNode())
        if (texts.currentNode.parentElement?.translate && texts.currentNode.nodeValue?.trim())
          texts.currentNode.nodeValue = words
      getSelection()?.selectAllChildren(document.body)
      return getSelection()?.toString() ?? ''
    }, translation)
  } finally {
    await mail.close()
  }
}

test('a changed letter in a mailed certificate is found and named, and the unchanged mail is not', async ({
  page,
  received: { url, text },
}) => {
  await page.goto(url)
  await page.getByRole('main').getByRole('link', { name: '証明書の確認' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '証明書の確認' })).toBeVisible()
  await check(page, text)
  await expect(verdict(page, '変わっていません')).toBeFocused()
  await expect(verdict(page, '変わっていません')).toContainText('NGUYEN VAN AN')

  await check(page, text.replace('NGUYEN VAN AN', 'NGUYEN VAN AM'))
  await expect(verdict(page, '変わっている項目が1個あります')).toBeFocused()
  await expect(row(page, '氏名')).toContainText('NGUYEN VAN AM')
  await expect(row(page, '氏名')).toContainText('合いません')
  await expect(row(page, '国籍・地域')).toContainText('同じ')
  expect(await violationsOf(page)).toEqual([])
  await expect(page.getByText('公の証明ではありません', { exact: true })).toBeVisible()
})

test('a mail copied out of a web page is unaltered, also where the page was translated around its values', async ({
  page,
  received: { url, html },
}) => {
  const plain = await copied(page, html)
  const translated = await copied(page, html, 'bản dịch')
  expect(translated).not.toContain('氏名')
  const wrong = await copied(page, html.replace('1998年4月12日', '1998年4月21日'))
  await page.goto(`${url}/verify`)
  for (const text of [plain, translated]) {
    await check(page, text)
    await expect(verdict(page, '変わっていません')).toBeFocused()
  }
  await check(page, wrong)
  await expect(verdict(page, '変わっている項目が1個あります')).toBeFocused()
  await expect(row(page, '生年月日')).toContainText('合いません')
})

test('works without the service, and keeps nothing of what was pasted', async ({
  page,
  context,
  received: { url, text },
}) => {
  await page.goto(url)
  await everythingHasCome(page)
  await page.goto(`${url}/verify`)
  await expect(field(page)).toBeVisible()
  await everythingHasCome(page)
  await context.setOffline(true)
  const sent: string[] = []
  // The list of all keys and cancelled certificates is asked for by every check; that says nothing of what was pasted.
  const isOfEverybody = (request: Request) =>
    request.method() === 'GET' && request.url() === `${url}/api/v1/verification-key`
  page.on(
    'request',
    (request) => request.resourceType() !== 'font' && !isOfEverybody(request) && sent.push(request.url()),
  )
  await check(page, text)
  await expect(verdict(page, '変わっていません')).toBeVisible()
  await check(page, text.slice(0, text.indexOf('ZAIRYU1')))
  await expect(verdict(page, '確認できませんでした')).toBeVisible()
  expect(sent).toEqual([])
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
  expect(stored).not.toContain('NGUYEN')
  await context.setOffline(false)
})

test('the screen opens when the service is gone that showed another one before', async ({
  page,
  context,
  received: { url, text },
}) => {
  await page.goto(url)
  await everythingHasCome(page)
  await context.setOffline(true)
  await page.getByRole('main').getByRole('link', { name: '証明書の確認' }).click()
  await check(page, text)
  await expect(verdict(page, '変わっていません')).toBeVisible()
  await context.setOffline(false)
})
