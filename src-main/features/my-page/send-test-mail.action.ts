import { Temporal } from 'temporal-polyfill'
import type { ActionDeps } from '../../mail/mailer/mailer'
import { instantText } from '../../platform/clock'
import { selfAuditEntry, writeAudit } from '../../database/audit'
import { consumeRateLimit } from '../../database/rate-limit/rate-limit.repo'
import { refusedWith, type Outcome } from '../../platform/outcome'
import { asSignedIn, type SignedInActor } from '../session/as-signed-in.action'
import { testMail } from '../account/account.mail'

/** Ours: enough to try out a mailbox, too few to annoy it. */
const TEST_MAILS = { count: 5, window: Temporal.Duration.from({ hours: 1 }) }

/** Ours: a test mail to the own address; answers its key and where it goes. */
export const sendTestMail = (
  { db, mailer }: ActionDeps,
  who: SignedInActor,
  now: Temporal.Instant,
): Promise<Outcome<{ id: string; email: string }>> =>
  asSignedIn<{ id: string; email: string }>(db, who, now, async (trx, { account }) => {
    const { id: accountId, email, language } = account
    const passed = await consumeRateLimit(trx, `test-mail:${accountId}`, TEST_MAILS, now)
    if (!passed.ok) return refusedWith('request.too-many', { retryAt: instantText(passed.problem.retryAt) })
    const { id } = await mailer.enqueue(trx, testMail({ accountId, email, language }), now)
    await writeAudit(trx, selfAuditEntry(accountId, 'account.test-mail', who.device), now)
    return { ok: true, value: { id, email } }
  })
