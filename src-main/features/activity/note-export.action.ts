import { Temporal } from 'temporal-polyfill'
import type { Db } from '../../database/open'
import { instantText } from '../../platform/clock'
import { selfAuditEntry, writeAudit } from '../../database/audit'
import { consumeRateLimit } from '../../database/rate-limit/rate-limit.repo'
import { refusedWith, type Outcome } from '../../platform/outcome'
import { asSignedIn, type SignedInActor } from '../session/as-signed-in.action'

/** Ours: everything held about a person is not gathered in a loop. */
const EXPORTS = { count: 10, window: Temporal.Duration.from({ hours: 1 }) }

/** Writes down that somebody takes out what is held about them, before it is gathered. */
export const recordExport = (db: Db, who: SignedInActor, now: Temporal.Instant): Promise<Outcome<null>> =>
  asSignedIn(db, who, now, async (trx, { account }) => {
    const allowed = await consumeRateLimit(trx, `export:${account.id}`, EXPORTS, now)
    if (!allowed.ok) return refusedWith('request.too-many', { retryAt: instantText(allowed.problem.retryAt) })
    await writeAudit(trx, selfAuditEntry(account.id, 'account.exported', who.device), now)
    return { ok: true, value: null }
  })
