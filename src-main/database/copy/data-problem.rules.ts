import type { DATABASE_PROBLEMS } from '#contract/http/health'

/** What keeps the data from being used; each has another remedy. */
export type DataProblem = (typeof DATABASE_PROBLEMS)[number]

const KINDS: readonly (readonly [RegExp, DataProblem])[] = [
  [/^SQLITE_(CORRUPT|NOTADB)/, 'damaged'],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT|EFBIG)/, 'full'],
  [/^(SQLITE_READONLY|EROFS)/, 'read-only'],
  [/^(SQLITE_(CANTOPEN|PERM|AUTH)|EACCES|EPERM|ENOTDIR|EISDIR)/, 'denied'],
  [/^SQLITE_(BUSY|LOCKED|PROTOCOL)/, 'busy'],
  [/^(SQLITE_(IOERR|NOMEM|NOLFS)|EIO)/, 'failing'],
]

/** What an error of SQLite or of the file system says of the data, by its code; null where it is about something else. */
export function dataProblemOf(thrown: unknown): DataProblem | null {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : null
  if (typeof code !== 'string') return null
  return KINDS.find(([pattern]) => pattern.test(code))?.[1] ?? null
}
