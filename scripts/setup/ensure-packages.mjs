/** Packages of the lock file, and a Node that is new enough to run the program. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { withLock } from './lock.mjs'
import { CACHE, ROOT, runQuietly, SetupError, step } from './step.mjs'

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

/** Whether node_modules holds what the lock file asks for, by npm's own record of its last complete run. */
function packagesAreThere() {
  const wanted = readJson(join(ROOT, 'package-lock.json'))?.packages
  const found = readJson(join(ROOT, 'node_modules', '.package-lock.json'))?.packages
  if (!wanted || !found) return false
  return Object.entries(wanted).every(
    ([path, { version, optional, peer }]) =>
      path === '' || found[path]?.version === version || (!found[path] && (optional || peer)),
  )
}

/** The program and first arguments by which npm is run: as it was started, else the one beside Node, else that of the path. */
function npm() {
  const beside = join(
    dirname(process.execPath),
    process.platform === 'win32' ? '' : '../lib',
    'node_modules/npm/bin/npm-cli.js',
  )
  const script = [process.env.npm_execpath, beside].find(
    (path) => path && /npm-cli\.js$/.test(path) && existsSync(path),
  )
  if (script) return [process.execPath, script]
  return process.platform === 'win32' ? [process.env.ComSpec ?? 'cmd.exe', '/c', 'npm'] : ['npm']
}

function runNpm(...args) {
  const [command, ...first] = npm()
  return runQuietly(command, [...first, ...args, '--no-audit', '--no-fund', '--no-update-notifier'])
}

const OFFLINE_ADVICE = 'Is the network there? Behind a proxy, `npm config get proxy registry` shows what npm uses.'

/** Installs what the lock file asks for, where it is not there. */
export async function ensurePackages() {
  if (packagesAreThere()) return
  await withLock(join(CACHE, 'packages.lock'), async () => {
    if (packagesAreThere()) return
    await step('Installing packages', () => runNpm('ci', '--include=dev', '--ignore-scripts')).catch((error) => {
      throw new SetupError(error.message, `The packages could not be installed. ${OFFLINE_ADVICE}`)
    })
  })
}

const OWN_NODE = join(ROOT, '.tools/node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** The database wants Node 22 (and would crash without a word on Node 20); 22.18 and 24 are what is tried. */
function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number)
  return major > 23 || (major === 22 && minor >= 18)
}

/** @returns the path of a Node that can run the program */
export async function ensureNode() {
  if (isNewEnough(process.versions.node)) return process.execPath
  if (existsSync(OWN_NODE)) return OWN_NODE
  await withLock(join(CACHE, 'node.lock'), async () => {
    if (existsSync(OWN_NODE)) return
    const tools = join(ROOT, '.tools')
    mkdirSync(tools, { recursive: true })
    await step(`Fetching Node 24 (this is ${process.versions.node})`, () =>
      runNpm('install', '--no-save', '--prefix', tools, 'node@24'),
    ).catch((error) => {
      throw new SetupError(
        error.message,
        `Node 22.18 or later is needed. Install it from nodejs.org. ${OFFLINE_ADVICE}`,
      )
    })
  })
  return OWN_NODE
}
