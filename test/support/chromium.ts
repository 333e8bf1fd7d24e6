import { findChromium } from '../../scripts/setup/chromium.mjs'

/** What Chromium is started with everywhere: as root in a container, and without anything that asks the network. */
export const CHROMIUM_ARGS: readonly string[] = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** The path of the Chromium that the tests drive. Throws when there is none; `npm test` installs one before it comes to that. */
export function chromiumExecutable(): string {
  const found = findChromium()
  if (found) return found
  const told = process.env['ZAIRYU_CHROMIUM']
  throw new Error(
    told
      ? `ZAIRYU_CHROMIUM is ${told}, where no file is.`
      : 'No Chromium found. Run `npm test`, which installs one, or name one in ZAIRYU_CHROMIUM.',
  )
}
