import type { Temporal } from 'temporal-polyfill'
import type { NumberKind } from '#contract/http/staff/admin'
import type { Db } from '../../database/open'
import { instantText } from '../../platform/clock'

/** A week in Tokyo: its Monday, and the Monday after it. */
export interface Week {
  from: Temporal.PlainDate
  to: Temporal.PlainDate
}

const begins = (date: Temporal.PlainDate) => instantText(date.toZonedDateTime('Asia/Tokyo').toInstant())

/**
 * What happened to certificates in a week: handed over, first taken by a mail server, registered; whose validity ended
 * unregistered (before `today`); whose mail, written in that week, was given up. Each is one look into an index.
 */
export async function countWeek(
  db: Db,
  { from, to }: Week,
  today: Temporal.PlainDate,
): Promise<Record<NumberKind, number>> {
  const [since, before] = [begins(from), begins(to)]
  const between = async (column: 'requested_at' | 'mail_accepted_at' | 'registered_at') => {
    const { count } = await db
      .selectFrom('certificates')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where(column, '>=', since)
      .where(column, '<', before)
      .executeTakeFirstOrThrow()
    return Number(count)
  }
  const overdue = await db
    .selectFrom('certificates')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    // A certificate is good to the end of its last day: it is overdue from the day after.
    .where('valid_until', '>=', from.subtract({ days: 1 }).toString())
    .where('valid_until', '<', to.subtract({ days: 1 }).toString())
    .where('valid_until', '<', today.toString())
    .where('registered_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .executeTakeFirstOrThrow()
  const failed = await db
    .selectFrom('outbox')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('status', '=', 'failed')
    .where('withdrawn_for', 'is', null)
    .where('created_at', '>=', since)
    .where('created_at', '<', before)
    .where('certificate_number', 'is not', null)
    .executeTakeFirstOrThrow()
  return {
    issued: await between('requested_at'),
    delivered: await between('mail_accepted_at'),
    registered: await between('registered_at'),
    overdue: Number(overdue.count),
    failed: Number(failed.count),
  }
}
