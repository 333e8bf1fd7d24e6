import { expect, type Page } from '@playwright/test'

/** The page has brought a file by itself, as it does with what tells of failures when it is idle. */
export const hasBrought = (page: Page, file: string): Promise<void> =>
  expect
    .poll(() =>
      page.evaluate(
        (part) => performance.getEntriesByType('resource').some(({ name }) => name.includes(`/${part}-`)),
        file,
      ),
    )
    .toBe(true)
