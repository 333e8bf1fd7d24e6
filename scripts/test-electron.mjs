/**
 * `npm run test:electron`: the desktop specs in Electron itself, never on its stand-in. Where Electron cannot run it says so and ends with 1:
 * nothing was tested, and that is no pass. Words select spec files by name.
 */
import { join } from 'node:path'
import { become } from './setup/child.mjs'
import { hasScreen, installedElectron } from './setup/electron.mjs'
import { ensureChromium } from './setup/ensure-browsers.mjs'
import { prepare } from './setup/prepare.mjs'
import { command, ROOT } from './setup/step.mjs'

/** Why Electron cannot run here, in one line; null when it can. */
function obstacle() {
  if (!installedElectron())
    return "Nothing was tested: Electron's binary is not here. `node node_modules/electron/install.js` fetches it where there is a network."
  if (!hasScreen()) return 'Nothing was tested: there is no screen. `xvfb-run npm run test:electron` brings one.'
  return null
}

await command(async () => {
  const node = await prepare()
  const why = obstacle()
  if (why !== null) {
    process.stderr.write(`${why}\n`)
    return 1
  }
  // Playwright's own configuration names a Chromium, also for specs that need none.
  const chromium = await ensureChromium(node)
  const playwright = join(ROOT, 'node_modules/@playwright/test/cli.js')
  const config = ['--config', join(ROOT, 'playwright.config.ts'), '--project=desktop']
  return become(node, [playwright, 'test', ...config, ...process.argv.slice(2)], {
    env: { ...process.env, ZAIRYU_CHROMIUM: chromium, ZAIRYU_TEST_ELECTRON: '1' },
  })
})
