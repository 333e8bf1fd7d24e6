import { join } from 'node:path'
import pino from 'pino'

export type Log = pino.Logger

/**
 * The program's log, JSON Lines in `DIR/log/zairyu.log`. By rule it carries codes, counts and identifiers only: no name,
 * address, token or mail body (DESIGN §6); errors are logged by name, code and stack, since messages may quote input.
 */
export function openLog(dataDir: string, level: string): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: {
        err: (error: Error & { code?: unknown }) => ({
          name: error.name,
          code: error.code,
          stack: error.stack?.split('\n').filter((line) => line.startsWith('    at ')),
        }),
      },
    },
    pino.destination({ dest: join(dataDir, 'log', 'zairyu.log'), mkdir: true, sync: true }),
  )
}
