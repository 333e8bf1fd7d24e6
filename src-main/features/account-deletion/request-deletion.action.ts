import type { Temporal } from 'temporal-polyfill'
import type { Db } from '../../database/open'
import type { ActionDeps } from '../../mail/mailer/mailer'
import { instantText } from '../../platform/clock'
import { selfAuditEntry, writeAudit } from '../../database/audit'
import { refused, type Outcome } from '../../platform/outcome'
import { asSignedIn, type SignedInActor } from '../session/as-signed-in.action'
import { isRecentlyAuthenticated } from '../session/reauthenticate.action'
import { hasUndeliveredCertificate, updateAccount } from '../account/account.repo'
import { deletionDue } from '../account/account.rules'
import type { AccountRow } from '../../database/tables/account.table'
import { deletionAskedMail } from '../account/account.mail'

/** Ours: the account is to go in 7 days; asked again, the first time stands. Answers when. */
export const requestDeletion = (
  { db, mailer }: ActionDeps,
  who: SignedInActor,
  now: Temporal.Instant,
): Promise<Outcome<string>> =>
  asSignedIn<string>(db, who, now, async (trx, { account, session }) => {
    if (!isRecentlyAuthenticated(session, now)) return refused('session.not-recent')
    const { id: accountId, email, language, deletion_due_at: before } = account
    if (before !== null) return { ok: true, value: before }
    if (await hasUndeliveredCertificate(trx, accountId)) return refused('deletion.undelivered')
    const dueAt = deletionDue(now)
    await updateAccount(trx, accountId, { deletion_due_at: instantText(dueAt) })
    await mailer.enqueue(trx, deletionAskedMail({ accountId, email, language, dueAt }), now)
    await writeAudit(trx, selfAuditEntry(accountId, 'account.deletion-asked', who.device), now)
    return { ok: true, value: instantText(dueAt) }
  })

/** A deletion that was asked for is off; nothing where none was. */
export async function stopDeletion(
  trx: Db,
  { id, deletion_due_at: dueAt }: AccountRow,
  device: string | null,
  now: Temporal.Instant,
): Promise<void> {
  if (dueAt === null) return
  await updateAccount(trx, id, { deletion_due_at: null })
  await writeAudit(trx, selfAuditEntry(id, 'account.deletion-withdrawn', device), now)
}

/** The account stays after all. */
export const withdrawDeletion = (
  { db }: { db: Db },
  who: SignedInActor,
  now: Temporal.Instant,
): Promise<Outcome<null>> =>
  asSignedIn(db, who, now, async (trx, { account }) => {
    await stopDeletion(trx, account, who.device, now)
    return { ok: true, value: null }
  })
