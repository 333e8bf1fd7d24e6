/** The browsers that tests drive. The program itself needs none of them. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { findChromium, HEADLESS_SHELL } from './chromium.mjs'
import { ENGINE_PACKAGES, findFirefox, findWebKit } from './engines.mjs'
import { withLock } from './lock.mjs'
import { CACHE, ROOT, runQuietly, SetupError, step } from './step.mjs'

/** @returns the path of a Chromium for the tests, installed now if there was none */
export async function ensureChromium(node) {
  const told = process.env.ZAIRYU_CHROMIUM
  if (told && !existsSync(told))
    throw new SetupError(`ZAIRYU_CHROMIUM is ${told}, where no file is.`, 'Correct or unset it.')
  if (isThere()) return findChromium()
  await withLock(join(CACHE, 'chromium.lock'), async () => {
    if (isThere()) return
    await step('Installing Chromium for the tests', () => installChromium(node)).catch((error) => {
      if (!findChromium())
        throw new SetupError(error.message, 'Install Chromium, Chrome or Edge, or name one in ZAIRYU_CHROMIUM.')
    })
  })
  return findChromium()
}

/**
 * Installs the browsers beside Chromium where that can be done (Debian, as root), once. What is not there afterwards is skipped by its tests, with the reason.
 * @returns {Promise<void>}
 */
export async function ensureEngines() {
  const areThere = () => findWebKit() !== null && findFirefox() !== null
  if (areThere() || !hasDebianPackages()) return
  await withLock(join(CACHE, 'engines.lock'), async () => {
    if (areThere()) return
    await step('Installing WebKit and Firefox for the tests', async () => {
      await installPackages(ENGINE_PACKAGES, { limit: 300_000 })
    }).catch((error) => {
      const why = stripVTControlCharacters(error.message).trim().split('\n').at(-1)
      process.stderr.write(`WebKit and Firefox are not tried: they could not be installed (${why})\n`)
    })
  })
}

/** By Debian's own tools; waits for another installation to end. */
async function installPackages(packages, { limit } = {}) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await runQuietly('apt-get', ['update'], { env, limit })
  const how = ['-o', 'DPkg::Lock::Timeout=300', 'install', '-y', '--no-install-recommends']
  await runQuietly('apt-get', [...how, ...packages], { env })
}

const isRoot = () => process.getuid?.() === 0

/** Whether Debian's packages can be installed. */
const hasDebianPackages = () =>
  isRoot() && existsSync('/usr/bin/apt-get') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))

/** On Debian the quick one; any will do where nothing can be installed, or where one is named. */
const isThere = () =>
  process.env.ZAIRYU_CHROMIUM || !hasDebianPackages() ? findChromium() !== null : existsSync(HEADLESS_SHELL)

async function installChromium(node) {
  if (hasDebianPackages()) {
    // Where another Chromium would do, nobody waits long for a network that is not there.
    await installPackages(['chromium-headless-shell'], { limit: findChromium() ? 90_000 : undefined })
    return
  }
  const playwright = join(ROOT, 'node_modules/@playwright/test/cli.js')
  await runQuietly(node, [playwright, 'install', ...(isRoot() ? ['--with-deps'] : []), 'chromium'])
}
