/** The build, by the hash of its sources: a date would say nothing after a checkout. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { withLock } from './lock.mjs'
import { CACHE, ROOT, runQuietly, SetupError, step } from './step.mjs'

const BUILD_STAMP = join(ROOT, 'out', '.built-from')

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
  'scripts/build',
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

/** Builds where the build is older than its sources. */
export async function ensureBuild(node) {
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
