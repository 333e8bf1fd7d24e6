import { expect, test as base, type Page } from '@playwright/test'
import { LANGUAGES } from '../../src-preload/contract/language'
import { movingOn, unseenOn } from '../support/adapted'
import { flawsOf, violationsIn, violationsOf } from '../support/flaws'
import { type Look, openStage, SCHEMES, SCREENS, type Stage, WIDTHS } from '../support/screens'

/** `npm run test:all`: every screen in every language, scheme and width. Otherwise each screen in one language and scheme, in turns. */
const ALL = process.env['ZAIRYU_TEST_ALL'] === '1'
/** Words longer than in any language that we have; a reader whose language is as long gets a screen that holds. */
const LONG = 'long'
const LANGUAGES_AND_LONG = [...LANGUAGES, LONG]

const test = base.extend<object, { stage: Stage }>({
  stage: [
    async ({ browser }, use) => {
      const stage = await openStage(browser)
      await use(stage)
      await stage.close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

/** In which languages, and in each of them in which schemes, a screen is looked at. */
function waysFor(place: number): { language: string; schemes: Look['scheme'][] }[] {
  if (ALL) return LANGUAGES_AND_LONG.map((language) => ({ language, schemes: [...SCHEMES] }))
  const all = LANGUAGES_AND_LONG.flatMap((language) => SCHEMES.map((scheme) => ({ language, schemes: [scheme] })))
  // Seven is prime to the 36 ways: neighbours differ in language and scheme, and all of them are met.
  return all.slice((place * 7) % all.length).slice(0, 1)
}

/** Makes all texts of a page longer by half, as a longer language would. */
async function lengthen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const texts: Text[] = []
    for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(node as Text)
    for (const text of texts) {
      const words = (text.textContent ?? '').trim()
      if (
        words.length < 2 ||
        text.parentElement?.closest('[translate=no], [aria-label], option, script, style, .number, time')
      )
        continue
      text.textContent = `${words} ${'wörter '.repeat(Math.ceil(words.length / 14)).trim()}`
    }
  })
}

for (const [place, screen] of SCREENS.entries())
  test(`${screen.name} can be read and used by everyone`, async ({ stage }) => {
    const ways = waysFor(place)
    test.setTimeout(30_000 + ways.flatMap(({ schemes }) => schemes).length * 20_000)
    for (const { language, schemes } of ways) {
      const isLong = language === LONG
      const [scheme = SCHEMES[0], ...others] = schemes
      const look = { language: isLong ? 'en' : language, scheme, furigana: language === 'ja' }
      const page = await stage.show(screen, { ...look, width: WIDTHS[0] })
      if (isLong) await lengthen(page)
      for (const [turn, width] of WIDTHS.entries())
        await test.step(`${language} ${schemes.join(' ')} ${width}`, async () => {
          await page.setViewportSize({ width, height: 900 })
          const found = [...(await flawsOf(page))]
          // What axe sees changes little with the width: in turns.
          if (ALL || (place + turn) % 2 === 0) found.push(...(await violationsOf(page)))
          for (const other of others) found.push(...(await violationsIn(other, page)))
          await page.evaluate((first) => (document.documentElement.dataset['scheme'] = first), scheme)
          if ((await page.locator('h1').count()) !== 1) found.push('not one h1')
          expect(found, `${screen.name} ${language} ${scheme} ${width}`).toEqual([])
          expect(await page.title()).toMatch(/\S/)
        })
      await page.close()
    }
  })

test('a table names its columns on its cards, readings above, and at its head where there is room', async ({
  stage,
}) => {
  const receipts = SCREENS.find(({ name }) => name === 'receipts') as (typeof SCREENS)[number]
  const page = await stage.show(receipts, { language: 'ja', scheme: 'standard', width: WIDTHS[0], furigana: true })
  const name = page.locator('tbody tr').first().locator('.table__name').first()
  await expect(name).toBeVisible()
  await expect(name.locator('rt').first()).toHaveText('しょうめいしょ')
  const head = page.getByRole('columnheader').first()
  const isSeen = async () => ((await head.boundingBox())?.width ?? 0) > 1
  expect(await isSeen()).toBe(false)
  // A screen reader finds the same table at both widths, and no name in a cell.
  const heard = () => page.getByRole('table').ariaSnapshot()
  const narrow = await heard()
  expect(narrow).toContain('rowheader "在')
  await page.setViewportSize({ width: WIDTHS[1], height: 900 })
  await expect(name).toBeHidden()
  expect(await isSeen()).toBe(true)
  expect(await heard()).toBe(narrow)
  await page.close()
})

const ADAPTED = ['register-errors', 'receipt-dialog', 'work-list', 'numbers']
for (const screen of SCREENS.filter(({ name }) => ADAPTED.includes(name)))
  test(`${screen.name} shows in the colours of the system what it shows by colour, and nothing moves on it`, async ({
    stage,
  }) => {
    const page = await stage.show(screen, { language: 'en', scheme: 'blue', width: 1280 })
    expect(await movingOn(page)).toEqual([])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ forcedColors: 'active', colorScheme, reducedMotion: 'reduce' })
      expect(await unseenOn(page), colorScheme).toEqual([])
    }
    await page.close()
  })
