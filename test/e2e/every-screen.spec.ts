import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { movingOn, unseenOn } from '../support/adapted'
import { EVERYTHING } from '../support/everything'
import { flawsOf, violationsIn, violationsOf } from '../support/flaws'
import { LANGUAGES_SHOWN, type Look, SCHEMES, type Screen, SCREENS, WIDTHS } from '../support/screens'
import { restyle, test } from '../support/stage'

/** Words longer than in any language that we have; a reader whose language is as long gets a screen that holds. */
const LONG = 'long'

interface Way {
  language: Look['language'] | typeof LONG
  schemes: Look['scheme'][]
}

/** In which languages, and in each of them in which schemes, a screen is looked at: in all, or in one of each, in turns. */
function waysFor(place: number): Way[] {
  const languages = [...LANGUAGES_SHOWN, LONG] as const
  if (EVERYTHING) return languages.map((language) => ({ language, schemes: [...SCHEMES] }))
  const all = languages.flatMap((language) => SCHEMES.map((scheme) => ({ language, schemes: [scheme] })))
  // Seven is prime to the 40 ways: neighbours differ in language and scheme, and all of them are met.
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
        text.parentElement?.closest('[translate=no], [aria-label], option, script, style, .number, time, whole-word')
      )
        continue
      text.textContent = `${words} ${'wörter '.repeat(Math.ceil(words.length / 14)).trim()}`
    }
  })
}

/** What a screen is called in a language; null where its title is something else. */
function nameOf({ route, named = route }: Screen, language: Look['language']): string | null {
  if (named === null) return null
  const folder = join(import.meta.dirname, '../../resources/locales', language === 'ja-easy' ? 'ja' : language)
  const texts = JSON.parse(readFileSync(join(folder, 'layout.json'), 'utf8')) as Record<string, string>
  return (texts[`layout.screen.${named}`] ?? '?').replaceAll(/\{([^{}|]+)\|[^{}|]+\}/g, '$1')
}

for (const [place, screen] of SCREENS.entries())
  for (const [way, { language, schemes }] of waysFor(place).entries())
    test(`${screen.name} can be read and used by everyone (${language}, ${schemes.join(', ')})`, async ({ stage }) => {
      test.setTimeout(30_000 + schemes.length * 20_000)
      const shown = language === LONG ? 'en' : language
      const [scheme = SCHEMES[0], ...others] = schemes
      const look: Look = { language: shown, scheme, width: WIDTHS[0], furigana: shown.startsWith('ja') }
      const see = async (page: Page) => {
        await expect(page.locator('h1').filter({ visible: true })).toHaveCount(1)
        const name = nameOf(screen, shown)
        if (name !== null) await expect.poll(() => page.title()).toContain(name)
        if (language === LONG) await lengthen(page)
        for (const [turn, width] of WIDTHS.entries()) {
          await restyle(page, { scheme, width })
          const found = [...(await flawsOf(page))]
          // What axe sees changes little with the width: each screen at one, in turns of screens and languages.
          if ((place + way + turn) % 2 === 0) {
            found.push(...(await violationsOf(page)))
            for (const other of others) found.push(...(await violationsIn(other, page)))
          }
          expect(found, `at ${width} px`).toEqual([])
        }
      }
      if (!EVERYTHING && language !== LONG) return stage.lookAt(screen, look, see)
      const page = await stage.show(screen, look)
      await see(page)
      await page.close()
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
