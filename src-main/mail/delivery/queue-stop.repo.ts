import { sql, type Selectable } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { type DeliveryFailure, isOwnFailure, OWN_FAILURES } from '#contract/http/mail-failure'
import type { Db } from '../../database/open'
import { instantText } from '../../platform/clock'
import { mailFailure } from './failure.rules'
import type { MailStopTable } from '../../database/tables/outbox.table'
import { endsStop, isProbeDue, isStrike, mustStop, nextProbe, UNREACHABLE_IS_TROUBLE_AFTER } from './queue-stop.rules'

/** Written out, so that the index of the few struck rows serves. */
const STRUCK = sql.lit(1)

type StopRow = Selectable<MailStopTable>

/** What keeps mail from going out, for those who can mend it. */
export interface MailTrouble {
  /** Nothing goes out: since when, why, and when one mail is tried next. */
  stopped: { at: string; failure: DeliveryFailure; reason: string; nextProbeAt: string } | null
  /** Mails that wait since the office or its server was refused, by class. */
  waiting: { failure: DeliveryFailure; count: number }[]
}

export const readStop = (db: Db): Promise<StopRow | undefined> =>
  db.selectFrom('mail_stop').selectAll().executeTakeFirst()

/** Whether this process may try one mail although the queue is stopped: until `until` no other does. */
export async function takeProbe(db: Db, stop: StopRow, until: Temporal.Instant): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('mail_stop')
    .set({ next_probe_at: instantText(until) })
    .where('stopped_at', '=', stop.stopped_at)
    .where('next_probe_at', '=', stop.next_probe_at)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The probe came to nothing (there was no mail for it, or it is no longer wanted): another one may be made at once. */
export async function releaseProbe(db: Db, now: Temporal.Instant): Promise<void> {
  await db
    .updateTable('mail_stop')
    .set({ next_probe_at: instantText(now) })
    .execute()
}

export const mayProbe = (stop: StopRow, now: Temporal.Instant): boolean =>
  isProbeDue(Temporal.Instant.from(stop.next_probe_at), now)

/** Everything counts anew: mail goes out until it is refused again. Answers whether the queue had been stopped. */
export async function clearStop(trx: Db): Promise<boolean> {
  await trx.updateTable('outbox').set({ strike: 0 }).where('strike', '=', STRUCK).execute()
  const { numDeletedRows } = await trx.deleteFrom('mail_stop').executeTakeFirst()
  return numDeletedRows > 0n
}

/**
 * What an attempt means for the whole queue; call it in the transaction that records the attempt. `failure` null: the mail was taken.
 * @returns whether the queue stops or goes on by it
 */
