/** `npm start`: sets up, then opens the program in Electron where that can be had, else in the browser shell. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { become } from './child.mjs'
import { CACHE, command, prepare, ROOT, runQuietly, step } from './setup.mjs'

const PACKAGE = join(ROOT, 'node_modules/electron')
const NOT_TODAY = join(CACHE, 'electron-unavailable')
const PROBE_LIMIT_MS = 8_000
const DOWNLOAD_LIMIT_MS = 5 * 60_000

/** The Electron binary that lies in node_modules, or null. */
function installedElectron() {
  try {
    const binary = join(PACKAGE, 'dist', readFileSync(join(PACKAGE, 'path.txt'), 'utf8'))
    return existsSync(binary) ? binary : null
  } catch {
    return null
  }
}

/** Whether the place from which Electron comes answers at all, so that a machine without network starts at once. */
async function canReachDownloads() {
  const place =
    process.env.ELECTRON_MIRROR ??
    process.env.npm_config_electron_mirror ??
    'https://github.com/electron/electron/releases'
  try {
    await fetch(place, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_LIMIT_MS) })
    return true
  } catch {
    return false
  }
}

/** Fetches Electron's binary; a failure is remembered for the day, so that the next start does not wait for it again. */
async function fetchElectron(node) {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))
  const today = `${version} ${new Date().toISOString().slice(0, 10)}`
  if (existsSync(NOT_TODAY) && readFileSync(NOT_TODAY, 'utf8') === today) return null
  try {
    if (!(await canReachDownloads())) throw new Error('not reachable')
    const install = [join(PACKAGE, 'install.js')]
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
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return null
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
  const follow = pathToFileURL(join(ROOT, 'scripts/follow-parent.mjs')).href
  return become(node, ['--import', follow, join(ROOT, 'out/main/serve.js'), ...flags], { ipc: true })
})
