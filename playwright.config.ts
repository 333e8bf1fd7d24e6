import { defineConfig } from '@playwright/test'
import { CHROMIUM_ARGS, chromiumExecutable } from './test/support/chromium'

export default defineConfig({
  testDir: 'test',
  outputDir: 'test-results',
  // Two cores are half idle while the tests wait for the program and the page.
  workers: 3,
  retries: 0,
  fullyParallel: true,
  forbidOnly: true,
  timeout: 90_000,
  // A machine under load is slow, not wrong.
  expect: { timeout: 15_000 },
  reporter: 'line',
  use: {
    browserName: 'chromium',
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    launchOptions: { executablePath: chromiumExecutable(), args: [...CHROMIUM_ARGS] },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'browser', testMatch: '**/test/e2e/**/*.{spec,test}.ts' },
    // `npm run gallery`: takes pictures, asserts nothing.
    { name: 'gallery', testMatch: '**/test/gallery/*.spec.ts' },
    { name: 'desktop', testMatch: '**/test/desktop/**/*.{spec,test}.ts' },
  ],
})
