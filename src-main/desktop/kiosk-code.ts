import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import * as z from 'zod/mini'
import type { KioskLeaveReply } from '#domain/kiosk'
import { countCode } from '../features/kiosk/kiosk.rules'
import { instantText, type Clock } from '../platform/clock'
import type { Log } from '../platform/log/log'
import type { Passwords } from '../platform/crypto/passwords'
import type { LimitState } from '../database/rate-limit/rate-limit.rules'

const kept = z.object({ count: z.int(), windowStartedAt: z.iso.datetime() })

export interface CodeParts {
  /** Where the tries are counted, so that a new start gives no new ones. */
  folder: string
  /** The code as argon2id. */
  hash: string
  clock: Clock
  passwords: Pick<Passwords, 'verify'>
  log: Pick<Log, 'info' | 'warn'>
}

/** Answers whether what was typed is the admin code. Each try counts before it is looked at; none of them is ever written down. */
export function codeCheck({ folder, hash, clock, passwords, log }: CodeParts) {
  const file = join(folder, 'kiosk-code-tries.json')
  return async (typed: string): Promise<KioskLeaveReply> => {
    const counted = countCode(triesIn(file), clock.now())
    if (!counted.ok) {
      log.warn('kiosk code refused: too many tries')
      return { left: false, why: 'limited', retryAt: instantText(counted.problem.retryAt) }
    }
    const { count, windowStartedAt } = counted.value
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, JSON.stringify({ count, windowStartedAt: instantText(windowStartedAt) }))
    if (!(await passwords.verify(hash, typed))) {
      log.warn({ tries: count }, 'kiosk code wrong')
      return { left: false, why: 'wrong' }
    }
    rmSync(file)
    log.info('kiosk ended by code')
    return { left: true }
  }
}

function triesIn(file: string): LimitState | null {
  try {
    const { count, windowStartedAt } = kept.parse(JSON.parse(readFileSync(file, 'utf8')))
    return { count, windowStartedAt: Temporal.Instant.from(windowStartedAt) }
  } catch {
    return null
  }
}
