import { Temporal } from 'temporal-polyfill'
import type { Db } from '../../database/open'
import { enqueueMail } from '../../mail/outbox'
import { instantText } from '../../platform/clock'
import type { Job } from '../../platform/jobs'
import { writeAudit } from '../../service/audit'
import { hasUndeliveredCertificate } from './account.repo'
import { deletionDoneMail } from './my-page.mail'

/**
 * Deletes accounts whose owners wished it 7 days ago (ours), with everything that hangs on them. Never one with a certificate
 * that has not been delivered: it waits until that has happened.
 */
export function deletionJob(db: Db, mailFrom: string): Job {
  const due = () =>
    db
      .selectFrom('accounts')
      .selectAll()
      .where('deletion_due_at', 'is not', null)
      .orderBy('deletion_due_at')
      .orderBy('id')
  const deletable = async () => {
    for (const account of await due().execute()) if (!(await hasUndeliveredCertificate(db, account.id))) return account
    return null
  }
  return {
    name: 'deletion',
    nextDue: async () => {
      const account = await deletable()
      return account?.deletion_due_at ? Temporal.Instant.from(account.deletion_due_at) : null
    },
    run: async (now) => {
      for (const account of await due().where('deletion_due_at', '<=', instantText(now)).execute()) {
        await db.transaction().execute(async (trx) => {
          if (await hasUndeliveredCertificate(trx, account.id)) return
          const { id, email, language } = account
          await trx.deleteFrom('outbox').where('account_id', '=', id).execute()
          await trx.deleteFrom('accounts').where('id', '=', id).execute()
          await enqueueMail(trx, deletionDoneMail({ email, language }), now, mailFrom)
          await writeAudit(trx, { actor: 'program', action: 'account.deleted', subject: `account:${id}` }, now)
        })
      }
    },
  }
}
