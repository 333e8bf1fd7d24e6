import { expect } from '@playwright/test'
import { movingOn, unseenFocus, unseenOn } from '../support/adapted'
import { statesAlone, test } from '../support/components'
import { EVERYTHING } from '../support/everything'

// What a reader asked the system for: its own colours, or that nothing moves.
const LOOK = { language: 'ja', scheme: 'standard' } as const

for (const colorScheme of EVERYTHING ? (['light', 'dark'] as const) : (['dark'] as const))
  test(`components show in the ${colorScheme} colours of the system what they show by colour`, async ({
    components,
    page,
  }) => {
    await page.emulateMedia({ forcedColors: 'active', colorScheme, reducedMotion: 'reduce' })
    await components.show(page, LOOK)
    const alone = (await statesAlone(page)).filter((query) => /Dialog&|Keyboard|Countdown|Toast/.test(query))
    expect(await unseenOn(page)).toEqual([])
    for (const name of ['AppButton', 'ChoiceField', 'PasswordField', 'SelectField', 'AppFooter', 'StaffHeader']) {
      await page.locator(`#${name} .state__name a`).first().focus()
      expect(await unseenFocus(page, 8), name).toEqual([])
    }
    for (const query of alone) {
      await components.show(page, LOOK, query)
      expect(await unseenOn(page), query).toEqual([])
    }
  })

test('the button that goes on has the thickest border in the colours of the system', async ({ components, page }) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
  await components.show(page, LOOK)
  const thickness = (kind: string) =>
    page
      .locator(`#AppButton ${kind}`)
      .first()
      .evaluate((button) => parseFloat(getComputedStyle(button).borderBlockStartWidth))
  const [filled, outlined] = [await thickness('.button:not([class*="--"])'), await thickness('.button--secondary')]
  expect(filled).toBeGreaterThan(outlined)
})

test('nothing moves for a reader who asked for that, and it does for others', async ({ components, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await components.show(page, LOOK)
  await expect(page.locator('.spinner').first()).toBeVisible()
  expect(await movingOn(page)).toEqual([])
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  expect(new Set(await movingOn(page))).toEqual(new Set(['turn']))
})

for (const query of [
  '?only=AppDialog&state=busy',
  '?only=ToastHost&state=long+text',
  '?only=KioskCountdown&state=3+seconds+left',
])
  test(`nothing moves while it appears: ${query}`, async ({ components, page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    // From before the first script on: what begins and ends within one frame counts, too.
    await page.addInitScript(() => {
      for (const begin of ['animationstart', 'transitionrun'])
        addEventListener(begin, () => (document.documentElement.dataset['moved'] = begin), { capture: true })
    })
    await components.show(page, LOOK, query)
    expect(await movingOn(page)).toEqual([])
    await expect(page.locator('html')).not.toHaveAttribute('data-moved')
  })

test('［ページ上部へ］ jumps for a reader who asked for that, and scrolls for others', async ({ components, page }) => {
  await components.show(page, LOOK)
  const press = () =>
    page.evaluate(() => {
      scrollTo(0, document.documentElement.scrollHeight)
      document.querySelector<HTMLElement>('#AppFooter .site-footer__end')?.click()
      return scrollY
    })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  expect(await press()).toBe(0)
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  expect(await press()).toBeGreaterThan(0)
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0)
})
