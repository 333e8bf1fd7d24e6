import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'

/** What Chromium is started with everywhere: as root in a container, and without anything that asks the network. */
export const CHROMIUM_ARGS: readonly string[] = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** The usual places of a Chromium, in the order in which they are tried. */
function usualPlaces(): string[] {
  const env = process.env
  const bases = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter(
    (base) => base !== undefined,
  )
  switch (process.platform) {
    case 'win32':
      return bases.flatMap((base) => [
        join(base, 'Google/Chrome/Application/chrome.exe'),
        join(base, 'Microsoft/Edge/Application/msedge.exe'),
        join(base, 'Chromium/Application/chrome.exe'),
      ])
    case 'darwin':
      return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
        (app) => `/Applications/${app}.app/Contents/MacOS/${app}`,
      )
    default:
      return [
        '/usr/bin/chromium',
        '/usr/bin/chromium-browser',
        '/usr/bin/google-chrome',
        '/usr/bin/google-chrome-stable',
        '/usr/bin/microsoft-edge',
        '/snap/bin/chromium',
      ]
  }
}

/**
 * The path of the Chromium that the tests drive: `ZAIRYU_CHROMIUM`, else the one Playwright has installed, else an
 * installed Chromium, Chrome or Edge. Throws when there is none; `npm test` installs one before it comes to that.
 */
export function chromiumExecutable(): string {
  const told = process.env['ZAIRYU_CHROMIUM']
  const found = (told ? [told] : [chromium.executablePath(), ...usualPlaces()]).find((path) => path && existsSync(path))
  if (found) return found
  throw new Error(
    told
      ? `ZAIRYU_CHROMIUM is ${told}, where no file is.`
      : 'No Chromium found. Run `npm test`, which installs one, or name one in ZAIRYU_CHROMIUM.',
  )
}
