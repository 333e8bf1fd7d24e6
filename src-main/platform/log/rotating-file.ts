import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

export interface Rotation {
  /** No file grows beyond this, unless a single line does. */
  bytes: number
  /** How many full files are kept beside the one that is written to. */
  kept: number
}

/** The files of a log, the newest first: `zairyu.log`, `zairyu.1.log`, … */
export const rotatedFiles = (file: string, kept: number): string[] =>
  Array.from({ length: kept + 1 }, (_, age) => (age === 0 ? file : file.replace(/(\.[^./\\]+)$/, `.${age}$1`)))

function sizeOf(file: string): number {
  try {
    return statSync(file).size
  } catch {
    return 0
  }
}

function turn(file: string, kept: number): void {
  const files = rotatedFiles(file, kept)
  for (let age = kept; age > 0; age -= 1) {
    const [from, to] = [files[age - 1], files[age]]
    if (from !== undefined && to !== undefined && sizeOf(from) > 0) renameSync(from, to)
  }
}

/**
 * Appends lines to a file that is put aside when it is full. Each line is on the disk when `write` returns, so that the last words
 * before a crash are there; and no file stays open, so that the program and its command line can write to one log, and Windows
 * lets it be renamed. pino's own rotation needs a worker thread with a file beside the bundle, or writes later than it is told.
 * What cannot be written (disk full, say) is dropped: a log never ends the program.
 */
export function rotatingFile(file: string, { bytes, kept }: Rotation): { write(line: string): void } {
  return {
    write: (line) => {
      try {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
        if (sizeOf(file) + Buffer.byteLength(line) > bytes) turn(file, kept)
        appendFileSync(file, line, { mode: 0o600 })
      } catch {
        // There is nowhere left to say so.
      }
    },
  }
}
