import type { Temporal } from 'temporal-polyfill'
import type { ActionDeps } from '../../mail/mailer/mailer'
import { selfAuditEntry, writeAudit } from '../../database/audit'
import { refused, type Outcome } from '../../platform/outcome'
import { asSignedIn, type SignedInActor } from '../session/as-signed-in.action'
import { isRecentlyAuthenticated } from '../session/reauthenticate.action'
import { saveLoginAttempts } from '../session/session.repo'
import { applicantName, NO_LOGIN_ATTEMPTS } from '../session/session.rules'
import { setPassword } from '../account/account.repo'
import { voidCredentials } from '../session/credentials.repo'
import { passwordChangedMail } from '../account/account.mail'

/** M6.2: puts a new password in place, ends all other sessions and voids every open link of the account. */
export const changePassword = (
  { db, mailer }: ActionDeps,
  who: SignedInActor,
  passwordHash: string,
  now: Temporal.Instant,
): Promise<Outcome<null>> =>
  asSignedIn(db, who, now, async (trx, { account, session }) => {
    if (!isRecentlyAuthenticated(session, now)) return refused('session.not-recent')
    const { id: accountId, email, language, user_id: userId } = account
    await setPassword(trx, accountId, passwordHash)
    await saveLoginAttempts(trx, applicantName(account), NO_LOGIN_ATTEMPTS)
    await voidCredentials(trx, accountId, { keepSession: who.tokenHash }, now)
    await mailer.enqueue(trx, passwordChangedMail({ accountId, email, language, userId, at: now, how: 'changed' }), now)
    await writeAudit(trx, selfAuditEntry(accountId, 'account.password-changed', who.device), now)
    return { ok: true, value: null }
  })
