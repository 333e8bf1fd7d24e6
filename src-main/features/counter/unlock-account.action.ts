import type { Temporal } from 'temporal-polyfill'
import type { Db } from '../../database/open'
import { refused, type Outcome } from '../../platform/outcome'
import { saveLoginAttempts } from '../session/session.repo'
import { applicantName, NO_LOGIN_ATTEMPTS } from '../session/session.rules'
import { asStaff, type StaffActor } from '../staff-session/as-staff.action'
import { findAccountByUserId } from '../account/account.repo'
import type { AccountRow } from '../../database/tables/account.table'
import { voidCredentials } from '../session/credentials.repo'

/**
 * DESIGN §9: a clerk lifts the lock of the person at the counter. The person may be there because of somebody else: whatever was
 * handed out before is void, the lock apart.
 */
export const unlockAccount = (
  { db }: { db: Db },
  actor: StaffActor,
  { userId, reason }: { userId: string; reason: string },
  now: Temporal.Instant,
): Promise<Outcome<AccountRow>> =>
  asStaff(db, actor, now, async (trx, { note }): Promise<Outcome<AccountRow>> => {
    const account = await findAccountByUserId(trx, userId)
    if (account?.system !== 'zairyu') return refused('applicant.unknown')
    await saveLoginAttempts(trx, applicantName(account), NO_LOGIN_ATTEMPTS)
    await voidCredentials(trx, account.id, {}, now)
    const entry = { action: 'account.unlocked', subject: `account:${account.id}`, accountId: account.id }
    await note({ ...entry, detail: { reason } })
    return { ok: true, value: account }
  })
