import { Temporal } from 'temporal-polyfill'
import type { Db } from '../open'
import { accept, type Result } from '../../platform/result'
import { instantText } from '../../platform/clock'
import { hashToken } from '../../platform/ids'
import { countRequest, type Limit, type LimitState } from './rate-limit.rules'

/** Counts one request under a key (stored as a hash) and says whether it may pass; survives restarts. Call it in a transaction. */
export async function consumeRateLimit(
  trx: Db,
  key: string,
  limit: Limit,
  now: Temporal.Instant,
): Promise<Result<LimitState, { retryAt: Temporal.Instant }>> {
  const keyHash = hashToken(key)
  const row = await trx.selectFrom('limits').selectAll().where('key_hash', '=', keyHash).executeTakeFirst()
  const state = row ? { windowStartedAt: Temporal.Instant.from(row.window_started_at), count: row.count } : null
  const passed = countRequest(state, limit, now)
  if (passed.ok) {
    const values = { window_started_at: instantText(passed.value.windowStartedAt), count: passed.value.count }
    await trx
      .insertInto('limits')
      .values({ key_hash: keyHash, ...values })
      .onConflict((conflict) => conflict.column('key_hash').doUpdateSet(values))
      .execute()
  }
  return passed
}

/** Forgets what was counted under a key, after the right answer. */
export async function clearLimit(trx: Db, key: string): Promise<void> {
  await trx.deleteFrom('limits').where('key_hash', '=', hashToken(key)).execute()
}

/**
 * Counts a request against the limit of its browser. A client without cookies has no name and passes: all such clients of a machine
 * must not be one (DESIGN §10).
 */
export async function consumeDeviceRateLimit(
  trx: Db,
  deviceKey: string | undefined,
  { name, ...limit }: Limit & { name: string },
  now: Temporal.Instant,
): Promise<Result<LimitState | null, { retryAt: Temporal.Instant }>> {
  return deviceKey === undefined ? accept(null) : consumeRateLimit(trx, `${name}:device:${deviceKey}`, limit, now)
}
