import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { errorTraits, traitsOf } from '#contract/http/crash-report'
import { pickAllowedFields } from './log-fields.rules'
import { rotatedFiles, rotatingFile } from './rotating-file'

export type Log = pino.Logger

/** Ours: a year of a quiet office, a day of a broken one. */
const ROTATION = { bytes: 1024 * 1024, kept: 4 }

/** The file that is written to; full ones lie beside it. */
export const logFile = (dataDir: string): string => join(dataDir, 'log', 'zairyu.log')

/**
 * The program's log, JSON Lines in `DIR/log/zairyu.log`, which rotates. It carries codes, counts and identifiers only: no name,
 * address, token or mail body (DESIGN §6). Facts that are not known here are left out, and of errors only their traits are kept, since
 * messages may quote input.
 */
export function openLog(dataDir: string, level: string): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { log: pickAllowedFields },
      // What a page tells of its errors is cut down already.
      serializers: { err: (thrown: unknown) => errorTraits.safeParse(thrown).data ?? traitsOf(thrown) },
    },
    rotatingFile(logFile(dataDir), ROTATION),
  )
}

/** The last lines of the log, the oldest first, whichever file they are in. */
export function readLog(dataDir: string, most: number): string[] {
  const lines: string[] = []
  for (const file of rotatedFiles(logFile(dataDir), ROTATION.kept)) {
    if (lines.length >= most) break
    try {
      lines.unshift(...readFileSync(file, 'utf8').split('\n').filter(Boolean))
    } catch {
      // Not there yet.
    }
  }
  return lines.slice(-most)
}
