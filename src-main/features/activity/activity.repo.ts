import { sql } from 'kysely'
import { ACTIVITIES, type Activity } from '#contract/http/account/my-page'
import type { Db } from '../../database/open'

const kinds = ACTIVITIES as readonly string[]

/** What happened to an account: audit rows that its owner may read, and its mails. */
const events = (db: Db, accountId: string) =>
  db
    .selectFrom('audit')
    .select(['id', 'at', 'action as kind', 'device'])
    .select(sql<string | null>`case when subject like 'certificate:%' then substr(subject, 13) end`.as('subject'))
    .where('account_id', '=', accountId)
    .where('action', 'in', kinds)
    .unionAll(
      db
        .selectFrom('outbox')
        .select(['id', sql<string>`coalesce(sent_at, created_at)`.as('at')])
        .select([sql<string>`'mail.' || status`.as('kind'), sql<string | null>`null`.as('device'), 'subject'])
        .where('account_id', '=', accountId),
    )

/** One page of what happened to an account, newest first; pages count from 1. */
export async function listActivities(db: Db, accountId: string, { page, size }: { page: number; size: number }) {
  const all = events(db, accountId).as('events')
  const { total } = await db
    .selectFrom(all)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await db
    .selectFrom(all)
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  return { items: rows as Activity[], total }
}
