import { expect } from '@playwright/test'
import type { Lesson } from '../../support/chapters/lesson'
import { test as base } from './desktop-test'

/** `lesson`: the desktop shell on training data of this test. */
export const test = base.extend<{ lesson: Lesson }>({
  lesson: async ({ launch, dataDir }, use) => {
    const { page, goTo, open } = await launch({ args: ['--training'] })
    await use({
      page,
      dataDir,
      openProgram: () => goTo('/'),
      openLink: async (link) => {
        expect(link).toMatch(/^zairyu:\/\/open\//)
        expect(await open(link)).toMatchObject({ code: 0 })
      },
    })
  },
})
