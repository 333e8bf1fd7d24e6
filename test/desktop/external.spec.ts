import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { runCli } from '../support/cli'
import { test } from './support/desktop-test'

const OPEN = 0
const CANCEL = 1

const ANNOUNCEMENT = {
  id: 'links',
  publishedAt: '2026-01-01T00:00:00+09:00',
  title: { ja: 'お知らせ' },
  body: { ja: '[出入国在留管理庁](https://www.moj.go.jp/isa/?from=zairyu) をご覧ください。' },
}

async function announce(dataDir: string): Promise<void> {
  const file = join(dataDir, 'announcements.json')
  writeFileSync(file, JSON.stringify([ANNOUNCEMENT]))
  expect(await runCli(['announcements', 'import', file, '--data', dataDir])).toMatchObject({ code: 0, err: '' })
}

test('a link of an announcement is opened by the system, after the reader has said yes', async ({ desktop }) => {
  await announce(desktop.dataDir)
  const { page, goTo, hand } = desktop
  await goTo('/announcements/links')
  const link = page.getByRole('link', { name: '出入国在留管理庁', exact: true })
  const before = page.url()
  await hand.answerQuestions(CANCEL)

  await link.click()
  await expect.poll(() => hand.questions()).toHaveLength(1)
  const [question] = await hand.questions()
  expect(question).toEqual({
    message: '「www.moj.go.jp」のページを開きますか',
    detail: expect.stringMatching(/^https:\/\/www\.moj\.go\.jp\/isa\/\?from=zairyu\n\n.*このプログラムの外で開きます/),
    buttons: ['開く', 'キャンセル'],
    usual: 'キャンセル',
  })
  expect(await hand.opened()).toEqual([])
  await hand.answerQuestions(OPEN)

  await link.click()
  await expect.poll(() => hand.opened()).toEqual(['https://www.moj.go.jp/isa/?from=zairyu'])
  expect(page.url()).toBe(before)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})

test('the question is in the language of the page', async ({ launch, dataDir }) => {
  await announce(dataDir)
  const { page, goTo, hand } = await launch()
  await page.getByLabel('Language').selectOption('en')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await goTo('/announcements/links')
  await hand.answerQuestions(CANCEL)
  await page.getByRole('link', { name: '出入国在留管理庁', exact: true }).click()
  await expect.poll(() => hand.questions()).toHaveLength(1)
  expect((await hand.questions())[0]).toMatchObject({
    message: 'Open the page at “www.moj.go.jp”?',
    buttons: ['Open', 'Cancel'],
    usual: 'Cancel',
  })
})

test('nothing is asked about what is never opened', async ({ desktop }) => {
  const { page, hand } = desktop
  await hand.answerQuestions(OPEN)
  const refused = page.waitForEvent('requestfailed')
  await page.evaluate(() => {
    location.href = 'https://example.com/'.padEnd(2_001, 'a')
  })
  await refused
  expect([await hand.questions(), await hand.opened()]).toEqual([[], []])
})
