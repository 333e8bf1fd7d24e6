import { defineConfig } from '@playwright/test'
import { CHROMIUM_ARGS, chromiumExecutable } from './test/support/chromium'

export default defineConfig({
  testDir: 'test',
  outputDir: 'test-results',
  workers: 2,
  retries: 0,
  fullyParallel: true,
  forbidOnly: true,
  timeout: 180_000,
  // A machine under load is slow, not wrong.
  expect: { timeout: 30_000 },
  reporter: 'line',
  use: {
    browserName: 'chromium',
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    launchOptions: { executablePath: chromiumExecutable(), args: [...CHROMIUM_ARGS] },
    // A button that is not there fails its test by name, and not when the time of the whole test is over.
    actionTimeout: 30_000,
    screenshot: 'only-on-failure',
    // A trace costs a third of the time of all tests that pass; `npx playwright test --trace on NAME` makes one.
    trace: 'off',
  },
  projects: [
    // What starts a program anew takes longest, and goes first.
    { name: 'desktop', testMatch: '**/test/desktop/**/*.{spec,test}.ts' },
    { name: 'browser', testMatch: '**/test/e2e/**/*.{spec,test}.ts' },
    // `npm run gallery`: takes pictures, asserts nothing.
    { name: 'gallery', testMatch: '**/test/gallery/*.spec.ts' },
  ],
})
