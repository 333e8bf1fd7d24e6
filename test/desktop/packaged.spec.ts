import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractAll, extractFile, listPackage } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect } from '@playwright/test'
import { test as base } from './support/desktop-test'
import { packProgram } from './support/packed'

interface Packed {
  /** The folder of the program. */
  folder: string
  asar: string
  /** Paths in the asar, with `/`, without the first one. */
  files: string[]
}

const test = base.extend<object, { packed: Packed }>({
  packed: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
    async ({}, use) => {
      const made = await mkdtemp(join(tmpdir(), 'zairyu-packed-'))
      const folder = await packProgram(made)
      const asar = join(folder, 'resources/app.asar')
      const files = listPackage(asar, { isPack: false }).map((path) => path.replaceAll('\\', '/').slice(1))
      await use({ folder, asar, files })
      await rm(made, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
})

// One packing for all of them.
test.describe.configure({ mode: 'default' })

/** A fuse that is on, as a letter in the binary. */
const ENABLED = '1'.charCodeAt(0)

const STATIC = /(?:^|[;\n])\s*(?:import|export)\s*(?:[\w$\s{},*]*?\sfrom\s*)?["']([^"'\n]+)["']/g
const DYNAMIC = /\bimport\(\s*["']([^"'\n]+)["']\s*\)/g
const packageOf = (specifier: string) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? ''

/** Packages that the bundle of the desktop shell loads, whichever of its files says so. */
function loadedByTheProgram({ asar, files }: Packed): string[] {
  const code = files.filter((path) => /^out\/(main|preload)\/.*\.(js|cjs)$/.test(path))
  const named = code.flatMap((path) => {
    const text = extractFile(asar, path)
      .toString()
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/^\s*\/\/.*$/gm, '')
    return [...text.matchAll(STATIC), ...text.matchAll(DYNAMIC)].map(([, specifier]) => specifier ?? '')
  })
  const foreign = named.filter((specifier) => !/^(\.|node:|electron$)/.test(specifier))
  return [...new Set(foreign.map(packageOf))].sort()
}

const packedPackages = ({ files }: Packed) =>
  [...new Set(files.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/@]+)\/./.exec(path)?.[1] ?? []))].sort()

/** Packages with all that they depend on, as they say themselves. */
function withDependencies(names: string[], found = new Set<string>()): Set<string> {
  for (const name of names) {
    if (found.has(name)) continue
    found.add(name)
    const manifest = readFileSync(new URL(`../../node_modules/${name}/package.json`, import.meta.url), 'utf8')
    const { dependencies = {} } = JSON.parse(manifest) as { dependencies?: Record<string, string> }
    withDependencies(Object.keys(dependencies), found)
  }
  return found
}

test('the packed program is the built one and the packages that it loads', ({ packed }) => {
  expect([...new Set(packed.files.map((path) => path.split('/')[0]))].sort()).toEqual([
    'node_modules',
    'out',
    'package.json',
  ])
  const built = globSync('out/**/*.{js,cjs,html,css,woff2}', { cwd: new URL('../../', import.meta.url) })
  const expected = built
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/main\/(cli|serve)\.js$/.test(path))
  expect(packed.files.filter((path) => /^out\/.*\.(js|cjs|html|css|woff2)$/.test(path)).sort()).toEqual(expected.sort())

  const loaded = loadedByTheProgram(packed)
  expect(loaded).toContain('better-sqlite3')
  expect(packedPackages(packed)).toEqual(expect.arrayContaining(loaded))
  const allowed = withDependencies(loaded)
  expect(packedPackages(packed).filter((name) => !allowed.has(name))).toEqual([])
})

test('no sources, maps, tests or texts for developers are packed', ({ packed }) => {
  const unwanted =
    /\.(map|ts|mts|cts|vue|md|cpp|c|h|gyp)$|(^|\/)(tests?|__tests__|examples?|docs|\.github)\/|\.test\.|(^|\/)\.(?!$)/
  expect(packed.files.filter((path) => unwanted.test(path))).toEqual([])
})

test('what the packed program says about itself has no scripts and no packages for developers', ({ packed }) => {
  const manifest = JSON.parse(extractFile(packed.asar, 'package.json').toString()) as Record<string, unknown>
  expect(manifest).toMatchObject({ name: 'zairyu', main: 'out/main/index.js', type: 'module' })
  expect(Object.keys(manifest)).not.toContain('devDependencies')
  expect(manifest['scripts'] ?? {}).toEqual({})
})

test('natives lie beside the archive, and only those of this system', ({ packed }) => {
  const sqlite = `node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`
  const natives = packed.files.filter((path) => path.endsWith('.node')).sort()
  expect(natives).toEqual([
    expect.stringMatching(
      new RegExp(`^node_modules/argon2/prebuilds/linux-${process.arch}/argon2[.\\w]*\\.glibc\\.node$`),
    ),
    sqlite,
  ])
  const beside = globSync('**/*', { cwd: `${packed.asar}.unpacked`, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  expect(beside.map(({ name }) => name).sort()).toEqual(natives.map((path) => path.split('/').at(-1)).sort())
})

test('of Electron’s languages those of the program are packed', ({ packed }) => {
  const languages = readdirSync(join(packed.folder, 'locales')).map((name) => name.replace('.pak', ''))
  expect(languages.sort()).toEqual(['en-US', 'es', 'es-419', 'fil', 'ja', 'ko', 'vi', 'zh-CN', 'zh-TW'])
})

test('the fuses are set in the binary itself', async ({ packed }) => {
  const { version, ...fuses } = await getCurrentFuseWire(join(packed.folder, 'zairyu'))
  expect(version).toBe('1')
  const on = Object.entries(fuses).filter(([, state]) => state === ENABLED)
  expect(on.map(([fuse]) => FuseV1Options[Number(fuse)]).sort()).toEqual([
    'EnableCookieEncryption',
    'EnableEmbeddedAsarIntegrityValidation',
    'OnlyLoadAppFromAsar',
  ])
  expect(Object.keys(fuses)).toHaveLength(8)
})

test('a program without a signature knows no place of updates', ({ packed }) => {
  expect(existsSync(join(packed.folder, 'resources/app-update.yml'))).toBe(false)
})

test('the packed files are enough to run', async ({ packed, launch, dataDir }) => {
  test.skip(process.platform !== 'linux', 'the packed natives are those of Linux')
  const program = join(dataDir, 'program')
  extractAll(packed.asar, program)
  const { page } = await launch({ entry: join(program, 'out/main/index.js'), dataDir: join(dataDir, 'data') })
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(await page.evaluate(async () => (await fetch('/api/v1/health')).status)).toBe(200)
})
