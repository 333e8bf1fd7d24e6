/** `npm start`: sets up, then opens the program in Electron where that can be had, else in the browser shell. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { become } from './setup/child.mjs'
import { canReachDownloads, ELECTRON_PACKAGE, hasScreen, installedElectron } from './setup/electron.mjs'
import { prepare } from './setup/prepare.mjs'
import { CACHE, command, ROOT, runQuietly, step } from './setup/step.mjs'

const NOT_TODAY = join(CACHE, 'electron-unavailable')
const DOWNLOAD_LIMIT_MS = 5 * 60_000

/** Fetches Electron's binary; a failure is remembered for the day, so that the next start does not wait for it again. */
async function fetchElectron(node) {
  const { version } = JSON.parse(readFileSync(join(ELECTRON_PACKAGE, 'package.json'), 'utf8'))
  const today = `${version} ${new Date().toISOString().slice(0, 10)}`
  if (existsSync(NOT_TODAY) && readFileSync(NOT_TODAY, 'utf8') === today) return null
  try {
    if (!(await canReachDownloads())) throw new Error('not reachable')
    const install = [join(ELECTRON_PACKAGE, 'install.js')]
    await step('Fetching Electron', () => runQuietly(node, install, { limit: DOWNLOAD_LIMIT_MS }))
    return installedElectron()
  } catch {
    mkdirSync(CACHE, { recursive: true })
    writeFileSync(NOT_TODAY, today)
    return null
  }
}

/** The Electron to run: the one that was named, or one that can open a window here; null when there is none. */
async function electron(node) {
  if (process.env.ELECTRON_EXEC_PATH) return process.env.ELECTRON_EXEC_PATH
  if (!hasScreen()) return null
  return installedElectron() ?? (await fetchElectron(node))
}

await command(async () => {
  const flags = process.argv.slice(2)
  const node = await prepare()
  if (!flags.includes('--browser')) {
    const binary = await electron(node)
    if (binary) return become(binary, [join(ROOT, 'out/main/index.js'), ...flags])
    process.stderr.write('Electron is not available here; using the browser shell.\n')
  }
  const follow = pathToFileURL(join(ROOT, 'scripts/setup/follow-parent.mjs')).href
  return become(node, ['--import', follow, join(ROOT, 'out/main/serve.js'), ...flags], { ipc: true })
})
