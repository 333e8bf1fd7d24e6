import type SqliteFile from 'better-sqlite3'
import { SqliteDialect, type Driver } from 'kysely'
import { withCommitHooks } from './after-commit'

const CACHED_STATEMENTS = 200

class HookedSqliteDialect extends SqliteDialect {
  override createDriver(): Driver {
    return withCommitHooks(super.createDriver())
  }
}

/**
 * Kysely's dialect over better-sqlite3 with three changes: prepared statements are cached (Kysely prepares each one anew, 70 µs
 * against 4) and the least recently used is evicted first; a transaction takes the write lock at once, so that two processes
 * on one file wait for each other (10 s) instead of failing half way; and it has commit hooks (`afterCommit`).
 */
export function sqliteDialect(sqlite: SqliteFile.Database): SqliteDialect {
  const statements = new Map<string, SqliteFile.Statement>()
  const prepare = (sql: string): SqliteFile.Statement => {
    const text = sql === 'begin' ? 'begin immediate' : sql
    const statement = statements.get(text) ?? sqlite.prepare(text)
    statements.delete(text)
    statements.set(text, statement)
    if (statements.size > CACHED_STATEMENTS) statements.delete(statements.keys().next().value ?? '')
    return statement
  }
  return new HookedSqliteDialect({ database: { prepare, close: () => sqlite.close() } })
}
