import type { Temporal } from 'temporal-polyfill'
import type { ActionDeps } from '../../mail/mailer/mailer'
import { NO_PASSWORD } from '../../platform/crypto/passwords'
import { selfAuditEntry, writeAudit } from '../../database/audit'
import type { Outcome } from '../../platform/outcome'
import { asSignedIn, type SignedInActor } from '../session/as-signed-in.action'
import { saveLoginAttempts } from '../session/session.repo'
import { applicantName, lockedAt } from '../session/session.rules'
import { setPassword } from '../account/account.repo'
import { voidCredentials } from '../session/credentials.repo'
import { mailPasswordReset } from '../recovery/password-reset.action'
import { stopDeletion } from '../account-deletion/request-deletion.action'

/**
 * Ours: somebody says that something was not done by them, so that others know the password: it opens nothing any more, also after the
 * 24 hours of the lock or when staff lift it. Everything handed out is void, a deletion that was asked for is off, and a reset is mailed.
 */
export const disownActivity = (
  { db, mailer }: ActionDeps,
  who: SignedInActor,
  now: Temporal.Instant,
): Promise<Outcome<null>> =>
  asSignedIn(db, who, now, async (trx, { account }) => {
    await saveLoginAttempts(trx, applicantName(account), lockedAt(now))
    await setPassword(trx, account.id, NO_PASSWORD)
    await voidCredentials(trx, account.id, {}, now)
    await stopDeletion(trx, account, who.device, now)
    await mailPasswordReset(trx, account, { reason: 'not-me' }, now, mailer)
    await writeAudit(trx, selfAuditEntry(account.id, 'account.not-me', who.device), now)
    return { ok: true, value: null }
  })
