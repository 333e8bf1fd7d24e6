import { readdirSync, readFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { logIn, signUp } from '../support/training'
import { test } from './support/desktop-test'

/** Has a page hand out a file as the program's own screens do. */
const handOut = (page: Page, name: string, text: string) =>
  page.evaluate(
    ({ name, text }) => {
      const href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
      Object.assign(document.createElement('a'), { href, download: name }).click()
    },
    { name, text },
  )

test('what is held about a person is saved where he says', async ({ launch, dataDir }) => {
  const { page, goTo, hand } = await launch({ args: ['--training'] })
  const userId = await signUp(page, dataDir)
  await goTo('/login?to=/my-page/data')
  await logIn(page, userId)
  await page.getByRole('button', { name: '書き出す' }).click()
  const save = page.getByRole('button', { name: 'ファイル（JSON）を保存する' })

  await hand.saveAt(null)
  await save.click()
  await expect.poll(() => hand.boxes()).toHaveLength(1)
  expect((await hand.boxes())[0]?.text).toMatch(new RegExp(`zairyu-${userId}-\\d{4}-\\d\\d-\\d\\d\\.json$`))

  const mine = join(dataDir, 'mine.json')
  await hand.saveAt(mine)
  await save.click()
  await expect.poll(() => readdirSync(dataDir)).toContain('mine.json')
  expect(JSON.parse(readFileSync(mine, 'utf8'))).toMatchObject({ account: { userId } })
  await expect.poll(() => readdirSync(join(dataDir, 'desktop/arrivals'))).toEqual([])
})

test('a file that cannot be put there is told, and leaves nothing', async ({ launch, dataDir }) => {
  const { page, hand } = await launch()
  mkdirSync(join(dataDir, 'taken'))
  await hand.saveAt(join(dataDir, 'taken'))
  const before = readdirSync(dataDir)
  await handOut(page, 'zairyu-audit.csv', 'a,b\n')
  await expect
    .poll(() => hand.boxes())
    .toContainEqual({
      kind: 'message',
      text: '「zairyu-audit.csv」を保存できませんでした',
      detail: 'ほかの場所を選んで、もう一度保存してください。書きかけのファイルは残っていません。',
    })
  expect(readdirSync(dataDir)).toEqual(before)
  await expect.poll(() => readdirSync(join(dataDir, 'desktop/arrivals'))).toEqual([])
})

test('a download of another site is none', async ({ launch, dataDir }) => {
  const { page, hand } = await launch()
  await hand.saveAt(join(dataDir, 'theirs'))
  await page.evaluate(() => {
    Object.assign(document.createElement('a'), { href: 'data:text/csv,a', download: 'theirs.csv' }).click()
  })
  // The next one of ours is asked for; theirs never was.
  await handOut(page, 'ours.csv', 'a')
  await expect.poll(() => hand.boxes()).toHaveLength(1)
  expect((await hand.boxes())[0]?.text).toMatch(/ours\.csv$/)
})
