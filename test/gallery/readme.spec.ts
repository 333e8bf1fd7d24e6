import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { type Look, SCREENS } from '../support/screens'
import { test } from '../support/stage'

/** `npm run gallery -- --readme`: the pictures that the README shows. */
const FOLDER = join(import.meta.dirname, '../../resources/pictures')
const LOOK: Look = { language: 'ja', scheme: 'standard', width: 1280 }
const QUALITY = 75

/** What stands in the window, as WebP: a third of a PNG, but made by the DevTools protocol alone. */
async function savePicture(page: Page, name: string): Promise<void> {
  const devTools = await page.context().newCDPSession(page)
  const { data } = await devTools.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY })
  writeFileSync(join(FOLDER, `${name}.webp`), Buffer.from(data, 'base64'))
}

for (const [name, screenName] of Object.entries({ top: 'top', counter: 'application', kiosk: 'kiosk-start' }))
  test(name, async ({ stage }) => {
    const screen = SCREENS.find((one) => one.name === screenName)
    if (!screen) throw new Error(`There is no screen ${screenName}.`)
    const page = await stage.show(screen, LOOK)
    await page.setViewportSize({ width: LOOK.width, height: 800 })
    await savePicture(page, name)
    await page.close()
  })

/** Mail programs show a mail in the fonts of the system, and this one may have none for Japanese. */
const FONT = join(import.meta.dirname, '../../node_modules/@fontsource-variable/noto-sans-jp')
const withFont = (html: string) => {
  const faces = readFileSync(join(FONT, 'wght.css'), 'utf8').replaceAll('url(./', 'url(http://font.test/')
  return html.replace('</head>', `<style>${faces} * { font-family: 'Noto Sans JP Variable' !important }</style></head>`)
}

test('mail', async ({ stage, browser }) => {
  const page = await browser.newPage({ viewport: { width: 800, height: 800 } })
  await page.route('http://font.test/**', (route) =>
    route.fulfill({
      path: join(FONT, new URL(route.request().url()).pathname),
      headers: { 'Access-Control-Allow-Origin': '*' },
    }),
  )
  await page.setContent(withFont(await stage.certificateMail()))
  await page.evaluate(() => document.fonts.ready)
  await savePicture(page, 'mail')
  await page.close()
})
