import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { statesAlone, test as withComponents } from '../support/components'
import { LANGUAGES_SHOWN, type Look, SCHEMES, SCREENS, WIDTHS } from '../support/screens'
import { restyle, test } from '../support/stage'

/** What `npm run gallery -- --NAME a,b` has chosen, or all there is. */
const chosen = <Choice extends string>(name: string, all: readonly Choice[]): Choice[] => {
  const words = process.env[`ZAIRYU_GALLERY_${name}`]?.split(',')
  const unknown = words?.filter((word) => !all.includes(word as Choice)) ?? []
  if (unknown.length > 0) throw new Error(`${name.toLowerCase()}: ${unknown.join(', ')}? There are ${all.join(', ')}.`)
  return words ? all.filter((one) => words.includes(one)) : [...all]
}

const COMPONENTS = 'components'
const FOLDER = process.env['ZAIRYU_GALLERY_FOLDER'] ?? 'gallery'
const furigana = process.env['ZAIRYU_GALLERY_FURIGANA'] === '1'
const languages = chosen('LANGUAGES', LANGUAGES_SHOWN)
const schemes = chosen('SCHEMES', SCHEMES)
const widths = chosen(
  'WIDTHS',
  WIDTHS.map((width) => String(width)),
).map(Number)
const names = chosen('SCREENS', [...SCREENS.map(({ name }) => name), COMPONENTS])

/** `top_ja_black_320.jpeg`: the page of the gallery is made of these names. */
const picture = (name: string, { language, scheme, width }: Look) =>
  ({ path: join(FOLDER, `${name}_${language}_${scheme}_${width}.jpeg`), quality: 70 }) as const

for (const screen of SCREENS.filter(({ name }) => names.includes(name)))
  for (const language of languages)
    test(`${screen.name} ${language}`, async ({ stage }) => {
      const looks = widths.flatMap((width) =>
        schemes.map((scheme): Look => ({ language, scheme, width, furigana: furigana && language.startsWith('ja') })),
      )
      test.setTimeout(30_000 + looks.length * 10_000)
      let page: Page | undefined
      for (const look of looks) {
        page = page ? await restyle(page, look) : await stage.show(screen, look)
        await page.screenshot({ ...picture(screen.name, look), fullPage: true })
      }
      await page?.close()
    })

if (names.includes(COMPONENTS))
  for (const language of languages.filter((one) => one !== 'ja-easy'))
    for (const scheme of schemes)
      withComponents(`${COMPONENTS} ${language} ${scheme}`, async ({ components, page }) => {
        withComponents.setTimeout(widths.length * 180_000)
        await page.emulateMedia({ reducedMotion: 'reduce' })
        for (const width of widths) {
          const look: Look = { language, scheme, width, furigana: furigana && language === 'ja' }
          await page.setViewportSize({ width, height: 900 })
          await components.show(page, look)
          const alone = await statesAlone(page)
          for (const section of await page.locator('main > section').all()) {
            const name = await section.getAttribute('id')
            await section.screenshot(picture(`${COMPONENTS}-${name}`, look))
          }
          for (const query of alone) {
            const asked = new URLSearchParams(query)
            const name = `${COMPONENTS}-${asked.get('only')}-${asked.get('state')?.replaceAll(/\W+/g, '-')}`
            await components.show(page, look, query)
            await page.screenshot(picture(name, look))
          }
          expect(alone).not.toEqual([])
        }
      })
