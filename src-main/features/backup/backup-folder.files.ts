import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { Temporal } from 'temporal-polyfill'
import * as z from 'zod/mini'
import { copyDatabase, hashFile, readDatabase } from '../../database/copy/copy'
import { DATABASE_FILE } from '../../database/open'
import { instantText } from '../../platform/clock'
import { SETTINGS_FILE } from '../../platform/config/settings-file'
import { readBackupName } from './backup.rules'

/** What says, in a folder, that it is a backup and that it is whole; it is written last. */
export const MANIFEST_FILE = 'backup.json'

const manifestSchema = z.object({
  zairyuBackup: z.literal(1),
  madeAt: z.iso.datetime(),
  /** The version of the program, and the newest step of the schema. */
  version: z.string(),
  migration: z.string(),
  training: z.boolean(),
  /** When something was last written down in the audit log. */
  newestEntry: z.nullable(z.string()),
  counts: z.record(z.string(), z.int()),
  files: z.array(z.object({ name: z.string(), bytes: z.int(), sha256: z.string() })),
})
export type Manifest = z.infer<typeof manifestSchema>

/** The manifest of a backup's folder; null where there is none, or none that can be read. */
export function readManifest(folder: string): Manifest | null {
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(join(folder, MANIFEST_FILE), 'utf8')))
  } catch {
    return null
  }
}

/** Makes sure that names in a folder are on the disk, where the system has a way to. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } catch {
    // Some file systems cannot; then a rename is as safe as it gets there.
  } finally {
    closeSync(handle)
  }
}

/** Copies a file, readable by its owner only, onto the disk. */
export function copyPrivately(from: string, to: string): void {
  writeFileSync(to, '', { mode: 0o600 })
  copyFileSync(from, to)
  const handle = openSync(to, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

const UNFINISHED = '.unfinished'
const ALL_ENDS = ['', '-wal', '-shm', '-journal']

/**
 * Writes a backup of a data directory into a folder that is empty or new, whatever others write meanwhile: the files get their names
 * when they are whole, read through and on the disk, and the manifest comes last. Nothing is left where it fails.
 * @throws CopyError, or the system's error
 */
export async function writeBackup({
  dataDir,
  to,
  version,
  now,
  signal,
}: {
  dataDir: string
  to: string
  version: string
  now: Temporal.Instant
  signal?: AbortSignal
}): Promise<Manifest> {
  const isNew = !existsSync(to)
  mkdirSync(to, { recursive: true, mode: 0o700 })
  const place = (name: string) => join(to, name)
  try {
    const copied = await copyDatabase(
      join(dataDir, DATABASE_FILE),
      place(DATABASE_FILE + UNFINISHED),
      signal ? { signal } : {},
    )
    const { content } = copied
    const files = [{ name: DATABASE_FILE, bytes: copied.bytes, sha256: copied.sha256 }]
    if (existsSync(join(dataDir, SETTINGS_FILE))) {
      copyPrivately(join(dataDir, SETTINGS_FILE), place(SETTINGS_FILE + UNFINISHED))
      files.push({ name: SETTINGS_FILE, ...(await hashFile(place(SETTINGS_FILE + UNFINISHED))) })
    }
    const manifest: Manifest = {
      zairyuBackup: 1,
      madeAt: instantText(now),
      version: content.version ?? version,
      migration: content.migration ?? '',
      training: content.training,
      newestEntry: content.newestEntry,
      counts: content.counts,
      files,
    }
    const unfinished = place(MANIFEST_FILE + UNFINISHED)
    writeFileSync(unfinished, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true })
    for (const { name } of files) renameSync(place(name + UNFINISHED), place(name))
    renameSync(unfinished, place(MANIFEST_FILE))
    syncFolder(to)
    syncFolder(dirname(to))
    return manifest
  } catch (error) {
    for (const name of [MANIFEST_FILE, DATABASE_FILE, SETTINGS_FILE]) {
      rmSync(place(name), { force: true })
      for (const end of ALL_ENDS) rmSync(place(name + UNFINISHED + end), { force: true })
    }
    if (isNew) rmSync(to, { recursive: true, force: true })
    throw error
  }
}

/** What stands in the way of a backup into a folder; leftovers of one that was cut off are none. Null where it may be written. */
export function isNotEmpty(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).some((name) => !name.includes(UNFINISHED))
}

/** Where backups of a data directory may lie: those that are made now, and those of before. */
export const backupFolders = ({ dataDir, backups }: { dataDir: string; backups: { dir: string } }): string[] => [
  ...new Set([backups.dir, join(dataDir, 'backups')]),
]

/** Something that can be restored. */
export interface FoundBackup {
  path: string
  madeAt: string
  /** Null for a copy that was made before an upgrade. */
  manifest: Manifest | null
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** The automatic backups in a folder, whole ones only. */
export function listAutomatic(folder: string) {
  return entriesOf(folder).flatMap((name) => {
    const found = readBackupName(name)
    return found && existsSync(join(folder, name, MANIFEST_FILE)) ? [found] : []
  })
}

/** All that can be restored from these folders, the newest first: automatic backups, and copies made before an upgrade. */
export function listBackups(folders: readonly string[]): FoundBackup[] {
  const found = [...new Set(folders)].flatMap((folder) =>
    entriesOf(folder).flatMap((name): FoundBackup[] => {
      const path = join(folder, name)
      const manifest = readManifest(path)
      if (manifest) return [{ path, madeAt: manifest.madeAt, manifest }]
      if (!/^before-.*\.sqlite$/.test(name)) return []
      // By the file's own time: the copy knows no other.
      return [{ path, madeAt: statSync(path).mtime.toISOString(), manifest: null }]
    }),
  )
  return found.sort((one, other) => other.madeAt.localeCompare(one.madeAt))
}

/** Whether everything in a backup is as it was written. */
export async function isWhole({ path, manifest }: Pick<FoundBackup, 'path' | 'manifest'>): Promise<boolean> {
  try {
    if (!manifest) return (await readDatabase(path)) !== null
    for (const { name, bytes, sha256 } of manifest.files) {
      const found = await hashFile(join(path, name))
      if (found.bytes !== bytes || found.sha256 !== sha256) return false
    }
    return true
  } catch {
    return false
  }
}

/** The newest backup in these folders that is as it was written; null where there is none. */
export async function newestGoodBackup(folders: readonly string[]): Promise<FoundBackup | null> {
  for (const backup of listBackups(folders)) if (await isWhole(backup)) return backup
  return null
}

/** Whether a path is a folder. */
export const isFolder = (path: string): boolean => existsSync(path) && lstatSync(path).isDirectory()
