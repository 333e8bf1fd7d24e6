import { expect } from '@playwright/test'
import { namesWithReadings, violationsOf } from '../support/flaws'
import { SCREENS, WIDTHS } from '../support/screens'
import { test } from '../support/stage'

/** Forms, errors, tables, lists, dialogs, tabs: each way in which words name something. */
const LOOKED_AT = ['top', 'login', 'register-errors', 'receipts', 'receipt-dialog', 'contact', 'work-list', 'details']

for (const screen of SCREENS.filter(({ name }) => LOOKED_AT.includes(name)))
  test(`${screen.name} has the same names with readings as without`, async ({ stage }) => {
    const look = { language: 'ja', scheme: 'standard', width: WIDTHS[0], furigana: true } as const
    const page = await stage.show(screen, look)
    await expect(page.locator('rt').first()).toBeAttached()
    expect(await namesWithReadings(page)).toEqual([])
    expect(await violationsOf(page)).toEqual([])
    await expect(page.locator('[data-spoken]').first()).toBeAttached()
    await page.close()
  })
