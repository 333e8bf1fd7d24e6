import { expect, type Page } from '@playwright/test'
import { statesAlone, test } from '../support/components'
import { EVERYTHING } from '../support/everything'
import { flawsOf, violationsIn, violationsOf } from '../support/flaws'
import { SCHEMES } from '../support/screens'

// Every component in all of its states (`npm run components`), as narrow as a phone.
test.use({ viewport: { width: 320, height: 900 }, contextOptions: { reducedMotion: 'reduce' } })

/** A component stands here more than once, each time with the landmarks that it has. */
const NOT_HERE = ['landmark-unique']

/** What does not hold: all of it in the scheme that is shown, and in the three others what depends on colours. */
async function foundOn(page: Page, shown: (typeof SCHEMES)[number]): Promise<string[]> {
  const found = [...(await flawsOf(page)), ...(await violationsOf(page, NOT_HERE))]
  for (const scheme of SCHEMES) if (scheme !== shown) found.push(...(await violationsIn(scheme, page)))
  return found
}

test('components can be read and used by everyone in all of their states', async ({ components, page }) => {
  await components.show(page, { language: 'ja', scheme: 'standard' })
  expect(await page.locator('article').count()).toBeGreaterThan(150)
  await statesAlone(page)
  expect(await foundOn(page, 'standard')).toEqual([])
})

test('so can those that lie over the page', async ({ components, page }) => {
  await components.show(page, { language: 'ja', scheme: 'standard' })
  const alone = await statesAlone(page)
  expect(alone.length).toBeGreaterThan(25)
  for (const [place, query] of alone.entries()) {
    if (!EVERYTHING && place % 3 !== 0) continue
    const scheme = SCHEMES[place % SCHEMES.length] ?? 'standard'
    await components.show(page, { language: place % 2 === 0 ? 'ja' : 'vi', scheme }, query)
    expect(await foundOn(page, scheme), query).toEqual([])
  }
})
