import type { Temporal } from 'temporal-polyfill'
import type { Db } from '../../database/open'
import type { MailSettingsService } from '../../mail/settings/mail-settings-service'
import { findMail } from '../../mail/mailer/outbox'
import { refused, type Outcome } from '../../platform/outcome'
import { withdrawalReason } from './still-wanted.repo'
import { asStaff, type StaffActor } from '../staff-session/as-staff.action'

/** Tries to deliver a mail at once; one that the worker has sent meanwhile is not written down as tried again. */
export async function retryMail(
  { db, mail }: { db: Db; mail: MailSettingsService },
  actor: StaffActor,
  id: string,
  now: Temporal.Instant,
): Promise<Outcome<null>> {
  const noted = await asStaff<null>(db, actor, now, async (trx, { note }) => {
    const seen = await findMail(trx, id)
    if (!seen) return refused('mail.unknown')
    if (seen.status === 'sent') return refused('mail.sent')
    if (seen.withdrawn_for !== null || (await withdrawalReason(trx, seen, now)) !== null)
      return refused('mail.withdrawn')
    await note({ action: 'mail.retried', subject: `mail:${id}` })
    return { ok: true, value: null }
  })
  if (noted.ok) await mail.retry(id, now)
  return noted
}
