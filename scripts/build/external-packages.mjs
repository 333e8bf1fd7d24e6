/**
 * Which packages of `dependencies` stay packages beside the bundles in `out/main`; all others are bundled, so that the service
 * starts in less than half the time. One list for the build, for what electron-builder packs and for the licences.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Natives, what is loaded late or never on most machines, and what looks for files beside its own. */
const OF_THE_PROGRAM = [
  'argon2',
  'bcryptjs',
  'better-sqlite3',
  'bowser',
  'electron-updater',
  'env-paths',
  'nodemailer',
  'pino',
]

/** What only the command line and the browser shell load: they need a Node, and the packed Electron is none (`runAsNode`). */
const OF_THE_TERMINAL = ['commander', 'csv-parse', 'open']

/** What only compiling the natives needs: they come compiled. */
const FOR_COMPILING = ['cross-env', 'node-addon-api']

export const EXTERNAL_PACKAGES = [...OF_THE_PROGRAM, ...OF_THE_TERMINAL]

/** @typedef {{ dependencies?: Record<string, string>, optionalDependencies?: Record<string, string>, dev?: boolean, devOptional?: boolean }} LockedPackage */
/** @typedef {{ packages: Record<string, LockedPackage> }} Lock */

/** @returns {Lock} */
export const readLock = (root) => JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))

/** Names in `dependencies` of package.json that are bundled. */
export const bundledPackages = ({ packages }) =>
  Object.keys(packages['']?.dependencies ?? {}).filter((name) => !EXTERNAL_PACKAGES.includes(name))

/** Where a package finds another, as Node looks for it: in its own `node_modules` first, then in those of the folders above. */
function resolve(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    const path = `${folder ? `${folder}/` : ''}node_modules/${name}`
    if (path in packages) return path
    if (!folder) return null
  }
}

/**
 * The named packages and all that they depend on, as paths of the lock file (`node_modules/NAME`).
 * @param {Lock} lock
 * @param {string[]} names
 * @param {string[]} [without] packages that are left out, with what only they depend on
 */
export function withDependencies({ packages }, names, without = []) {
  const found = new Set()
  const visit = (from, name) => {
    const path = without.includes(name) ? null : resolve(packages, from, name)
    if (path === null || found.has(path)) return
    found.add(path)
    const { dependencies, optionalDependencies } = packages[path]
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) visit(path, next)
  }
  for (const name of names) visit('', name)
  return [...found]
}

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/**
 * Names of installed packages that the packed program does not load: those that are bundled, and those of the terminal.
 * @param {Lock} lock
 */
export function unpackedPackages(lock) {
  const packed = withDependencies(lock, OF_THE_PROGRAM, FOR_COMPILING).map(nameOf)
  const installed = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && !dev)
  return [...new Set(installed.map(([path]) => nameOf(path)))].filter((name) => !packed.includes(name)).sort()
}
