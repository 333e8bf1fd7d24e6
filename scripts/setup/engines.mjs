/** Where the browsers beside Chromium are that tests can drive. Only for tests: the program itself needs none of them. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Debian's packages for them. MiniBrowser comes with the library that the driver needs. */
export const ENGINE_PACKAGES = ['webkit2gtk-driver', 'xvfb', 'firefox-esr']

const firstOf = (paths) => paths.find((path) => path && existsSync(path)) ?? null

/** Where Debian puts it, for whatever processor and version of the library. */
const miniBrowsers = () =>
  readdirSync('/usr/lib', { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.endsWith('-linux-gnu'))
    .flatMap(({ name }) => ['4.1', '4.0', '6.0'].map((version) => `/usr/lib/${name}/webkit2gtk-${version}/MiniBrowser`))

/** @returns {{ driver: string, browser: string, screen: string } | null} WebKit as Debian has it: nearest to Safari of what can be driven everywhere */
export function findWebKit() {
  if (process.platform !== 'linux') return null
  const [driver, screen] = ['WebKitWebDriver', 'Xvfb'].map((name) => firstOf([`/usr/bin/${name}`]))
  const browser = firstOf(miniBrowsers())
  return driver && screen && browser ? { driver, browser, screen } : null
}

/** @returns {string | null} an installed Firefox */
export function findFirefox() {
  const { PROGRAMFILES } = process.env
  switch (process.platform) {
    case 'win32':
      return firstOf([PROGRAMFILES && join(PROGRAMFILES, 'Mozilla Firefox/firefox.exe')])
    case 'darwin':
      return firstOf(['/Applications/Firefox.app/Contents/MacOS/firefox'])
    default:
      return firstOf(['/usr/bin/firefox-esr', '/usr/bin/firefox'])
  }
}
