import { expect, type Page } from '@playwright/test'
import { test } from './support/desktop-test'

const heading = { level: 1 } as const

test('the menu speaks the language of the page, at once and at the next start', async ({ launch }) => {
  const first = await launch()
  const tops = async ({ hand }: typeof first) => (await hand.menu()).map(({ label }) => label)
  await expect.poll(() => tops(first)).toContain('ファイル(&F)')
  await first.page.getByLabel('Language').selectOption('en')
  await expect.poll(() => tops(first)).toContain('&File')
  await first.close()
  const second = await launch()
  expect(await tops(second)).toContain('&File')
})

test('leads to screens, back, forward and home', async ({ desktop }) => {
  const { page, origin, hand } = desktop
  const shows = (name: string) => expect(page.getByRole('heading', heading)).toHaveText(name)
  await hand.choose('ヘルプ(&H)', '証明書の確認')
  await shows('証明書の確認')
  await hand.choose('ヘルプ(&H)', 'お問い合わせ先')
  await shows('お問い合わせ先')
  await hand.choose('移動(&G)', '戻る')
  await shows('証明書の確認')
  await hand.choose('移動(&G)', '進む')
  await shows('お問い合わせ先')
  await hand.choose('移動(&G)', 'ホーム')
  await expect(page).toHaveURL(`${origin}/`)
})

test('home is the work list behind the counter', async ({ desktop }) => {
  const { page, goTo, hand } = desktop
  await goTo('/staff/login')
  await expect(page.getByRole('heading', heading)).toHaveText('職員ログイン')
  await hand.choose('移動(&G)', 'ホーム')
  await expect(page).toHaveURL(/\/staff\/login\?to=/)
})

test('prints by the system, and says when that fails', async ({ desktop }) => {
  const { page, hand } = desktop
  await expect(page.getByRole('heading', heading)).toBeVisible()
  await hand.printer('canceled')
  await hand.choose('ファイル(&F)', '印刷…')
  expect(await hand.printed()).toBe(1)
  expect(await hand.boxes()).toEqual([])
  await hand.printer('fails')
  await hand.choose('ファイル(&F)', '印刷…')
  expect(await hand.boxes()).toEqual([
    {
      kind: 'message',
      text: '印刷できませんでした',
      detail: 'プリンターの電源と接続を確かめて、もう一度印刷してください。',
    },
  ])
})

/** How far the page can be scrolled sideways. */
const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

test('zooms the page within its limits, and remembers it', async ({ launch }) => {
  const first = await launch()
  const width = (page: typeof first.page) => page.evaluate(() => innerWidth)
  const zoom = async ({ hand }: typeof first) => (await hand.window())?.zoom
  const whole = await width(first.page)
  for (let press = 0; press < 12; press += 1) await first.hand.choose('表示(&V)', '拡大')
  expect(await zoom(first)).toBe(300)
  await expect.poll(() => width(first.page)).toBe(Math.round(whole / 3))
  expect(await sideways(first.page)).toBe(0)
  await first.page.reload()
  expect(await zoom(first)).toBe(300)
  await first.close()

  const second = await launch()
  expect(await zoom(second)).toBe(300)
  await expect.poll(() => width(second.page)).toBe(Math.round(whole / 3))
  await second.hand.choose('表示(&V)', '実際のサイズ')
  await expect.poll(() => width(second.page)).toBe(whole)
  for (let press = 0; press < 12; press += 1) await second.hand.choose('表示(&V)', '縮小')
  expect(await zoom(second)).toBe(50)
})

test('a narrow window shows no more than leaves the page room, and a wide one all of it again', async ({ launch }) => {
  const { page, hand } = await launch()
  for (let press = 0; press < 12; press += 1) await hand.choose('表示(&V)', '拡大')
  await hand.place({ width: 640 })
  await expect.poll(async () => (await hand.window())?.zoom).toBe(200)
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(320)
  expect(await sideways(page)).toBe(0)
  await hand.place({ width: 1200 })
  await expect.poll(async () => (await hand.window())?.zoom).toBe(300)
})

test('no dictionary is fetched and no name is marked', async ({ desktop }) => {
  const { hand } = desktop
  expect(await hand.checksSpelling()).toBe(false)
})
