import { join } from 'node:path'
import { sql } from 'kysely'
import { instantText, type Clock } from '../platform/clock'
import { accounts } from './migrations/0001-accounts'
import { certificates } from './migrations/0002-certificates'
import { announcements } from './migrations/0003-announcements'
import { outbox } from './migrations/0004-outbox'
import { reminders } from './migrations/0005-reminders'
import { certificateMails } from './migrations/0006-certificate-mails'
import { staff } from './migrations/0007-staff'
import { applications } from './migrations/0008-applications'
import { administration } from './migrations/0009-administration'
import { ownApplications } from './migrations/0010-own-applications'
import { workList } from './migrations/0011-work-list'
import type { Db, OpenDatabase } from './open'

/** One numbered step of the schema; runs once, in its own transaction. */
export interface Migration {
  name: string
  up(db: Db): Promise<void>
}

/** In order; a published migration is never changed. */
export const MIGRATIONS: readonly Migration[] = [
  accounts,
  certificates,
  announcements,
  outbox,
  reminders,
  certificateMails,
  staff,
  applications,
  administration,
  ownApplications,
  workList,
]

/** The database was written by a newer program; the message names the version that it needs. */
export class NewerDatabaseError extends Error {
  override name = 'NewerDatabaseError'
}

const applied = (db: Db) => db.selectFrom('migrations').selectAll().orderBy('name').execute()

/**
 * Brings a database up to date, step by step, each after a backup into `dataDir/backups` where there was something to lose.
 * Two processes that start at once do not migrate twice: each step looks again inside its transaction.
 * @returns the name of the newest step
 * @throws NewerDatabaseError when the file knows steps that this program does not
 */
export async function migrate(
  { db, backup }: OpenDatabase,
  dataDir: string,
  { clock, version, migrations = MIGRATIONS }: { clock: Clock; version: string; migrations?: readonly Migration[] },
): Promise<string> {
  await sql`create table if not exists migrations (name text primary key, applied_at text not null, program_version text not null) strict`.execute(
    db,
  )
  const before = await applied(db)
  const unknown = before.find((row) => !migrations.some((migration) => migration.name === row.name))
  if (unknown)
    throw new NewerDatabaseError(
      `The data in ${dataDir} were written by version ${unknown.program_version}; this is version ${version}. Please install version ${unknown.program_version} or later.`,
    )
  for (const migration of migrations) {
    if (before.some((row) => row.name === migration.name)) continue
    if (before.length > 0) await backup(join(dataDir, 'backups', `before-${migration.name}.sqlite`))
    await db.transaction().execute(async (trx) => {
      const done = await trx
        .selectFrom('migrations')
        .select('name')
        .where('name', '=', migration.name)
        .executeTakeFirst()
      if (done) return
      await migration.up(trx)
      const row = { name: migration.name, applied_at: instantText(clock.now()), program_version: version }
      await trx.insertInto('migrations').values(row).execute()
    })
  }
  return migrations.at(-1)?.name ?? ''
}
