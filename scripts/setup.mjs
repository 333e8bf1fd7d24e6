/**
 * What every command needs before it can run: packages, a Node that is new enough, a build, and for tests the browsers.
 * Runs on Node 18 and later with Node's own modules only, says nothing when nothing is to do, and says all else on
 * stderr, one line for each step. The tools' own output goes to `.cache/setup.log` and is shown only when one fails.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { findChromium, HEADLESS_SHELL } from './chromium.mjs'
import { ENGINE_PACKAGES, findFirefox, findWebKit } from './engines.mjs'
import { withLock } from './lock.mjs'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))
export const CACHE = join(ROOT, '.cache')
const LOG = join(CACHE, 'setup.log')
const LOG_LIMIT_BYTES = 1_000_000
const BUILD_STAMP = join(ROOT, 'out', '.built-from')

/** A step that could not be done; `advice` is what the reader can do about it. */
export class SetupError extends Error {
  constructor(message, advice) {
    super(message)
    this.advice = advice
  }
}

/** Runs a program to its end with its output in the log. Rejects with the end of that output. */
export function runQuietly(command, args, { env = process.env, limit, cwd = ROOT } = {}) {
  mkdirSync(CACHE, { recursive: true })
  if (existsSync(LOG) && statSync(LOG).size > LOG_LIMIT_BYTES) rmSync(LOG, { force: true })
  writeFileSync(LOG, `\n> ${[command, ...args].join(' ')}\n`, { flag: 'a' })
  const log = openSync(LOG, 'a+')
  const from = readFileSync(LOG).length
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', log, log], timeout: limit, windowsHide: true })
    child.on('error', (error) => reject(error))
    child.on('exit', (code, signal) => {
      closeSync(log)
      if (code === 0) return resolve(undefined)
      const lines = readFileSync(LOG).subarray(from).toString().trimEnd().split('\n').slice(-30)
      reject(new Error([...lines, signal ? `(ended by ${signal})` : `(exit code ${code})`].join('\n')))
    })
  })
}

/**
 * Does a step and says so on stderr: at a terminal one line with the seconds as they pass, elsewhere a line when it
 * begins and one when it is done.
 */
export async function step(label, work) {
  const begin = Date.now()
  const seconds = () => `${Math.round((Date.now() - begin) / 1000)} s`
  const { stderr } = process
  let tick
  if (stderr.isTTY) {
    const frames = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'
    let n = 0
    const draw = () => stderr.write(`\r\x1b[K${frames[n++ % frames.length]} ${label} … ${seconds()}`)
    draw()
    tick = setInterval(draw, 120)
  } else stderr.write(`${label} …\n`)
  try {
    const result = await work()
    stderr.write(stderr.isTTY ? `\r\x1b[K✓ ${label} (${seconds()})\n` : `${label}: done in ${seconds()}\n`)
    return result
  } catch (error) {
    stderr.write(stderr.isTTY ? `\r\x1b[K✗ ${label} (${seconds()})\n` : `${label}: failed after ${seconds()}\n`)
    throw error
  } finally {
    clearInterval(tick)
  }
}

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

async function ensurePackages() {
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
async function ensureNode() {
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

/** Every file under a path, deepest order stable; a file is its own only member, nothing when it is not there. */
function filesUnder(path) {
  if (path === PICTURES) return []
  try {
    return readdirSync(path, { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(path, entry.name)) : [join(path, entry.name)]))
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path]
    if (error.code === 'ENOENT') return []
    throw error
  }
}

const PICTURES = join(ROOT, 'resources/pictures')
const BUILT_FROM = [
  'src-main',
  'src-preload',
  'src-renderer',
  'resources',
  'electron.vite.config.ts',
  'scripts/before-start.mjs',
  'scripts/catalogue-messages.mjs',
  'scripts/external-packages.mjs',
  'scripts/licences.mjs',
  'scripts/template-readings.mjs',
  'scripts/vue-by-name.mjs',
  'package.json',
  'package-lock.json',
]

/** A hash of all that a build depends on, names and contents. */
function sourcesHash() {
  const hash = createHash('sha256')
  for (const file of BUILT_FROM.flatMap((path) => filesUnder(join(ROOT, path)))) {
    const content = readFileSync(file)
    hash.update(`${relative(ROOT, file).split(sep).join('/')}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** The build is good when the stamp names these sources and the last file that it makes is there. */
function isBuilt(hash) {
  try {
    return readFileSync(BUILD_STAMP, 'utf8') === hash && existsSync(join(ROOT, 'out/renderer/index.html'))
  } catch {
    return false
  }
}

/** Says that `out` no longer holds what the stamp says; the next command builds anew. */
export function forgetBuild() {
  rmSync(BUILD_STAMP, { force: true })
}

async function ensureBuild(node) {
  if (isBuilt(sourcesHash())) return
  await withLock(join(CACHE, 'build.lock'), async () => {
    const hash = sourcesHash()
    if (isBuilt(hash)) return
    forgetBuild()
    await step('Building', () =>
      runQuietly(node, [join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js'), 'build']),
    ).catch((error) => {
      throw new SetupError(error.message, 'The sources could not be built. The message above says where.')
    })
    writeFileSync(BUILD_STAMP, hash)
  })
}

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

/**
 * Makes the clone ready to run.
 * @returns {Promise<string>} the path of the Node to run it with
 */
export async function prepare() {
  const node = await preparePackages()
  await ensureBuild(node)
  return node
}

/** The same without a build, for what looks at the sources alone. */
export async function preparePackages() {
  const node = await ensureNode()
  await ensurePackages()
  return node
}

/** Runs a command's main function; a failed set-up ends with what happened and what to do, never with a stack trace. */
export async function command(main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    const said = process.stderr.isTTY ? error.message : stripVTControlCharacters(error.message)
    process.stderr.write(`${said}\n\n${error.advice}\n`)
    process.exitCode = 1
  }
}
