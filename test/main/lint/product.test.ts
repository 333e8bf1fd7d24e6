import { describe, expect, it } from 'vitest'
import { complaints } from './lint'

const SYNTAX = 'no-restricted-syntax'
const SERVICE = 'src-main/app/http-app.ts'
const SCREEN = 'src-renderer/composables/form/form.ts'
const CLOCK = 'src-main/platform/clock.ts'
const TEST = 'test/e2e/journey.spec.ts'

describe('time and chance', () => {
  const OWN = [
    'export const now = Date.now()',
    'export const now = new Date()',
    'export const now = Date()',
    'export const now = Temporal.Now.instant()',
    'export const number = Math.random()',
    'export const running = performance.now()',
    'export const running = globalThis.performance.now()',
    'export const began = performance.timeOrigin',
  ]
  it.each(OWN)('are injected, in the service and on the screens: %s', async (code) => {
    expect(await complaints(SERVICE, code)).toContain(SYNTAX)
    expect(await complaints(SCREEN, code)).toContain(SYNTAX)
  })
  it.each(OWN)('come from the platform: %s', async (code) => {
    expect(await complaints(CLOCK, code)).not.toContain(SYNTAX)
    expect(await complaints('src-main/platform/ids.ts', code)).not.toContain(SYNTAX)
    expect(await complaints('src-renderer/stores/page-clock.ts', code)).not.toContain(SYNTAX)
  })
  it('leaves a date alone that is told its time', async () => {
    expect(await complaints(SCREEN, 'export const day = new Date(0)')).not.toContain(SYNTAX)
  })
})

describe('printing', () => {
  it.each([
    { file: SERVICE, refused: true },
    { file: SCREEN, refused: true },
    { file: 'src-main/desktop/windows.ts', refused: true },
    { file: 'src-main/serve.ts', refused: false },
    { file: 'src-main/cli.ts', refused: false },
    { file: 'src-main/index.ts', refused: false },
  ])('in $file: refused $refused', async ({ file, refused }) => {
    expect((await complaints(file, "console.log('a')")).includes('no-console')).toBe(refused)
  })
})

describe('names and types', () => {
  it('refuses any', async () => {
    expect(await complaints(SERVICE, 'export const a = (b: any) => String(b)')).toContain(
      '@typescript-eslint/no-explicit-any',
    )
  })
  it.each([SERVICE, SCREEN, TEST])('refuses a default export in %s', async (file) => {
    expect(await complaints(file, 'export default 1')).toContain(SYNTAX)
  })
  it('lets a configuration have one', async () => {
    expect(await complaints('vitest.config.ts', 'export default 1')).not.toContain(SYNTAX)
  })
  it.each([
    { file: SERVICE, code: 'export const title = document.title' },
    { file: SCREEN, code: "export const home = process.env['HOME']" },
  ])('knows in $file what there is not', async ({ file, code }) => {
    expect(await complaints(file, code)).toContain('no-restricted-globals')
  })
})

describe('tests', () => {
  it.each([
    "it.only('a', () => undefined)",
    "it.skip('a', () => undefined)",
    "it.concurrent.only('a', () => undefined)",
    "describe.skip('a', () => undefined)",
    "describe.only.each([1])('a', () => undefined)",
    "it.skip.each([1])('a', () => undefined)",
    "it.todo('a')",
    "test.fixme('a', () => undefined)",
    'test.skip()',
    'test.skip(true)',
    'await page.waitForTimeout(500)',
  ])('run, all and whole, and do not sleep: %s', async (code) => {
    expect(await complaints(TEST, code)).toContain(SYNTAX)
  })
  it.each(["test.skip(process.platform !== 'linux', 'needs /proc')", "it('a', () => undefined)"])(
    'may: %s',
    async (code) => {
      expect(await complaints(TEST, code)).not.toContain(SYNTAX)
    },
  )
})
