import type { MailState, OutboxItem, OutboxMail } from '#contract/http/staff/admin'
import type { Db } from '../../database/open'
import { mailFailure } from '../delivery/failure.rules'
import { domainOf, type MailSetting } from './outbox'
import type { OutboxRow } from '../../database/tables/outbox.table'
import { fillText } from './placeholder'
import { failedByFailure, readTrouble } from '../delivery/queue-stop.repo'

/** What staff read where a link or a code stands: those belong to the reader of the mail alone. */
const COVERED = '＊＊＊'

const COLUMNS = [
  'id',
  'recipient',
  'subject',
  'status',
  'attempts',
  'created_at',
  'next_attempt_at',
  'sent_at',
  'last_error',
  'failure',
  'withdrawn_for',
] as const

const toItem = (row: Pick<OutboxRow, (typeof COLUMNS)[number]>): OutboxItem => ({
  id: row.id,
  to: row.recipient,
  subject: row.subject,
  status: row.withdrawn_for === null ? row.status : 'withdrawn',
  attempts: row.attempts,
  createdAt: row.created_at,
  sentAt: row.sent_at,
  nextAttemptAt: row.status === 'queued' ? row.next_attempt_at : null,
  lastError: row.last_error,
  failure: row.last_error === null || row.withdrawn_for !== null ? null : (row.failure ?? mailFailure(row.last_error)),
  withdrawnFor: row.withdrawn_for,
})

/** One page of the outbox, the newest first, with how many mails there are in each state. */
export async function pageOfMail(
  db: Db,
  { status, page, size }: { status?: MailState | undefined; page: number; size: number },
) {
  const rows = await db
    .selectFrom('outbox')
    .select(COLUMNS)
    .$if(status === 'withdrawn', (query) => query.where('withdrawn_for', 'is not', null))
    .$if(status !== undefined && status !== 'withdrawn', (query) =>
      query.where('status', '=', status as OutboxRow['status']).where('withdrawn_for', 'is', null),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  const found = await db
    .selectFrom('outbox')
    .select(({ fn }) => [
      'status',
      fn.countAll<number>().as('count'),
      fn.count<number>('withdrawn_for').as('withdrawn'),
    ])
    .groupBy('status')
    .execute()
  const count = (state: OutboxRow['status']) => {
    const row = found.find((one) => one.status === state)
    return row ? Number(row.count) - Number(row.withdrawn) : 0
  }
  const withdrawn = found.reduce((sum, row) => sum + Number(row.withdrawn), 0)
  const counts = { queued: count('queued'), sent: count('sent'), failed: count('failed'), withdrawn }
  const total = status === undefined ? Object.values(counts).reduce((sum, one) => sum + one, 0) : counts[status]
  return { items: rows.map(toItem), total, counts, trouble: await readTrouble(db), failures: await failedByFailure(db) }
}

/** One mail for the eyes of staff: its text with every link and code covered, whether or not it has been sent. */
export async function redactedMail(db: Db, id: string, { linkBase, from }: MailSetting): Promise<OutboxMail | null> {
  const row = await db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return null
  const open = new Map([
    ['base', row.link_base ?? linkBase],
    ['senderDomain', domainOf(from)],
  ])
  return { ...toItem(row), from, text: fillText(row.text_body, open, COVERED) }
}
