import type { Clock } from '../../platform/clock'
import type { Job } from '../../platform/scheduler'
import { makeAutomaticBackup, readBackupHistory, type AutomaticBackups } from './automatic-backup.files'
import { nextBackup } from './backup.rules'

/** Ours: data that nobody backs up by hand are backed up daily. It works in a thread of its own; whoever waits before a screen feels nothing. */
export function backupJob({ clock, ...parts }: AutomaticBackups & { clock: Clock }): Job {
  return {
    name: 'backup',
    nextDue: async () => nextBackup(await readBackupHistory(parts), clock.now()),
    run: (now) => makeAutomaticBackup(parts, now),
  }
}
