import { Temporal } from 'temporal-polyfill'
import { isFromFuture } from '../../platform/clock-bounds.rules'

/** An automatic backup, by its folder's name. */
export interface KeptBackup {
  name: string
  madeAt: Temporal.Instant
}

/** How many days and weeks have a backup of their own. */
export interface KeepRule {
  days: number
  weeks: number
}

/** Ours: once a day, and after a failure again in an hour. */
const DAILY = Temporal.Duration.from({ hours: 24 })
const AFTER_FAILURE = Temporal.Duration.from({ hours: 1 })
/** Ours: one day may be missed (a Sunday when the machine is off); two are told. */
const LATE = Temporal.Duration.from({ hours: 49 })

/** The folder of an automatic backup made at an instant; no colon, since Windows allows none. */
export const backupName = (madeAt: Temporal.Instant): string =>
  `auto-${madeAt.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')}`

/** The backup of a folder's name; null where it is none. */
export function readBackupName(name: string): KeptBackup | null {
  const [, year, month, day, hour, minute, second] = /^auto-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(name) ?? []
  try {
    return { name, madeAt: Temporal.Instant.from(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) }
  } catch {
    return null
  }
}

export interface BackupHistory {
  /** The newest backup. */
  last: Temporal.Instant | null
  /** When there were data first. */
  begun: Temporal.Instant
  /** The last failure since the last backup. */
  failedAt: Temporal.Instant | null
}

/** When the next backup is due. Times that have not come yet are those of a clock that ran ahead, and count for nothing. */
export function nextBackup({ last, begun, failedAt }: BackupHistory, now: Temporal.Instant): Temporal.Instant {
  const past = (time: Temporal.Instant | null) => (time && !isFromFuture(time, now) ? time : null)
  const failed = past(failedAt)
  if (failed) return failed.add(AFTER_FAILURE)
  const since = last ? past(last) : past(begun)
  return since ? since.add(DAILY) : now
}

export type BackupState = 'ok' | 'late' | 'failed' | 'off'

/** What is to be said of the automatic backups. */
export function backupState(history: BackupHistory, keep: KeepRule, now: Temporal.Instant): BackupState {
  if (keep.days + keep.weeks === 0) return 'off'
  if (history.failedAt) return 'failed'
  const since = history.last ?? history.begun
  return Temporal.Instant.compare(now, since.add(LATE)) >= 0 ? 'late' : 'ok'
}

const inTokyo = (at: Temporal.Instant) => at.toZonedDateTimeISO('Asia/Tokyo').toPlainDate()
const weekOf = (at: Temporal.Instant) => {
  const date = inTokyo(at)
  return date.subtract({ days: date.dayOfWeek - 1 }).toString()
}

/**
 * Which automatic backups go: of the last days and of the last weeks (Monday to Sunday, Tokyo) that have any, the newest of each stays,
 * and all others go. One that was made when the clock ran ahead counts as today's, and gives way to any that was really made today.
 */
export function backupsToForget(backups: readonly KeptBackup[], keep: KeepRule, now: Temporal.Instant): string[] {
  const seen = backups.map(({ name, madeAt }) => {
    const ahead = isFromFuture(madeAt, now)
    return { name, at: ahead ? now : madeAt, madeAt, ahead }
  })
  const newestFirst = seen.sort(
    (one, other) =>
      inTokyo(other.at).toString().localeCompare(inTokyo(one.at).toString()) ||
      Number(one.ahead) - Number(other.ahead) ||
      Temporal.Instant.compare(other.madeAt, one.madeAt) ||
      other.name.localeCompare(one.name),
  )
  const newestOfEach = (span: (at: Temporal.Instant) => string, count: number) => {
    const newest = new Map<string, string>()
    for (const { name, at } of newestFirst) if (!newest.has(span(at))) newest.set(span(at), name)
    return [...newest.values()].slice(0, count)
  }
  const stays = new Set([
    ...newestOfEach((at) => inTokyo(at).toString(), keep.days),
    ...newestOfEach(weekOf, keep.weeks),
  ])
  return newestFirst.flatMap(({ name }) => (stays.has(name) ? [] : [name]))
}
