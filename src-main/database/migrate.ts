import { readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { instantText, type Clock } from '../platform/clock'
import { newId } from '../platform/ids'
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
import { mailLanguage } from './migrations/0012-mail-language'
import { sameWork } from './migrations/0014-same-work'
import { mailsAndKeys } from './migrations/0015-mails-and-keys'
import { readFact, writeFact } from './facts'
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
  mailLanguage,
  sameWork,
  mailsAndKeys,
]

/** The database was written by a newer program; the message names the version that it needs. */
export class NewerDatabaseError extends Error {
  override name = 'NewerDatabaseError'
}

const applied = (db: Db) => db.selectFrom('migrations').selectAll().orderBy('name').execute()

/** The fact that says which version of the program opened the data last. */
const OPENED_BY = 'program-version'

/** Ours: copies hold people's data, who may have asked to be deleted since; two versions back is far enough. */
const VERSION_BACKUPS_KEPT = 2

/** A version as part of a file name. */
const versionFile = (version: string) => `before-version-${version.replace(/[^\w.+-]/g, '_')}.sqlite`

/**
 * Copies the data before another version of the program works on them for the first time, also when the schema stays the same:
 * whoever goes back to the old version finds the data as that left them. The copy gets its name when it is whole.
 */
async function backUpBeforeVersion(
  { db, backup }: Pick<OpenDatabase, 'db' | 'backup'>,
  dataDir: string,
  version: string,
): Promise<void> {
  const isKnown = async () => (await readFact(db, OPENED_BY)) === version
  if (await isKnown()) return
  const folder = join(dataDir, 'backups')
  const name = versionFile(version)
  const begun = join(folder, `${name}.${newId()}`)
  try {
    await backup(begun)
    // Another process that was started at the same moment has made the copy, and may have changed the data since.
    if (await isKnown()) return
    renameSync(begun, join(folder, name))
  } finally {
    rmSync(begun, { force: true })
  }
  forgetOldVersions(folder)
  await writeFact(db, OPENED_BY, version)
}

function forgetOldVersions(folder: string): void {
  const copies = readdirSync(folder).filter((file) => /^before-version-.*\.sqlite$/.test(file))
  const age = new Map(copies.map((file) => [file, statSync(join(folder, file)).mtimeMs]))
  const byAge = copies.sort((a, b) => (age.get(b) ?? 0) - (age.get(a) ?? 0))
  for (const file of byAge.slice(VERSION_BACKUPS_KEPT)) rmSync(join(folder, file))
}

/**
 * Brings a database up to date, step by step, each after a backup into `dataDir/backups` where there was something to lose;
 * another version of the program makes one, too.
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
  if (before.length > 0) await backUpBeforeVersion({ db, backup }, dataDir, version)
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
  if (before.length === 0) await writeFact(db, OPENED_BY, version)
  return migrations.at(-1)?.name ?? ''
}
