import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { Kysely } from 'kysely'
import { copyDatabase, type DatabaseContent } from './copy/copy'
import { dataProblemOf } from './copy/data-problem.rules'
import { sqliteDialect } from './sqlite'
import type { Database } from './tables/schema'

/** The name of the database file in the data directory. */
export const DATABASE_FILE = 'zairyu.sqlite'

/** A Kysely on the whole schema; a transaction is one too. */
export type Db = Kysely<Database>

/** Runs in the transaction that is open already, else in one of its own. */
export const inTransaction = <T>(db: Db, act: (trx: Db) => Promise<T>): Promise<T> =>
  db.isTransaction ? act(db) : db.transaction().execute(act)

export interface OpenDatabase {
  db: Db
  /** Whether the file was not there before. */
  isNew: boolean
  /** Reads a fact without waiting: the moved clock of training data is asked at every reading of the time. */
  readAppMetadataSync(name: string): string | null
  /** Writes a consistent copy, read through, while the database is in use. */
  backup(file: string): Promise<DatabaseContent>
  close(): Promise<void>
}

/** The database file is there and nothing is in it, beside the traces of a program that has worked with it. */
export class EmptiedDatabaseError extends Error {
  override name = 'EmptiedDatabaseError'
  readonly code = 'SQLITE_NOTADB'
  constructor() {
    super('nothing is in the file')
  }
}

/** Whether copies of data lie in a data directory. */
export const hasCopies = (dataDir: string): boolean => existsSync(join(dataDir, 'backups'))

/** Whether a program has worked with a data directory before: it leaves its log there, and copies. A command that needs no data leaves a log, too. */
export const hasTraces = (dataDir: string): boolean => hasCopies(dataDir) || existsSync(join(dataDir, 'log'))

/** Nothing is in the file and in its write-ahead log, and this is not the moment at which another process makes it. */
function wasEmptied(file: string): boolean {
  const sizeOf = (name: string) => statSync(name, { throwIfNoEntry: false })?.size ?? 0
  return file !== ':memory:' && hasTraces(dirname(file)) && sizeOf(file) === 0 && sizeOf(`${file}-wal`) === 0
}

/** Opens (or makes) an SQLite file with the settings of DESIGN §4; readable by its owner only. Does not migrate. */
export function openDatabase(file: string): OpenDatabase {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const isNew = !existsSync(file)
  // SQLite would begin anew in it, as if there had never been any data.
  if (!isNew && wasEmptied(file)) throw new EmptiedDatabaseError()
  const sqlite = new SqliteFile(file, { timeout: 10_000 })
  try {
    if (isNew && file !== ':memory:') chmodSync(file, 0o600)
    sqlite.pragma('journal_mode = WAL')
    sqlite.pragma('synchronous = FULL')
    sqlite.pragma('foreign_keys = ON')
  } catch (error) {
    // Damaged data fail here; a connection left open would keep them from being restored.
    sqlite.close()
    throw error
  }
  let factStatement: SqliteFile.Statement<[string], { value: string }> | undefined
  const db: Db = new Kysely<Database>({ dialect: sqliteDialect(sqlite) })
  return {
    db,
    isNew,
    readAppMetadataSync: (name) => {
      factStatement ??= sqlite.prepare<[string], { value: string }>('select value from facts where name = ?')
      return factStatement.get(name)?.value ?? null
    },
    backup: async (target) => {
      mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
      return (await copyDatabase(file, target)).content
    },
    close: () => db.destroy(),
  }
}

/** Whether a data directory holds data already. */
export const hasData = (dataDir: string): boolean => existsSync(join(dataDir, DATABASE_FILE))

/**
 * Whether another connection is open to the data of a directory, whichever program's: whoever works on them in WAL mode holds a lock
 * until its end, also while doing nothing, and the lock goes with the process. Damaged data can be opened by nobody.
 */
export function isInUse(dataDir: string): boolean {
  try {
    const sqlite = new SqliteFile(join(dataDir, DATABASE_FILE), { fileMustExist: true, timeout: 0 })
    try {
      sqlite.pragma('locking_mode = EXCLUSIVE')
      sqlite.exec('begin immediate; rollback')
      return false
    } finally {
      sqlite.close()
    }
  } catch (error) {
    return dataProblemOf(error) === 'busy'
  }
}
