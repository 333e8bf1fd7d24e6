import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const BUILDER = join(ROOT, 'node_modules/electron-builder/cli.js')

/** Where Electron's binary keeps its fuses: the sentinel, a version, their number, and a letter for each. */
const FUSES = { sentinel: 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', version: 1, asShipped: '10110001' }

/** Some of the languages that Electron brings: wanted ones, others, and one that is wanted by its family. */
const SHIPPED_LANGUAGES = 'am ar de en-GB en-US es es-419 fil fr ja ko pt-BR vi zh-CN zh-TW'.split(' ')

/** A folder that looks like Electron's to whoever packs: a binary with fuses, as shipped, and languages. It can run nothing. */
function makeHollowElectron(folder: string): void {
  mkdirSync(join(folder, 'locales'), { recursive: true })
  mkdirSync(join(folder, 'resources'))
  const { sentinel, version, asShipped } = FUSES
  const wire = Buffer.from([version, asShipped.length])
  const binary = Buffer.concat([
    Buffer.alloc(64),
    Buffer.from(sentinel),
    wire,
    Buffer.from(asShipped),
    Buffer.alloc(64),
  ])
  writeFileSync(join(folder, 'electron'), binary, { mode: 0o755 })
  writeFileSync(join(folder, 'chrome-sandbox'), '')
  for (const language of SHIPPED_LANGUAGES) writeFileSync(join(folder, 'locales', `${language}.pak`), '')
}

/** Packs the built program for Linux around a hollow Electron, as `npm run package -- --dir` does. Answers the folder of the program. */
export async function packProgram(folder: string): Promise<string> {
  const electron = join(folder, 'electron')
  makeHollowElectron(electron)
  const args = ['--linux', '--dir', `--${process.arch}`, '--publish', 'never', '--config', 'electron-builder.config.ts']
  const settings = [`-c.electronDist=${electron}`, `-c.directories.output=${join(folder, 'dist')}`]
  const env = { ...process.env, ZAIRYU_PACKAGE_UNSIGNED: '1' }
  await promisify(execFile)(process.execPath, [BUILDER, ...args, ...settings], { cwd: ROOT, env })
  return join(folder, 'dist', process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`)
}
