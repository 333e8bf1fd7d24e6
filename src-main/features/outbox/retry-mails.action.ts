import { Temporal } from 'temporal-polyfill'
import type { RetryMailsRequest } from '#contract/http/staff/admin'
import { requeueFailed, resumeQueue } from '../../mail/delivery/queue-stop.repo'
import type { Db } from '../../database/open'
import type { ActionDeps, Mailer } from '../../mail/mailer/mailer'
import { instantText } from '../../platform/clock'
import { writeAudit, type AuditEntry } from '../../database/audit'
import { consumeRateLimit } from '../../database/rate-limit/rate-limit.repo'
import { refusedWith, type Outcome } from '../../platform/outcome'
import { asStaff, type StaffActor } from '../staff-session/as-staff.action'

/** Each call may send every mail that waits to a server that has refused them: often enough for whoever mends something. */
const CALLS = { count: 30, window: Temporal.Duration.from({ hours: 1 }) }

type Note = (entry: Pick<AuditEntry, 'action' | 'subject' | 'detail'>) => Promise<void>

async function retryWithin(
  { trx, mailer }: { trx: Db; mailer: Mailer },
  { status, failure }: RetryMailsRequest,
  note: Note,
  now: Temporal.Instant,
): Promise<Outcome<{ count: number }>> {
  const passed = await consumeRateLimit(trx, 'retry-mails', CALLS, now)
  if (!passed.ok) return refusedWith('request.too-many', { retryAt: instantText(passed.problem.retryAt) })
  const count = status === 'failed' ? await requeueFailed(trx, failure ?? null, now) : await resumeQueue(trx, now)
  await mailer.announceDue(trx)
  if (count > 0)
    await note({ action: 'mail.all-retried', subject: 'mail', detail: { status, count, ...(failure && { failure }) } })
  return { ok: true, value: { count } }
}

/**
 * Tries mails again together: those given up (all, or those of a class), or those that wait for the office's own trouble. Either lets a
 * stopped queue go on; where nothing has been mended it stops again after a few mails, and none is lost. Answers how many mails that
 * are; a second call finds none, and only what changes something is written down.
 */
export const retryMails = (
  { db, mailer }: ActionDeps,
  actor: StaffActor,
  request: RetryMailsRequest,
  now: Temporal.Instant,
): Promise<Outcome<{ count: number }>> =>
  asStaff(db, actor, now, (trx, { note }) => retryWithin({ trx, mailer }, request, note, now))

/** The same from the command line. */
export const retryMailsAsOperator = (
  { db, mailer }: ActionDeps,
  request: RetryMailsRequest,
  now: Temporal.Instant,
): Promise<Outcome<{ count: number }>> =>
  db
    .transaction()
    .execute((trx) =>
      retryWithin(
        { trx, mailer },
        request,
        (entry) => writeAudit(trx, { ...entry, actor: 'operator', device: null }, now),
        now,
      ),
    )
