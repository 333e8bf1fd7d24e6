import { Temporal } from 'temporal-polyfill'
import type { Db } from '../../database/open'
import type { ActionDeps } from '../../mail/mailer/mailer'
import { instantText } from '../../platform/clock'
import { selfAuditEntry, writeAudit } from '../../database/audit'
import { consumeRateLimit } from '../../database/rate-limit/rate-limit.repo'
import { refused, refusedWith, type Outcome } from '../../platform/outcome'
import { asSignedIn, type SignedInActor } from '../session/as-signed-in.action'
import { isRecentlyAuthenticated } from '../session/reauthenticate.action'
import { createMailLink } from '../account/account.repo'
import { linkEnd } from '../account/account.rules'
import { emailChangeMail } from '../account/account.mail'

/** Ours: who is signed in does not have mails sent to address after address. */
const CHANGES_OF_AN_ACCOUNT = { count: 20, window: Temporal.Duration.from({ hours: 1 }) }

/**
 * M6.1: a link goes to the new address; nothing changes before somebody opens it and shows that the account is theirs. Links that
 * were asked for before go on working until one of them is used.
 * @param consumeMailRateLimits whether one more mail to this address may go out
 */
export const askEmailChange = (
  { db, mailer }: ActionDeps,
  who: SignedInActor,
  { email, askedBy }: { email: string; askedBy: string | null },
  consumeMailRateLimits: (trx: Db) => Promise<{ ok: true } | { ok: false; problem: { retryAt: Temporal.Instant } }>,
  now: Temporal.Instant,
): Promise<Outcome<Temporal.Instant>> =>
  asSignedIn<Temporal.Instant>(db, who, now, async (trx, { account, session }) => {
    if (!isRecentlyAuthenticated(session, now)) return refused('session.not-recent')
    if (email === account.email) return refused('request.invalid', [{ field: 'email', code: 'email.same' }])
    const { id: accountId, language } = account
    const byAccount = await consumeRateLimit(trx, `email-change-of:${accountId}`, CHANGES_OF_AN_ACCOUNT, now)
    const passed = byAccount.ok ? await consumeMailRateLimits(trx) : byAccount
    if (!passed.ok) return refusedWith('request.too-many', { retryAt: instantText(passed.problem.retryAt) })
    const expiresAt = linkEnd('email-change', now) ?? now
    const link = await createMailLink(trx, { kind: 'email-change', email, language, accountId, askedBy }, now)
    await mailer.enqueue(trx, emailChangeMail({ accountId, email, language, ...link, expiresAt }), now)
    await writeAudit(trx, selfAuditEntry(accountId, 'account.email-change-asked', who.device), now)
    return { ok: true, value: expiresAt }
  })
