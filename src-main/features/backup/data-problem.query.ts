import { join } from 'node:path'
import { dataProblemOf, type DataProblem } from '../../database/copy/data-problem.rules'
import { DATABASE_FILE, EmptiedDatabaseError } from '../../database/open'
import { newestGoodBackup, type FoundBackup } from './backup-folder.files'

/** The data cannot be used; the message is for the operator, and says what is wrong and what to do next. */
export class DataProblemError extends Error {
  override name = 'DataProblemError'
  readonly kind: DataProblem
  readonly code: string
  /** What is wrong and what to do, each by itself. */
  readonly what: string
  readonly next: string
  constructor(kind: DataProblem, what: string, next: string, cause: unknown) {
    super(`${what}\n${next}`, { cause })
    this.kind = kind
    this.what = what
    this.next = next
    this.code = (cause as { code?: string }).code ?? 'unknown'
  }
}

/** As a terminal takes it, in a POSIX shell and in PowerShell. */
const quoted = (path: string) => (/^[\w./:\\-]+$/.test(path) ? path : `"${path}"`)

/** The one command that brings a backup back. */
export const restoreLine = (backup: string, dataDir: string): string =>
  `npm run -s cli -- restore ${quoted(backup)} --data ${quoted(dataDir)} --replace`

const describeBackup = ({ path, madeAt, manifest }: FoundBackup) =>
  manifest
    ? `${path} (${madeAt}; ${manifest.counts['accounts'] ?? 0} accounts, ${manifest.counts['certificates'] ?? 0} certificates)`
    : `${path} (${madeAt}, made before an upgrade)`

async function adviceForDamage(dataDir: string, folders: readonly string[], isEmpty: boolean): Promise<string> {
  const backup = await newestGoodBackup(folders)
  const anew = isEmpty ? '\nIf nothing was ever kept here, delete that file and start again.' : ''
  if (!backup)
    return `There is no good backup in ${folders.join(' or ')}. Restore one from elsewhere with: npm run -s cli -- restore FOLDER --data ${quoted(dataDir)} --replace${anew}`
  return `The newest good backup is ${describeBackup(backup)}.\nEnd the program, then restore it with: ${restoreLine(backup.path, dataDir)}\nThe damaged data are put aside, nothing is deleted.`
}

const ADVICE: Record<Exclude<DataProblem, 'damaged'>, readonly [what: string, next: string]> = {
  full: ['are on a disk that is full', 'Make room on it, then start again; what was answered so far is kept.'],
  'read-only': ['cannot be written to', 'Make the folder and its files writable for this user, then start again.'],
  denied: ['cannot be opened', 'Make this user the owner of the folder and its files (0700, 0600), then start again.'],
  busy: ['are held by another program', 'End the program or command that works on them, then try again.'],
  failing: ['cannot be read or written: the disk answers with errors', 'Look after the disk; do not go on with it.'],
}

/**
 * What an error says of the data, in words for the operator: a damaged file is named, with the newest good backup in `folders` and the
 * command that restores it. Null where the error is about something else.
 */
export async function explainDataProblem(
  thrown: unknown,
  dataDir: string,
  folders: readonly string[],
): Promise<DataProblemError | null> {
  if (thrown instanceof DataProblemError) return thrown
  const kind = dataProblemOf(thrown)
  if (kind === null) return null
  const { code, message } = thrown as Error & { code: string }
  if (kind === 'damaged') {
    const what = `The data in ${dataDir} are damaged: ${join(dataDir, DATABASE_FILE)}: ${message} (${code}).`
    return new DataProblemError(
      kind,
      what,
      await adviceForDamage(dataDir, folders, thrown instanceof EmptiedDatabaseError),
      thrown,
    )
  }
  const [what, next] = ADVICE[kind]
  return new DataProblemError(kind, `The data in ${dataDir} ${what} (${code}).`, next, thrown)
}
