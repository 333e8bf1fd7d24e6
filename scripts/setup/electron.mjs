/** Where Electron's binary is, and whether it could be fetched. Never imports `electron`: that alone would start a download. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './step.mjs'

const PROBE_LIMIT_MS = 8_000

export const ELECTRON_PACKAGE = join(ROOT, 'node_modules/electron')

/** The Electron binary that lies in node_modules, or null. */
export function installedElectron() {
  try {
    const binary = join(ELECTRON_PACKAGE, 'dist', readFileSync(join(ELECTRON_PACKAGE, 'path.txt'), 'utf8'))
    return existsSync(binary) ? binary : null
  } catch {
    return null
  }
}

/** Whether a window could be opened here at all. */
export const hasScreen = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

/** Whether the place from which Electron comes answers at all, so that a machine without network is told at once. */
export async function canReachDownloads() {
  const mirror =
    process.env.ELECTRON_MIRROR ??
    process.env.npm_config_electron_mirror ??
    'https://github.com/electron/electron/releases'
  try {
    await fetch(mirror, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_LIMIT_MS) })
    return true
  } catch {
    return false
  }
}
