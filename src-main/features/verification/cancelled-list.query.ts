import { Temporal } from 'temporal-polyfill'
import { cancellationId, cancelledText, type CancelledList } from '#domain/verification/cancelled-certificates'
import { signedLinesIn } from '#domain/verification/verification-line'
import type { Db } from '../../database/open'
import { dateInTokyo, instantText } from '../../platform/clock'
import { currentSigner } from './signing-keys.action'
import { listCancelled } from './verification.repo'

/** The list of cancelled certificates as of `now`, signed. Those that were never signed are in nobody's hands, and not in it. */
export async function cancelledListOf(db: Db, now: Temporal.Instant): Promise<CancelledList> {
  const items: CancelledList['items'] = []
  for (const { signed_line, cancelled_at, replaced_by } of await listCancelled(db)) {
    const [line] = (await signedLinesIn(signed_line ?? '')).lines
    const on = dateInTokyo(Temporal.Instant.from(cancelled_at ?? '')).toString()
    if (line) items.push({ id: await cancellationId(line), on, replaced: replaced_by !== null })
  }
  // In an order that tells nothing of the numbers.
  items.sort((one, other) => (one.id < other.id ? -1 : 1))
  const { kid, sign } = await currentSigner(db, now)
  const list = { asOf: instantText(now), kid, items }
  return { ...list, signature: Buffer.from(await sign(cancelledText(list))).toString('base64url') }
}
