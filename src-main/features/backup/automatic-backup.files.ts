import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import type { Db } from '../../database/open'
import { isProcessGone } from '../../platform/processes'
import { listAutomatic, MANIFEST_FILE, syncFolder, writeBackup } from './backup-folder.files'
import { forgetBackupFailure, noteBackupFailure, readBackupFailure, readDataBegun } from './backup.repo'
import { backupName, backupsToForget, readBackupName, type BackupHistory, type KeepRule } from './backup.rules'

export interface AutomaticBackups {
  db: Db
  dataDir: string
  version: string
  /** Where they go: `backups` in the data directory, or the setting `backupDir`. */
  folder: string
  keep: KeepRule
  /** Cuts off one that is under way: nothing of it is left. */
  signal: AbortSignal
  log: { error(facts: object, message: string): void; info(facts: object, message: string): void }
}

const BEGUN = 'unfinished-'

/** What is known of the automatic backups. */
export async function readBackupHistory({
  db,
  folder,
}: Pick<AutomaticBackups, 'db' | 'folder'>): Promise<BackupHistory> {
  const failure = await readBackupFailure(db)
  const times = listAutomatic(folder).map(({ madeAt }) => madeAt)
  return {
    last: times.sort(Temporal.Instant.compare).at(-1) ?? null,
    begun: await readDataBegun(db),
    failedAt: failure?.at ?? null,
  }
}

/** Removes a backup so that no half of it can be taken for a whole. */
function remove(path: string): void {
  rmSync(join(path, MANIFEST_FILE), { force: true })
  rmSync(path, { recursive: true, force: true })
}

/** What was cut off: backups that were not finished, and such as were half removed. */
function removeCutOff(folder: string): void {
  const whole = new Set(listAutomatic(folder).map(({ name }) => name))
  for (const name of readdirSync(folder)) {
    const isCutOff = name.startsWith(BEGUN) && isProcessGone(Number(name.slice(BEGUN.length)))
    if (isCutOff || (readBackupName(name) && !whole.has(name))) remove(join(folder, name))
  }
}

/** Makes a backup, then forgets those that the keep rule lets go. A failure is noted and logged, and hurts nothing else. */
export async function makeAutomaticBackup(parts: AutomaticBackups, now: Temporal.Instant): Promise<void> {
  const { db, dataDir, version, folder, keep, signal, log } = parts
  const begun = join(folder, `${BEGUN}${process.pid}`)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    removeCutOff(folder)
    rmSync(begun, { recursive: true, force: true })
    await writeBackup({ dataDir, to: begun, version, now, signal })
    renameSync(begun, join(folder, backupName(now)))
    syncFolder(folder)
    for (const name of backupsToForget(listAutomatic(folder), keep, now)) remove(join(folder, name))
    await forgetBackupFailure(db)
    log.info({}, 'backup made')
  } catch (error) {
    rmSync(begun, { recursive: true, force: true })
    if (signal.aborted) return
    log.error({ err: error }, 'the backup failed')
    const { code = 'unknown' } = error as { code?: string }
    await noteBackupFailure(db, { at: now, code })
  }
}
