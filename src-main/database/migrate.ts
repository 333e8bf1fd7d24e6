import { existsSync, linkSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { instantText, type Clock } from '../platform/clock'
import { newId } from '../platform/ids'
import { MIGRATIONS } from './migrations/all'
import type { Migration } from './migration'
import { readAppMetadata, writeAppMetadata } from './app-metadata'
import type { DatabaseContent } from './copy/copy'
import { EmptiedDatabaseError, hasCopies, hasTraces, type Db, type OpenDatabase } from './open'
import { copiesToForget } from './copy/upgrade-copies.rules'

/** The database was written by a newer program; the message names the version that it needs. */
export class NewerDatabaseError extends Error {
  override name = 'NewerDatabaseError'
}

const applied = (db: Db) => db.selectFrom('migrations').selectAll().orderBy('name').execute()

/** The fact that says which version of the program opened the data last. */
const OPENED_BY = 'program-version'

/** A name or version as part of a file name. */
const inFileName = (text: string) => text.replace(/[^\w.+-]/g, '_')

/** What may stand in a copy that was made before an upgrade; a copy of later data is none. */
type IsFromBefore = (copy: DatabaseContent) => boolean

/**
 * Copies the data into `backups` before they are changed. The copy gets its name when it is whole, and never that of another one: what
 * was copied before stays. Nothing is kept where another process, started at the same moment, has changed the data meanwhile.
 */
async function backUpBefore(
  { backup }: Pick<OpenDatabase, 'backup'>,
  dataDir: string,
  name: string,
  isFromBefore: IsFromBefore,
): Promise<void> {
  const folder = join(dataDir, 'backups')
  const begun = join(folder, `${name}.${newId()}`)
  try {
    const content = await backup(begun)
    if (isFromBefore(content)) placeCopy(begun, folder, name)
  } finally {
    rmSync(begun, { force: true })
  }
}

function placeCopy(begun: string, folder: string, name: string): void {
  for (let count = 1; ; count += 1) {
    const place = join(folder, `${name}${count === 1 ? '' : `~${count}`}.sqlite`)
    try {
      // Unlike renaming, this fails where there is one of this name.
      linkSync(begun, place)
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST' || existsSync(place)) continue
      // A file system without links.
      renameSync(begun, place)
      return
    }
  }
}

/** Copies the data before another version of the program works on them for the first time, also when the schema stays the same. */
async function backUpBeforeVersion(database: OpenDatabase, dataDir: string, version: string): Promise<void> {
  if ((await readAppMetadata(database.db, OPENED_BY)) === version) return
  const name = `before-version-${inFileName(version)}`
  await backUpBefore(database, dataDir, name, (copy) => copy.version !== version)
  const folder = join(dataDir, 'backups')
  const copies = readdirSync(folder).flatMap((file) => {
    const changedAt = statSync(join(folder, file)).mtimeMs
    return /^before-.*\.sqlite$/.test(file) ? [{ file, changedAt }] : []
  })
  for (const file of copiesToForget(copies)) rmSync(join(folder, file), { force: true })
  await writeAppMetadata(database.db, OPENED_BY, version)
}

/** Writes the file anew, so that nothing that was deleted is left in its gaps or in the write-ahead log. */
async function eraseGaps(db: Db): Promise<void> {
  await sql`vacuum`.execute(db)
  await sql`pragma wal_checkpoint(truncate)`.execute(db)
}

/**
 * Brings a database up to date, step by step, each after a backup into `dataDir/backups` where there was something to lose;
 * another version of the program makes one, too.
 * Two processes that start at once do not migrate twice: each step looks again inside its transaction.
 * @returns the name of the newest step
 * @throws NewerDatabaseError when the file knows steps that this program does not
 */
export async function migrate(
  database: OpenDatabase,
  dataDir: string,
  { clock, version, migrations = MIGRATIONS }: { clock: Clock; version: string; migrations?: readonly Migration[] },
): Promise<string> {
  const { db } = database
  const isEmpty = !(await db.introspection.getTables()).some(({ name }) => name === 'migrations')
  // A file that is made now lacks nothing, but where copies say that there was another one.
  if (isEmpty && (database.isNew ? hasCopies(dataDir) : hasTraces(dataDir))) throw new EmptiedDatabaseError()
  await sql`create table if not exists migrations (name text primary key, applied_at text not null, program_version text not null) strict`.execute(
    db,
  )
  const before = await applied(db)
  const unknown = before.find((row) => !migrations.some((migration) => migration.name === row.name))
  if (unknown)
    throw new NewerDatabaseError(
      `The data in ${dataDir} were written by version ${unknown.program_version}; this is version ${version}. Please install version ${unknown.program_version} or later.`,
    )
  if (before.length > 0) await backUpBeforeVersion(database, dataDir, version)
  for (const migration of migrations) {
    if (before.some((row) => row.name === migration.name)) continue
    if (before.length > 0)
      await backUpBefore(
        database,
        dataDir,
        `before-${inFileName(migration.name)}`,
        ({ migrations: known }) => !known.includes(migration.name),
      )
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
    if (before.length > 0 && migration.erases) await eraseGaps(db)
  }
  if (before.length === 0) await writeAppMetadata(db, OPENED_BY, version)
  return migrations.at(-1)?.name ?? ''
}
