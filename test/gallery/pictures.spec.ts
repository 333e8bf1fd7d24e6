import { join } from 'node:path'
import { expect, test as base } from '@playwright/test'
import { LANGUAGES } from '../../src-preload/contract/language'
import { statesAlone, test as withComponents } from '../support/components'
import { openStage, SCHEMES, SCREENS, type Stage, WIDTHS } from '../support/screens'

/** What `npm run gallery -- --NAME a,b` has chosen, or all there is. */
const chosen = <Choice extends string>(name: string, all: readonly Choice[]): Choice[] => {
  const words = process.env[`ZAIRYU_GALLERY_${name}`]?.split(',')
  const unknown = words?.filter((word) => !all.includes(word as Choice)) ?? []
  if (unknown.length > 0) throw new Error(`${name.toLowerCase()}: ${unknown.join(', ')}? There are ${all.join(', ')}.`)
  return words ? all.filter((one) => words.includes(one)) : [...all]
}

const COMPONENTS = 'components'
const FOLDER = process.env['ZAIRYU_GALLERY_FOLDER'] ?? 'gallery'
const LOOKS = chosen('LANGUAGES', LANGUAGES).flatMap((language) =>
  chosen('SCHEMES', SCHEMES).map((scheme) => ({
    language,
    scheme,
    furigana: language === 'ja' && process.env['ZAIRYU_GALLERY_FURIGANA'] === '1',
  })),
)
const widths = chosen(
  'WIDTHS',
  WIDTHS.map((width) => String(width)),
).map(Number)
const names = chosen('SCREENS', [...SCREENS.map(({ name }) => name), COMPONENTS])

/** `top_ja_black_320.jpeg`: the page of the gallery is made of these names. */
const picture = (name: string, { language, scheme }: (typeof LOOKS)[number], width: number) =>
  ({ path: join(FOLDER, `${name}_${language}_${scheme}_${width}.jpeg`), quality: 70 }) as const

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

for (const screen of SCREENS.filter(({ name }) => names.includes(name)))
  test(screen.name, async ({ stage }) => {
    test.setTimeout(LOOKS.length * widths.length * 30_000)
    for (const look of LOOKS)
      for (const width of widths) {
        const page = await stage.show(screen, { ...look, width })
        await page.screenshot({ ...picture(screen.name, look, width), fullPage: true })
        await page.close()
      }
  })

if (names.includes(COMPONENTS))
  for (const look of LOOKS)
    withComponents(`${COMPONENTS} ${look.language} ${look.scheme}`, async ({ components, page }) => {
      withComponents.setTimeout(widths.length * 180_000)
      await page.emulateMedia({ reducedMotion: 'reduce' })
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 })
        await components.show(page, look)
        const alone = await statesAlone(page)
        for (const section of await page.locator('main > section').all()) {
          const name = await section.getAttribute('id')
          await section.screenshot(picture(`${COMPONENTS}-${name}`, look, width))
        }
        for (const query of alone) {
          const asked = new URLSearchParams(query)
          const name = `${COMPONENTS}-${asked.get('only')}-${asked.get('state')?.replaceAll(/\W+/g, '-')}`
          await components.show(page, look, query)
          await page.screenshot(picture(name, look, width))
        }
        expect(alone).not.toEqual([])
      }
    })
