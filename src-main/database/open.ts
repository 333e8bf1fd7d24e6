import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { Kysely } from 'kysely'
import { sqliteDialect } from './sqlite'
import type { Database } from './schema'

/** The name of the database file in the data directory. */
export const DATABASE_FILE = 'zairyu.sqlite'

/** A Kysely on the whole schema; a transaction is one too. */
export type Db = Kysely<Database>

export interface OpenDatabase {
  db: Db
  /** Reads a fact without waiting: the moved clock of training data is asked at every reading of the time. */
  readFactNow(name: string): string | null
  /** Writes a consistent copy while the database is in use. */
  backup(file: string): Promise<void>
  close(): Promise<void>
}

/** Opens (or makes) an SQLite file with the settings of DESIGN §4; readable by its owner only. Does not migrate. */
export function openDatabase(file: string): OpenDatabase {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const isNew = !existsSync(file)
  const sqlite = new SqliteFile(file, { timeout: 10_000 })
  if (isNew && file !== ':memory:') chmodSync(file, 0o600)
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('foreign_keys = ON')
  let factStatement: SqliteFile.Statement<[string], { value: string }> | undefined
  const db: Db = new Kysely<Database>({ dialect: sqliteDialect(sqlite) })
  return {
    db,
    readFactNow: (name) => {
      factStatement ??= sqlite.prepare<[string], { value: string }>('select value from facts where name = ?')
      return factStatement.get(name)?.value ?? null
    },
    backup: async (target) => {
      mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
      await sqlite.backup(target)
      chmodSync(target, 0o600)
    },
    close: () => db.destroy(),
  }
}

/** Whether a data directory holds data already. */
export const hasData = (dataDir: string): boolean => existsSync(join(dataDir, DATABASE_FILE))

/** Reads a whole database file; null when it is sound, else what is wrong with it. */
export function checkFile(file: string): string | null {
  try {
    const sqlite = new SqliteFile(file, { readonly: true, fileMustExist: true })
    try {
      const found = sqlite.pragma('integrity_check', { simple: true })
      return found === 'ok' ? null : String(found)
    } finally {
      sqlite.close()
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
