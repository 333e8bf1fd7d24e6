import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import SqliteFile from 'better-sqlite3'

/*
 * What takes long with a database file, in a thread of its own, so that whoever waits before a screen does not wait for it. This file is
 * started by its name and imports nothing of the program: it runs as it stands here, too.
 */

/** `source`: the opened file `from`, which the process must not close while it works on the database (see `copy.ts`). */
export type CopyTask =
  | { kind: 'copy'; from: string; source: number; to: string; alone: boolean }
  | { kind: 'check'; file: string; deep: boolean }
  | { kind: 'hash'; file: string }

/** What is in a database file: how it is made, and how many rows there are in each table. */
export interface DatabaseContent {
  migration: string | null
  /** All steps of the schema. */
  migrations: string[]
  version: string | null
  training: boolean
  newestEntry: string | null
  counts: Record<string, number>
}

/** What the thread is given: its task, and a flag in shared memory that says from some moment on that nobody wants the result any more. */
export interface CopyOrder {
  task: CopyTask
  stopped: SharedArrayBuffer
}

export type CopyAnswer =
  | { ok: true; content?: DatabaseContent; sha256?: string; bytes?: number }
  | { ok: false; code: string; message: string; inUse: boolean }

const { task, stopped } = workerData as CopyOrder
const flag = new Int32Array(stopped)

class StoppedError extends Error {
  override name = 'StoppedError'
  readonly code = 'stopped'
  constructor() {
    super('the work was stopped')
  }
}

/**
 * Asked between two steps. The thread ends by itself when it is told to: one that is ended from outside while it loads SQLite, or while that
 * makes a value for it, takes the whole process with it.
 */
function goOn(): void {
  if (Atomics.load(flag, 0) !== 0) throw new StoppedError()
}

const CHUNK = 1024 * 1024
/** SQLite locks bytes of this page and keeps nothing in it; on Windows nobody else can read them. */
const LOCK_BYTE = 0x4000_0000
const LOCK_BYTES = 65_536

function copyBytes(source: number, to: string, size: number): void {
  const buffer = Buffer.allocUnsafe(CHUNK)
  const target = openSync(to, 'w', 0o600)
  try {
    for (let at = 0; at < size;) {
      goOn()
      const wanted = Math.min(CHUNK, size - at)
      if (at === LOCK_BYTE) buffer.fill(0, 0, LOCK_BYTES)
      const skipped = at === LOCK_BYTE ? Math.min(LOCK_BYTES, wanted) : 0
      const read = wanted > skipped ? readSync(source, buffer, skipped, wanted - skipped, at + skipped) : 0
      if (skipped + read === 0) break
      for (let written = 0; written < skipped + read;)
        written += writeSync(target, buffer, written, skipped + read - written, at + written)
      at += skipped + read
    }
    fsyncSync(target)
  } finally {
    closeSync(target)
  }
}

/** The first bytes of a log: they are new when it was begun anew. Empty where there is none. */
function headOf(file: string): string {
  if (!existsSync(file)) return ''
  const handle = openSync(file, 'r')
  try {
    const head = Buffer.alloc(32)
    return head.toString('hex', 0, readSync(handle, head, 0, 32, 0))
  } finally {
    closeSync(handle)
  }
}

function copyLog(from: string, to: string): void {
  for (;;) {
    const head = headOf(from)
    rmSync(to, { force: true })
    if (head === '') return
    const handle = openSync(from, 'r')
    try {
      copyBytes(handle, to, fstatSync(handle).size)
    } finally {
      closeSync(handle)
    }
    if (headOf(from) === head) return
  }
}

/**
 * Copies a database that others may be writing to, as fast as files can be copied. An open read transaction keeps every writer from
 * what matters: pages newer than it are not brought into the file, and the write-ahead log is begun anew at most once. So file and then
 * log, copied as they are, are together a state that was committed at or after the begin of the transaction; SQLite takes the log in
 * when it opens the copy, as after a power failure. It never begins again because somebody writes.
 */
