import { chmodSync, lstatSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, parse, resolve } from 'node:path'

/** Folders of the data directory whose files are all the program's. */
const OWN_FOLDERS = new Set(['backups', 'crashes', 'log'])
const OTHERS = 0o077
const STICKY = 0o1000

/** Takes from all others what they may do with a file or folder that is this user's; answers whether it is closed now. */
function close(path: string): boolean {
  const { mode, uid } = lstatSync(path)
  if ((mode & OTHERS) === 0) return true
  if (uid !== process.getuid?.()) return false
  chmodSync(path, mode & 0o700)
  return true
}

function closeBelow(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isFile() || entry.isDirectory()) close(path)
    if (entry.isDirectory()) closeBelow(path)
  }
}

/** Folders that people share or that hold other things, too: what lies in them is closed, they themselves are not. */
function isShared(folder: string): boolean {
  const path = resolve(folder)
  return path === parse(path).root || path === homedir() || (lstatSync(path).mode & STICKY) !== 0
}

/**
 * Closes a data directory to everybody but its owner (0700 and 0600), as older versions did not: folder, database, settings, log,
 * backups. What cannot be closed is left, and nothing fails; Windows has its own rights, which the user's folder brings along.
 */
export function restrictToOwner(dataDir: string): void {
  if (process.platform === 'win32') return
  try {
    if (!isShared(dataDir)) close(dataDir)
    for (const entry of readdirSync(dataDir, { withFileTypes: true })) {
      const path = join(dataDir, entry.name)
      if (entry.isFile() && /^(zairyu\.sqlite|settings\.json)/.test(entry.name)) close(path)
      if (!entry.isDirectory() || !OWN_FOLDERS.has(entry.name)) continue
      close(path)
      closeBelow(path)
    }
  } catch {
    // `doctor` says what others can read.
  }
}

/** Whether others may read or enter a data directory, its database or its settings; null where that cannot be told. */
export function isOpenToOthers(dataDir: string): boolean | null {
  if (process.platform === 'win32') return null
  try {
    return (lstatSync(dataDir).mode & OTHERS) !== 0
  } catch {
    return null
  }
}
