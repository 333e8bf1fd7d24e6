import type { Context } from 'hono'
import { Temporal } from 'temporal-polyfill'
import { emailKey } from '#domain/text/email-address'
import type { Db } from '../database/open'
import { accept, type Result } from '../platform/result'
import { deviceKeyOf } from './cookies/device'
import { consumeDeviceRateLimit, consumeRateLimit } from '../database/rate-limit/rate-limit.repo'
import type { Limit } from '../database/rate-limit/rate-limit.rules'

const HOUR = Temporal.Duration.from({ hours: 1 })

/** Ours: a mailbox is not flooded by somebody who types its address; shared office mailboxes hold many people. */
const TO_AN_ADDRESS: Limit = { count: 20, window: HOUR }
/** Ours: one browser does not ask for mails to address after address. */
const FROM_A_DEVICE: Limit & { name: string } = { name: 'mails', count: 60, window: HOUR }

/** Whether one more mail to an address may be asked for; `what` keeps the counts of different mails apart. */
export async function consumeMailRateLimits(
  trx: Db,
  c: Context,
  { what, email }: { what: string; email: string },
  now: Temporal.Instant,
): Promise<Result<null, { retryAt: Temporal.Instant }>> {
  const byDevice = await consumeDeviceRateLimit(trx, deviceKeyOf(c), FROM_A_DEVICE, now)
  if (!byDevice.ok) return byDevice
  const byAddress = await consumeRateLimit(trx, `${what}:${emailKey(email)}`, TO_AN_ADDRESS, now)
  return byAddress.ok ? accept(null) : byAddress
}
