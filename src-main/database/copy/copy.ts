import { closeSync, openSync, realpathSync, rmSync } from 'node:fs'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { CopyAnswer, CopyOrder, CopyTask, DatabaseContent } from './copy-worker'

export type { DatabaseContent } from './copy-worker'

/** A database file that could not be copied or read; `code` is SQLite's or the system's. */
export class CopyError extends Error {
  override name = 'CopyError'
  readonly code: string
  /** Another program works on the file. */
  readonly inUse: boolean
  constructor({ code, message, inUse }: { code: string; message: string; inUse: boolean }) {
    super(message)
    this.code = code
    this.inUse = inUse
  }
}

/** Beside this module, in the sources and in the bundle. */
const WORKER = new URL(`./copy-worker${extname(import.meta.filename)}`, import.meta.url)

/** Does a task in a thread of its own; when `signal` says so, it ends after the step that it is at (`code` is then `stopped`). */
function work(task: CopyTask, signal?: AbortSignal): Promise<Extract<CopyAnswer, { ok: true }>> {
  return new Promise((resolve, reject) => {
    const stopped = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
    const stop = () => void Atomics.store(new Int32Array(stopped), 0, 1)
    if (signal?.aborted) stop()
    const worker = new Worker(WORKER, { workerData: { task, stopped } satisfies CopyOrder })
    signal?.addEventListener('abort', stop, { once: true })
    worker.once('message', (answer: CopyAnswer) => {
      if (answer.ok) resolve(answer)
      else reject(new CopyError(answer))
    })
    worker.once('error', reject)
    worker.once('exit', () => {
      signal?.removeEventListener('abort', stop)
      reject(new CopyError({ code: 'stopped', message: 'the work was stopped', inUse: false }))
    })
  })
}

/**
 * The files that were opened to be copied, by name. On Linux and macOS a process that closes any handle of a file loses all of its
 * locks on it, SQLite's among them; so these stay open until the program ends, one for each database.
 */
const opened = new Map<string, number>()

function openToCopy(file: string): number {
  if (process.platform === 'win32') return openSync(file, 'r')
  const name = realpathSync(file)
  const handle = opened.get(name) ?? openSync(name, 'r')
  opened.set(name, handle)
  return handle
}

/**
 * Writes a copy of a database file into a new file, readable by its owner only, and reads it through: it is whole and on the disk
 * when this comes back, and not there when this fails. The original may be in use by any number of processes.
 * @param alone refuses (`inUse`) where any other connection is open
 * @throws CopyError
 */
export async function copyDatabase(
  from: string,
  to: string,
  { alone = false, deep = false, signal }: { alone?: boolean; deep?: boolean; signal?: AbortSignal } = {},
): Promise<{ content: DatabaseContent; sha256: string; bytes: number }> {
  const source = openToCopy(from)
  try {
    await work({ kind: 'copy', from, source, to, alone }, signal)
    const [content, { sha256, bytes }] = await Promise.all([readDatabase(to, { deep, signal }), hashFile(to, signal)])
    return { content, sha256, bytes }
  } catch (error) {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${to}${end}`, { force: true })
    throw error
  } finally {
    if (process.platform === 'win32') closeSync(source)
  }
}

/**
 * Reads a whole database file and answers what is in it; `deep` compares every index with its table, too.
 * @throws CopyError that says what is wrong with it
 */
export async function readDatabase(
  file: string,
  { deep = false, signal }: { deep?: boolean; signal?: AbortSignal | undefined } = {},
): Promise<DatabaseContent> {
  const { content } = await work({ kind: 'check', file, deep }, signal)
  if (!content) throw new CopyError({ code: 'unknown', message: 'nothing was read', inUse: false })
  return content
}

/** SHA-256 (hex) and length of a file. Not for a database that this process works on. */
export async function hashFile(file: string, signal?: AbortSignal): Promise<{ sha256: string; bytes: number }> {
  const { sha256 = '', bytes = 0 } = await work({ kind: 'hash', file }, signal)
  return { sha256, bytes }
}
