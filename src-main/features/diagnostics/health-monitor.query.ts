import { statfs } from 'node:fs/promises'
import { Temporal } from 'temporal-polyfill'
import { dataProblemOf, type DataProblem } from '../../database/copy/data-problem.rules'
import { writeAppMetadata } from '../../database/app-metadata'
import type { Db } from '../../database/open'
import type { HealthMonitor, HealthParts } from '../../http/health-monitor'
import { instantText } from '../../platform/clock'
import { readBackupHistory } from '../backup/automatic-backup.files'
import { backupState, type KeepRule } from '../backup/backup.rules'
import { diskState, type DiskState } from './health.rules'

/** The fact that is written to see whether anything can be. */
const PROBE = 'write-probe'
/** Ours: whoever asks every second does not make the program write every second. */
const PROBE_EVERY = Temporal.Duration.from({ seconds: 5 })

/** Free bytes on the disk of a folder; null where the system does not say. */
export async function freeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    return null
  }
}

/** Watches over the data of a running program. */
export function healthMonitor({
  db,
  dataDir,
  folder,
  keep,
}: {
  db: Db
  dataDir: string
  /** Where automatic backups go. */
  folder: string
  /** Nothing to keep: none are made. */
  keep: KeepRule
}): HealthMonitor {
  let damage: DataProblem | null = null
  let probed: { at: Temporal.Instant; problem: DataProblem | null } | null = null

  async function probe(now: Temporal.Instant): Promise<DataProblem | null> {
    if (probed && Temporal.Duration.compare(probed.at.until(now).abs(), PROBE_EVERY) < 0) return probed.problem
    const problem = await writeAppMetadata(db, PROBE, instantText(now)).then(
      () => null,
      (error: unknown) => dataProblemOf(error) ?? 'failing',
    )
    probed = { at: now, problem }
    return problem
  }

  async function backup(now: Temporal.Instant): Promise<HealthParts['backup']> {
    try {
      const history = await readBackupHistory({ db, folder })
      const lastAt = history.last === null ? null : instantText(history.last)
      return { status: backupState(history, keep, now), lastAt }
    } catch {
      return { status: 'failed', lastAt: null }
    }
  }

  return {
    note: (thrown) => {
      const problem = dataProblemOf(thrown)
      if (problem === 'damaged') damage = problem
    },
    look: async (now) => {
      const free = await freeBytes(dataDir)
      const disk: DiskState = free === null ? 'ok' : diskState(free)
      const problem = damage ?? (await probe(now))
      return {
        database: { status: problem === null ? 'ok' : 'failing', problem },
        disk: { status: disk },
        backup: await backup(now),
      }
    },
  }
}

/** Whether somebody has to do something. */
export const isWell = ({ database, disk, backup }: HealthParts): boolean =>
  database.problem === null && disk.status === 'ok' && (backup.status === 'ok' || backup.status === 'off')
