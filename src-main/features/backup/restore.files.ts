import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Temporal } from 'temporal-polyfill'
import { copyDatabase, CopyError, type DatabaseContent, hashFile, readDatabase } from '../../database/copy/copy'
import { MIGRATIONS } from '../../database/migrations/all'
import { DATABASE_FILE, hasData, isInUse } from '../../database/open'
import { CommandFailure } from '../../command/command'
import { isProcessGone } from '../../platform/processes'
import { SETTINGS_FILE } from '../../platform/config/settings-file'
import { copyPrivately, isFolder, type Manifest, readManifest, syncFolder } from './backup-folder.files'

/** What SQLite lays beside a database; with another database it would be taken for that one's. */
const BESIDE = ['-wal', '-shm', '-journal']
const STAGED = 'restoring-'

/** Clears away what a restore left that was cut off. */
function forgetCutOff(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    if (name.startsWith(STAGED) && isProcessGone(Number(name.slice(STAGED.length))))
      rmSync(join(dataDir, name), { recursive: true, force: true })
  }
}

/** Brings database and settings of a backup into a folder beside the data, and reads them through there. */
async function stage(from: string, folder: string): Promise<{ content: DatabaseContent; manifest: Manifest | null }> {
  const staged = join(folder, DATABASE_FILE)
  const isFile = !isFolder(from)
  const database = isFile ? from : join(from, DATABASE_FILE)
  // A folder that a program was started on is a data directory, whatever it was before.
  const manifest = isFile || BESIDE.some((end) => existsSync(database + end)) ? null : readManifest(from)
  if (!isFile && existsSync(join(from, SETTINGS_FILE)))
    copyPrivately(join(from, SETTINGS_FILE), join(folder, SETTINGS_FILE))
  if (manifest) {
    for (const { name, sha256 } of manifest.files) {
      if (name !== DATABASE_FILE && name !== SETTINGS_FILE) continue
      copyPrivately(join(from, name), join(folder, name))
      if ((await hashFile(join(folder, name))).sha256 !== sha256)
        throw new CommandFailure(`The backup is damaged: ${name} is not what was written on ${manifest.madeAt}.`)
    }
    return { content: await readDatabase(staged, { deep: true }), manifest }
  }
  const { content } = await copyDatabase(database, staged, { alone: true, deep: true })
  return { content, manifest: null }
}

/** The data that were there go into a folder of their own; the log goes with its database. */
function putAside(dataDir: string, now: Temporal.Instant): string | null {
  const there = [DATABASE_FILE, ...BESIDE.map((end) => DATABASE_FILE + end), SETTINGS_FILE].filter((name) =>
    existsSync(join(dataDir, name)),
  )
  if (there.length === 0) return null
  const stamp = now.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')
  let folder = join(dataDir, `replaced-${stamp}`)
  for (let again = 2; existsSync(folder); again += 1) folder = join(dataDir, `replaced-${stamp}-${again}`)
  mkdirSync(folder, { mode: 0o700 })
  for (const name of there) renameSync(join(dataDir, name), join(folder, name))
  syncFolder(folder)
  return folder
}

export interface Restored {
  folder: string
  madeAt: string | null
  migration: string | null
  newestEntry: string | null
  counts: Record<string, number>
  /** Where the data are that were there before. */
  replaced: string | null
}

/**
 * Fills a data directory from a backup's folder, from a copy made before an upgrade, or from a data directory that no program uses.
 * All or nothing: everything is brought beside the data, read through and on the disk before the first name changes, and the
 * database gets its name last; cut off at any point, it can be run again. Data that are there stay, in a folder `replaced-…`.
 * @throws CommandFailure with one line for the operator
 */
export async function restoreData({
  from,
  dataDir,
  replace,
  now,
}: {
  from: string
  dataDir: string
  replace: boolean
  now: Temporal.Instant
}): Promise<Restored> {
  if (!existsSync(from) || (isFolder(from) && !hasData(from)))
    throw new CommandFailure(`${from} is no backup: there is no ${DATABASE_FILE} in it.`)
  if (hasData(dataDir) && !replace)
    throw new CommandFailure(
      `${dataDir} holds data already; name a new folder with --data, or put them aside with --replace.`,
    )
  const isNew = !existsSync(dataDir)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  forgetCutOff(dataDir)
  const folder = join(dataDir, `${STAGED}${process.pid}`)
  let whole = false
  try {
    mkdirSync(folder, { mode: 0o700 })
    const { content, manifest } = await stage(from, folder)
    if (content.migration === null)
      throw new CommandFailure(`${from} is no backup: its database holds none of the program's tables.`)
    if (!MIGRATIONS.some(({ name }) => name === content.migration))
      throw new CommandFailure(
        `The backup was written by version ${content.version ?? 'unknown'}, which is newer. Please install that version or a later one.`,
      )
    if (hasData(dataDir) && isInUse(dataDir))
      throw new CommandFailure(
        `A program works on the data in ${dataDir}. End it (and all commands that run on them), then restore again.`,
      )
    // From here on nothing but names changes.
    const replaced = putAside(dataDir, now)
    if (existsSync(join(folder, SETTINGS_FILE))) renameSync(join(folder, SETTINGS_FILE), join(dataDir, SETTINGS_FILE))
    renameSync(join(folder, DATABASE_FILE), join(dataDir, DATABASE_FILE))
    syncFolder(dataDir)
    whole = true
    return {
      folder: dataDir,
      madeAt: manifest?.madeAt ?? null,
      migration: content.migration,
      newestEntry: content.newestEntry,
      counts: content.counts,
      replaced,
    }
  } catch (error) {
    if (!(error instanceof CopyError)) throw error
    throw new CommandFailure(
      error.inUse
        ? `A program works on the data in ${from}. Make a backup of them (backup FOLDER --data ${from}), or end it first.`
        : `The backup is damaged: ${error.message} (${error.code})`,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
    if (isNew && !whole && lstatSync(dataDir).isDirectory() && readdirSync(dataDir).length === 0)
      rmSync(dataDir, { recursive: true })
  }
}
