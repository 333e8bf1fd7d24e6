/** Where a Chromium is that tests can drive. Only for tests: the program itself never needs one. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** Debian's headless shell: the same Chromium without windows, with a third less work for every page. */
export const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell'

/** @returns {string | null} where Playwright keeps its own Chromium, whether or not it is there */
function playwrightsOwn() {
  try {
    return createRequire(import.meta.url)('playwright-core').chromium.executablePath()
  } catch {
    return null
  }
}

/** @returns {string[]} the usual places of an installed browser, in the order in which they are tried */
function usualPlaces() {
  const { PROGRAMFILES, 'PROGRAMFILES(X86)': PROGRAMFILES_X86, LOCALAPPDATA } = process.env
  switch (process.platform) {
    case 'win32':
      return [PROGRAMFILES, PROGRAMFILES_X86, LOCALAPPDATA].flatMap((base) =>
        base
          ? [
              join(base, 'Google/Chrome/Application/chrome.exe'),
              join(base, 'Microsoft/Edge/Application/msedge.exe'),
              join(base, 'Chromium/Application/chrome.exe'),
            ]
          : [],
      )
    case 'darwin':
      return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
        (app) => `/Applications/${app}.app/Contents/MacOS/${app}`,
      )
    default:
      return [
        HEADLESS_SHELL,
        ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'].map(
          (name) => `/usr/bin/${name}`,
        ),
      ]
  }
}

/**
 * The Chromium that tests drive: `ZAIRYU_CHROMIUM`, else an installed Chromium, Chrome or Edge, else Playwright's own.
 * Asking Playwright costs a third of a second, therefore it comes last.
 * @returns {string | null}
 */
export function findChromium() {
  const told = process.env.ZAIRYU_CHROMIUM
  if (told) return existsSync(told) ? told : null
  return (
    usualPlaces().find((path) => existsSync(path)) ??
    [playwrightsOwn()].find((path) => path && existsSync(path)) ??
    null
  )
}