export async function weighAttempt(
  trx: Db,
  { failure, reason, isProbe }: { failure: DeliveryFailure | null; reason: string; isProbe: boolean },
  now: Temporal.Instant,
): Promise<'stopped' | 'resumed' | null> {
  const stop = await readStop(trx)
  if (failure === null || (stop && endsStop(stop.failure, failure))) return (await clearStop(trx)) ? 'resumed' : null
  if (stop) {
    if (isProbe)
      await trx
        .updateTable('mail_stop')
        .set({ probes: stop.probes + 1, next_probe_at: instantText(nextProbe(stop.probes + 1, now)) })
        .execute()
    return null
  }
  if (!isStrike(failure)) return null
  const { recipients } = await trx
    .selectFrom('outbox')
    .select(({ fn }) => fn.count<number>('recipient').distinct().as('recipients'))
    .where('strike', '=', STRUCK)
    .where('failure', '=', failure)
    .where('last_error', '=', reason)
    .executeTakeFirstOrThrow()
  if (!mustStop(failure, Number(recipients))) return null
  await trx
    .insertInto('mail_stop')
    .values({
      id: 1,
      stopped_at: instantText(now),
      failure,
      reason,
      probes: 0,
      next_probe_at: instantText(nextProbe(0, now)),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return 'stopped'
}

/** Lets mail go out again, what waits for the office's own trouble at once; answers how many mails that are. */
export async function resumeQueue(trx: Db, now: Temporal.Instant): Promise<number> {
  await clearStop(trx)
  const { numUpdatedRows } = await trx
    .updateTable('outbox')
    .set({ next_attempt_at: instantText(now) })
    .where('status', '=', 'queued')
    .where('failure', 'in', [...OWN_FAILURES])
    .where('lease_holder', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** A program that starts tries one mail at once: its settings may be others than before. */
export async function probeAtStart(db: Db, now: Temporal.Instant): Promise<void> {
  await db
    .updateTable('mail_stop')
    .set({ probes: 0, next_probe_at: instantText(now) })
    .execute()
}

/** Mails of a state by why they failed. Rows of before the class was written have their short reason alone. */
async function byFailure(db: Db, status: 'queued' | 'failed') {
  const rows = await db
    .selectFrom('outbox')
    .select(({ fn }) => ['failure', 'last_error', fn.countAll<number>().as('count')])
    .where('status', '=', status)
    .where('last_error', 'is not', null)
    .where('withdrawn_for', 'is', null)
    .groupBy(['failure', 'last_error'])
    .execute()
  return rows.map(({ failure, last_error, count }) => ({
    stored: { failure, last_error },
    failure: failure ?? mailFailure(last_error ?? ''),
    count: Number(count),
  }))
}

function sumUp(rows: readonly { failure: DeliveryFailure; count: number }[]) {
  const sums = new Map<DeliveryFailure, number>()
  for (const { failure, count } of rows) sums.set(failure, (sums.get(failure) ?? 0) + count)
  return [...sums].map(([failure, count]) => ({ failure, count })).sort((one, next) => next.count - one.count)
}

/** The mails that were given up, by why: what can be tried again together. */
export const failedByFailure = async (db: Db) => sumUp(await byFailure(db, 'failed'))

/** Queues given-up mails again, all or those of a class, and lets mail go out; answers how many. A second call finds none. */
export async function requeueFailed(trx: Db, failure: DeliveryFailure | null, now: Temporal.Instant): Promise<number> {
  await clearStop(trx)
  let count = 0
  for (const { stored, failure: found } of await byFailure(trx, 'failed')) {
    if (failure !== null && found !== failure) continue
    const { numUpdatedRows } = await trx
      .updateTable('outbox')
      .set({ status: 'queued', next_attempt_at: instantText(now) })
      .where('status', '=', 'failed')
      .where('withdrawn_for', 'is', null)
      .where('failure', 'is not distinct from', stored.failure)
      .where('last_error', '=', stored.last_error)
      .executeTakeFirst()
    count += Number(numUpdatedRows)
  }
  return count
}

/** What keeps mail from going out; nothing of the office's affairs for a server that is just starting anew. */
export async function readTrouble(db: Db): Promise<MailTrouble> {
  const stop = await readStop(db)
  const rows = await db
    .selectFrom('outbox')
    .select(({ fn }) => ['failure', fn.countAll<number>().as('count')])
    .where('status', '=', 'queued')
    .where('failure', 'in', [...OWN_FAILURES])
    .where((eb) => eb.or([eb('failure', '!=', 'unreachable'), eb('attempts', '>=', UNREACHABLE_IS_TROUBLE_AFTER)]))
    .groupBy('failure')
    .execute()
  const waiting = sumUp(
    rows.flatMap(({ failure, count }) =>
      failure !== null && isOwnFailure(failure) ? [{ failure, count: Number(count) }] : [],
    ),
  )
  return {
    stopped: stop
      ? { at: stop.stopped_at, failure: stop.failure, reason: stop.reason, nextProbeAt: stop.next_probe_at }
      : null,
    waiting,
  }
}

/** The same in one word, for everybody. */
export async function readAlarm(db: Db): Promise<'stopped' | 'waiting' | null> {
  const { stopped, waiting } = await readTrouble(db)
  return stopped ? 'stopped' : waiting.length > 0 ? 'waiting' : null
}
