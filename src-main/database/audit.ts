import type { Temporal } from 'temporal-polyfill'
import type { Db } from './open'
import { instantText } from '../platform/clock'
import { newId } from '../platform/ids'

/** Who did what to which thing; `detail` holds codes and counts only. */
export interface AuditEntry {
  actor: string
  action: string
  subject: string
  detail?: Record<string, string | number>
  /** Whose "my activity" shows it. */
  accountId?: string
  /** Browser and system in plain words. */
  device?: string | null
}

/** An act of the owner in his own affairs; it shows in his activity. */
export const selfAuditEntry = (
  accountId: string,
  action: string,
  device: string | null,
  subject?: string,
): AuditEntry => ({
  actor: `account:${accountId}`,
  action,
  subject: subject ?? `account:${accountId}`,
  accountId,
  device,
})

/** Writes the one audit row of a change of state; call it in the transaction of the change (DESIGN §4). */
export async function writeAudit(trx: Db, entry: AuditEntry, now: Temporal.Instant): Promise<void> {
  await trx
    .insertInto('audit')
    .values({
      id: newId(),
      at: instantText(now),
      actor: entry.actor,
      action: entry.action,
      subject: entry.subject,
      detail: entry.detail ? JSON.stringify(entry.detail) : null,
      account_id: entry.accountId ?? null,
      device: entry.device ?? null,
    })
    .execute()
}
