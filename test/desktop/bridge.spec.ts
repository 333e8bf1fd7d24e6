import { expect } from '@playwright/test'
import type { ShellBridge } from '#contract/ipc/ipc'
import { test } from './support/desktop-test'

declare global {
  interface Window {
    zairyu?: ShellBridge
  }
}

test('the page finds named methods, and no way to send anything else', async ({ desktop }) => {
  const { page } = desktop
  const found = await page.evaluate(() => ({
    bridge: Object.keys(window.zairyu ?? {}).sort(),
    node: ['require', 'process', 'module', 'ipcRenderer', 'electron'].filter((name) => name in window),
  }))
  const bridge = [
    'about',
    'changeSettings',
    'continueKiosk',
    'extendSession',
    'finishKiosk',
    'kioskStatus',
    'leaveKiosk',
  ]
  bridge.push(
    'onKioskChanged',
    'onLinkOpened',
    'onSessionChanged',
    'sessionStatus',
    'settings',
    'takeLink',
    'tellLanguage',
  )
  bridge.push('failure', 'makeSupportFile', 'onFailed', 'reportCrash', 'restart', 'saveFile')
  expect(found).toEqual({ bridge: bridge.sort(), node: [] })
})

test('our page is told about the program', async ({ launch }) => {
  const { page } = await launch({ args: ['--training'] })
  const about = await page.evaluate(() => window.zairyu?.about())
  const version = expect.stringMatching(/^\d+\.\d+\.\d+/)
  const engines = { electron: version, chromium: version, node: version }
  expect(about).toEqual({ shell: 'desktop', version, training: true, kiosk: false, engines })
})

test('a page of another origin in the same window is refused', async ({ desktop }) => {
  const { page } = desktop
  await page.goto('data:text/html,<h1>elsewhere</h1>')
  await expect(page.getByRole('heading')).toHaveText('elsewhere')
  const answer = await page.evaluate(() => window.zairyu?.takeLink().catch((error: unknown) => String(error)))
  expect(answer).toContain('ipc.sender')
})

test('arguments that a call does not have are refused', async ({ desktop }) => {
  const { page } = desktop
  const answer = await page.evaluate(() => {
    const about = window.zairyu?.about as (more: string) => Promise<unknown>
    return about('more').catch((error: unknown) => String(error))
  })
  expect(answer).toContain('ipc.arguments')
})

test('a subscription ends with its undo', async ({ desktop }) => {
  const { page, open } = desktop
  await page.evaluate(() => {
    const heard: Record<string, string[]> = { stays: [], undone: [] }
    Object.assign(window, { heard })
    window.zairyu?.onLinkOpened((path) => heard['stays']?.push(path))
    window.zairyu?.onLinkOpened((path) => heard['undone']?.push(path))()
  })
  const path = `/register/${'y'.repeat(43)}`
  await open(`zairyu://open${path}`)
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { heard: unknown }).heard))
    .toEqual({ stays: [path], undone: [] })
})
