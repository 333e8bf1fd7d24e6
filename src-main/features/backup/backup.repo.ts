import { Temporal } from 'temporal-polyfill'
import { readAppMetadata, writeAppMetadata } from '../../database/app-metadata'
import type { Db } from '../../database/open'
import { instantText } from '../../platform/clock'

/** The fact that says when the last automatic backup failed, and why; none after one that did not. */
const FAILURE = 'backup-failed'

export interface BackupFailure {
  at: Temporal.Instant
  /** SQLite's or the system's code. */
  code: string
}

/** The last failure since the last automatic backup; null where there was none. */
export async function readBackupFailure(db: Db): Promise<BackupFailure | null> {
  const [at = '', code = 'unknown'] = ((await readAppMetadata(db, FAILURE)) ?? '').split(' ')
  return at === '' ? null : { at: Temporal.Instant.from(at), code }
}

/** Notes that an automatic backup failed. */
export const noteBackupFailure = (db: Db, { at, code }: BackupFailure): Promise<void> =>
  writeAppMetadata(db, FAILURE, `${instantText(at)} ${code}`)

/** Notes that an automatic backup was made. */
export async function forgetBackupFailure(db: Db): Promise<void> {
  await db.deleteFrom('facts').where('name', '=', FAILURE).execute()
}

/** When there were data first. */
export async function readDataBegun(db: Db): Promise<Temporal.Instant> {
  const row = await db
    .selectFrom('migrations')
    .select((eb) => eb.fn.min('applied_at').as('begun'))
    .executeTakeFirstOrThrow()
  return Temporal.Instant.from(row.begun)
}
