import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect, type Page, type Request } from '@playwright/test'
import { violationsOf } from '../support/flaws'
import { issue, NUMBER } from '../support/journey'
import { startProgram } from '../support/program'
import { certificateLine } from '../support/samples'
import { signUp, training } from '../support/training'

const EMAIL = 'nguyen.van.an@example.jp'

interface Received {
  url: string
  /** The CoE mail as it came. */
  text: string
  html: string
}

/** The program on training data of this test, and a certificate that was sent by it. */
const test = base.extend<{ received: Received }>({
  received: async ({ page }, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'zairyu-verification-'))
    const program = await startProgram({ dataDir, args: ['--training'] })
    try {
      await page.goto(program.url)
      const userId = await signUp(page, dataDir, EMAIL)
      await issue(dataDir, [certificateLine(userId, NUMBER)])
      await use({ url: program.url, ...(await training(dataDir).letterTo(EMAIL)) })
      expect(await program.stop()).toBe(0)
    } finally {
      await program.kill()
      rmSync(dataDir, { recursive: true, force: true })
    }
  },
})

const field = (page: Page) => page.getByLabel('証明書のメールの全文、またはQRコードの文字')
const verdict = (page: Page, name: string | RegExp) => page.getByRole('region', { name })
const row = (page: Page, name: string) =>
  page.locator('.verdict .facts > div').filter({ has: page.getByText(name, { exact: true }) })

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
  await expect.poll(() => page.evaluate(() => localStorage.getItem('zairyu.verification-keys'))).toContain('Ed25519')
  await page.goto(`${url}/verify`)
  await expect(field(page)).toBeVisible()
  // What the page brings by itself, such as the letters of other languages, has come.
  await page.waitForLoadState('networkidle')
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
  await expect
    .poll(() =>
      page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .map(({ name }) => name)
          .join(),
      ),
    )
    .toContain('VerificationScreen')
  // And what it imports.
  await page.waitForLoadState('networkidle')
  await context.setOffline(true)
  await page.getByRole('main').getByRole('link', { name: '証明書の確認' }).click()
  await check(page, text)
  await expect(verdict(page, '変わっていません')).toBeVisible()
  await context.setOffline(false)
})
