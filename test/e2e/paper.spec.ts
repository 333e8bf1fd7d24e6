import { expect } from '@playwright/test'
import { sheetsOf } from '../support/paper'
import { SCREENS } from '../support/screens'
import { test } from '../support/stage'

/** What people take home: the user ID, the certificate, what is handed over at the counter. */
const PAPERS = ['register-complete', 'certificate', 'slip', 'card']

for (const name of PAPERS)
  test(`${name} is one sheet of paper, without a second one that is blank`, async ({ stage }) => {
    const screen = SCREENS.find((one) => one.name === name)
    if (!screen) throw new Error(`no screen ${name}`)
    const sheets: Record<string, number> = {}
    for (const [language, scheme, furigana] of [
      ['ja', 'standard', true],
      ['vi', 'black', false],
    ] as const) {
      const page = await stage.show(screen, { language, scheme, furigana, width: 1280 })
      sheets[language] = sheetsOf(await page.pdf({ preferCSSPageSize: true }))
      await page.close()
    }
    expect(sheets).toEqual({ ja: 1, vi: 1 })
  })