function copy({ from, source, to, alone }: Extract<CopyTask, { kind: 'copy' }>): void {
  const log = `${to}-wal`
  const reader = new SqliteFile(from, { fileMustExist: true, timeout: alone ? 0 : 10_000 })
  try {
    if (alone) {
      // Whoever works on the file in WAL mode holds a shared lock on it, also while doing nothing.
      reader.pragma('locking_mode = EXCLUSIVE')
      reader.exec('begin immediate')
    } else reader.exec('begin')
    reader.prepare('select count(*) from sqlite_master').get()
    copyBytes(source, to, fstatSync(source).size)
    copyLog(`${from}-wal`, log)
  } finally {
    reader.close()
  }
  settle(to)
}

/** Takes the log into a copied file and makes it one file that stands alone. */
function settle(file: string): void {
  const copied = new SqliteFile(file)
  try {
    copied.pragma('synchronous = FULL')
    copied.pragma('journal_mode = DELETE')
  } finally {
    copied.close()
  }
}

function look(sqlite: SqliteFile.Database): DatabaseContent {
  const tables = sqlite
    .prepare<[], { name: string }>("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
    .all()
    .map(({ name }) => name)
  const counts = Object.fromEntries(
    tables.map((name) => [
      name,
      sqlite.prepare<[], { count: number }>(`select count(*) as count from "${name}"`).get()?.count ?? 0,
    ]),
  )
  const one = (table: string, statement: string) =>
    tables.includes(table) ? (sqlite.prepare<[], { value: string | null }>(statement).get()?.value ?? null) : null
  const migrations = tables.includes('migrations')
    ? sqlite
        .prepare<[], { name: string }>('select name from migrations order by name')
        .all()
        .map(({ name }) => name)
    : []
  return {
    migration: migrations.at(-1) ?? null,
    migrations,
    version: one('facts', "select value from facts where name = 'program-version'"),
    training: one('facts', "select value from facts where name = 'mode'") === 'training',
    newestEntry: one('audit', 'select max(at) as value from audit'),
    counts,
  }
}

/** Reads a whole file. Without `deep` it is not looked whether each index says what its table says. */
function check({ file, deep }: Extract<CopyTask, { kind: 'check' }>): CopyAnswer {
  const sqlite = new SqliteFile(file, { readonly: true, fileMustExist: true })
  try {
    sqlite.pragma(`mmap_size = ${2 ** 30}`)
    const found = sqlite.pragma(deep ? 'integrity_check' : 'quick_check', { simple: true })
    goOn()
    if (found !== 'ok') return { ok: false, code: 'SQLITE_CORRUPT', message: String(found), inUse: false }
    return { ok: true, content: look(sqlite) }
  } finally {
    sqlite.close()
  }
}

function hash({ file }: Extract<CopyTask, { kind: 'hash' }>): CopyAnswer {
  const handle = openSync(file, 'r')
  try {
    const made = createHash('sha256')
    const buffer = Buffer.allocUnsafe(CHUNK)
    let bytes = 0
    for (;;) {
      goOn()
      const read = readSync(handle, buffer, 0, CHUNK, bytes)
      if (read === 0) return { ok: true, sha256: made.digest('hex'), bytes }
      made.update(buffer.subarray(0, read))
      bytes += read
    }
  } finally {
    closeSync(handle)
  }
}

function answer(): CopyAnswer {
  try {
    goOn()
    if (task.kind === 'check') return check(task)
    if (task.kind === 'hash') return hash(task)
    copy(task)
    return { ok: true }
  } catch (thrown) {
    const { code = 'unknown', message } = thrown as Error & { code?: string }
    return { ok: false, code, message, inUse: /^SQLITE_(BUSY|LOCKED)/.test(code) }
  }
}

parentPort?.postMessage(answer())
