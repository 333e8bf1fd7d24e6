import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { logIn, signUp } from '../support/training'
import { test } from './support/desktop-test'

/** What the shell answers the page about a file; when it is there, the page has dealt with all answers before it. */
const saveFile = (page: Page, name: string, text = '') =>
  page.evaluate(
    (file) =>
      window.zairyu
        ?.saveFile(file)
        .catch((error: unknown) => /\b(?:ipc|file)\.\w+/.exec(String(error))?.[0] ?? 'other'),
    { name, text },
  )

test('what is held about a person is saved where he says, and the page says what became of it', async ({
  launch,
  dataDir,
}) => {
  const { page, goTo, hand } = await launch({ args: ['--training'] })
  const userId = await signUp(page, dataDir)
  await goTo('/login?to=/my-page/data')
  await logIn(page, userId)
  await page.getByRole('button', { name: '書き出す' }).click()
  const save = page.getByRole('button', { name: 'ファイル（JSON）を保存する' })
  const failed = page.getByRole('alert').getByRole('heading', { name: /を保存できませんでした$/ })
  const saved = page.getByRole('status').getByText(/を保存しました。$/)

  // Cancelled: he knows it.
  await hand.saveAt(null)
  await save.click()
  await expect.poll(() => hand.boxes()).toHaveLength(1)
  expect((await hand.boxes())[0]?.text).toMatch(new RegExp(`zairyu-${userId}-\\d{4}-\\d\\d-\\d\\d\\.json$`))
  expect(await saveFile(page, 'next.csv')).toBe('canceled')
  await expect(saved).toHaveCount(0)
  await expect(failed).toHaveCount(0)

  mkdirSync(join(dataDir, 'taken'))
  const before = readdirSync(dataDir)
  await hand.saveAt(join(dataDir, 'taken'))
  await save.click()
  await expect(failed).toHaveText(new RegExp(`「zairyu-${userId}-.*\\.json」`))
  await expect(page.getByRole('alert')).toContainText('ほかの場所を選んで')
  await expect(saved).toHaveCount(0)
  expect(readdirSync(dataDir)).toEqual(before)

  const mine = join(dataDir, 'mine.json')
  await hand.saveAt(mine)
  await save.click()
  await expect(saved).toContainText(`「zairyu-${userId}-`)
  await expect(failed).toHaveCount(0)
  expect(JSON.parse(readFileSync(mine, 'utf8'))).toMatchObject({ account: { userId } })
  // No box of the system beside the page's own words.
  expect((await hand.boxes()).map(({ kind }) => kind)).toEqual(['save', 'save', 'save', 'save'])
})

test('a file has all of its letters, and replaces what was there', async ({ desktop, dataDir }) => {
  const { page, hand } = desktop
  const file = join(dataDir, 'audit.csv')
  await hand.saveAt(file)
  expect(await saveFile(page, 'zairyu-audit.csv', 'longer than what follows')).toBe('saved')
  expect(await saveFile(page, 'zairyu-audit.csv', '\uFEFFat,actor\r\n髙橋😀\r\n')).toBe('saved')
  expect(readFileSync(file, 'utf8')).toBe('\uFEFFat,actor\r\n髙橋😀\r\n')
})

test('a name that is a path, or of another kind, is refused before anybody is asked', async ({ desktop, dataDir }) => {
  const { page, hand } = desktop
  await hand.saveAt(join(dataDir, 'theirs'))
  for (const name of [
    '../a.csv',
    'a/b.csv',
    'C:\\a.csv',
    '.csv',
    'a.exe',
    'a.csv.exe',
    'a.csv\n',
    `${'a'.repeat(97)}.csv`,
  ])
    expect(await saveFile(page, name)).toBe('ipc.arguments')
  expect(await hand.boxes()).toEqual([])
})

test('there are no downloads around the dialog', async ({ desktop, dataDir }) => {
  const { page, hand } = desktop
  await hand.saveAt(join(dataDir, 'theirs.csv'))
  await page.evaluate(() => {
    for (const href of ['data:text/csv,a', URL.createObjectURL(new Blob(['a'], { type: 'text/csv' }))])
      Object.assign(document.createElement('a'), { href, download: 'theirs.csv' }).click()
  })
  // The one that is asked for by its call comes after them; they never were.
  expect(await saveFile(page, 'ours.csv')).toBe('saved')
  expect((await hand.boxes()).map(({ text }) => text)).toEqual([expect.stringMatching(/ours\.csv$/)])
})
