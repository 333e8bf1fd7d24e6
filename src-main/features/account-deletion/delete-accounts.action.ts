import { Temporal } from 'temporal-polyfill'
import type { Db } from '../../database/open'
import type { ActionDeps } from '../../mail/mailer/mailer'
import { writeAudit } from '../../database/audit'
import { deleteAccountDue, listDeletions } from '../account/account.repo'
import { deletionDoneMail } from '../account/account.mail'

/** When the next account is to go, null where none is; one with a certificate that has not been delivered waits. */
export async function nextDeletion(db: Db): Promise<Temporal.Instant | null> {
  for (const { dueAt, isDeletable } of await listDeletions(db)) if (isDeletable) return Temporal.Instant.from(dueAt)
  return null
}

/** Deletes what is due, each account in a transaction of its own: a wish that was withdrawn in the meantime deletes nothing. */
export async function deleteAccounts({ db, mailer }: ActionDeps, now: Temporal.Instant): Promise<void> {
  for (const { id } of await listDeletions(db, now))
    await db.transaction().execute(async (trx) => {
      const deleted = await deleteAccountDue(trx, id, now)
      if (!deleted) return
      await mailer.enqueue(trx, deletionDoneMail(deleted), now)
      await writeAudit(trx, { actor: 'program', action: 'account.deleted', subject: `account:${id}` }, now)
    })
}
