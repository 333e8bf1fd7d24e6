/**
 * `npm run package`: the program as people install it, into `dist`. Made for the system it runs on unless `--linux`, `--mac`, `--win`
 * say otherwise; `--dir` makes a folder instead of installers, `--unsigned` one to try out. What is missing is said first,
 * a line each.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { canReachDownloads } from './setup/electron.mjs'
import { drawIcons } from './packaging/icons.mjs'
import { missingForPackage, readPackageFlags } from './packaging/package-needs.mjs'
import { prepare } from './setup/prepare.mjs'
import { CACHE, command, ROOT, runQuietly, SetupError, step } from './setup/step.mjs'

const DIST = join(ROOT, 'dist')
const ARGON = join(ROOT, 'node_modules/argon2')
const ARGON_FOR_INTEL = join(ARGON, 'prebuilds/darwin-x64')

const isInstalled = (program) => !spawnSync(program, ['--version'], { stdio: 'ignore' }).error

/** argon2 comes without a build for Macs with Intel processors: it is compiled here, for the universal program. */
async function compileArgon(node) {
  if (existsSync(ARGON_FOR_INTEL)) return
  const gyp = join(ROOT, 'node_modules/node-gyp/bin/node-gyp.js')
  await step('Compiling argon2 for Intel Macs', () =>
    runQuietly(node, [gyp, 'rebuild', '--arch=x64'], { cwd: ARGON }),
  ).catch((error) => {
    throw new SetupError(error.message, 'argon2 could not be compiled. `xcode-select --install` brings the compiler.')
  })
  mkdirSync(ARGON_FOR_INTEL, { recursive: true })
  renameSync(join(ARGON, 'build/Release/argon2.node'), join(ARGON_FOR_INTEL, 'argon2.glibc.node'))
  // What lies in `build` would be loaded before everything else, on every processor.
  rmSync(join(ARGON, 'build'), { recursive: true })
}

/** electron-builder's own words, without the places in its code. */
const withoutTrace = (text) =>
  text
    .split('\n')
    .filter((line) => !/^\s+at /.test(line))
    .join('\n')

async function pack(node, system, { dir, unsigned }) {
  const { ZAIRYU_ELECTRON_DIST: electron } = process.env
  const builder = join(ROOT, 'node_modules/electron-builder/cli.js')
  const args = [
    `--${system}`,
    ...(dir ? ['--dir'] : []),
    '--publish',
    'never',
    '--config',
    'electron-builder.config.ts',
  ]
  if (electron) args.push(`-c.electronDist=${electron}`)
  const env = { ...process.env, ZAIRYU_PACKAGE_UNSIGNED: unsigned || dir ? '1' : '' }
  await step(`Packing (${system})`, () => runQuietly(node, [builder, ...args], { env })).catch((error) => {
    throw new SetupError(withoutTrace(error.message), 'The program could not be packed. The message above says why.')
  })
}

await command(async () => {
  const wanted = readPackageFlags(process.argv.slice(2), process.platform)
  if (wanted.wrong !== null) {
    process.stderr.write(`${wanted.wrong} is not understood; allowed: --linux, --mac, --win, --dir, --unsigned\n`)
    return 2
  }
  const missing = missingForPackage(wanted, {
    host: process.platform,
    env: process.env,
    downloads: await canReachDownloads(),
    wine: isInstalled('wine'),
  })
  if (missing.length) {
    process.stderr.write(`${missing.join('\n')}\n`)
    return 1
  }
  const node = await prepare()
  await step('Drawing the icons', () => drawIcons(join(CACHE, 'icons')))
  if (wanted.systems.includes('mac')) await compileArgon(node)
  for (const system of wanted.systems) await pack(node, system, wanted)
  if (wanted.unsigned || wanted.dir)
    process.stderr.write('Not signed: for trying out, not for handing over. It never looks for updates.\n')
  const made = readdirSync(DIST).filter((name) =>
    /-unpacked$|^mac|\.(AppImage|deb|exe|dmg|zip|yml|blockmap)$/.test(name),
  )
  for (const name of made.filter((name) => !name.startsWith('builder-'))) console.log(join(DIST, name))
  return 0
})
