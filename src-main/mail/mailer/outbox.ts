import type { Temporal } from 'temporal-polyfill'
import type { WithdrawalReason } from '#contract/http/staff/admin'
import type { Db } from '../../database/open'
import { instantText } from '../../platform/clock'
import type { OutboxRow, OutboxTable } from '../../database/tables/outbox.table'
import { fillHtml, fillText } from './placeholder'

/** A composed mail, ready for the outbox: bodies with placeholders, and the secrets that belong into them. */
export interface MailDraft {
  kind: string
  to: string
  subject: string
  /** Content-Language: the languages of the mail in their order, e.g. `en, ja`. */
  language: string
  text: string
  html: string
  secrets: Record<string, string>
  certificateNumber?: string
  /** Whose account it is about: it shows the mail among its activity, and takes it along when it goes. */
  accountId?: string
}

/** What a stored mail needs from its surroundings to be shown or sent. */
export interface MailSetting {
  /** Base of the links without a trailing slash, e.g. `https://host`, `zairyu://open`. */
  linkBase: string
  /** The sender's address (ZAIRYU_MAIL_FROM). */
  from: string
}

/** A mail as `mail list --json` gives it (DESIGN §10). */
export interface MailSummary {
  id: string
  to: string
  subject: string
  status: OutboxTable['status']
  messageId: string
  sentAt: string | null
  attempts: number
  lastError?: string
}

/** A mail as `mail show ID --json` gives it. */
export interface MailDetails extends MailSummary {
  from: string
  text: string
  html: string
}

/** The part after the last `@`. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)

/** Writes a mail that is to be sent. */
export async function insertMail(trx: Db, row: OutboxTable): Promise<void> {
  await trx.insertInto('outbox').values(row).execute()
}

/** Writes a mail that nobody gets over the last such one, where nobody reads it. */
export async function overwriteDecoy(
  trx: Db,
  { subject, text_body, html_body }: Pick<OutboxTable, 'subject' | 'text_body' | 'html_body'>,
): Promise<void> {
  const values = { subject, text_body, html_body }
  await trx
    .insertInto('mail_to_nobody')
    .values({ id: 1, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute()
}

/** Ends mails of a certificate that nobody is sending and no server has taken; answers their ids. Their links go with them. */
export async function withdrawMailsOf(
  trx: Db,
  { certificateNumber, kinds }: { certificateNumber: string; kinds: string[] },
  reason: WithdrawalReason,
  now: Temporal.Instant,
): Promise<string[]> {
  const rows = await trx
    .updateTable('outbox')
    .set({ status: 'failed', withdrawn_for: reason, next_attempt_at: instantText(now), secrets: null })
    .where('certificate_number', '=', certificateNumber)
    .where('kind', 'in', kinds)
    .where('status', '!=', 'sent')
    .where('withdrawn_for', 'is', null)
    .where('lease_holder', 'is', null)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

/**
 * The final subject, text and HTML of a stored mail. The link base of the first attempt wins over `linkBase`; wiped secrets
 * show as a short note.
 */
export function renderStored(
  row: Pick<OutboxRow, 'subject' | 'text_body' | 'html_body' | 'secrets' | 'link_base'>,
  { linkBase, from }: MailSetting,
): { subject: string; text: string; html: string } {
  const values = new Map<string, string>(
    Object.entries(row.secrets === null ? {} : (JSON.parse(row.secrets) as Record<string, string>)),
  )
  values.set('base', row.link_base ?? linkBase)
  values.set('senderDomain', domainOf(from))
  return {
    subject: row.subject,
    text: fillText(row.text_body, values),
    html: fillHtml(row.html_body, values),
  }
}

const SUMMARY_COLUMNS = [
  'id',
  'recipient',
  'subject',
  'status',
  'message_id',
  'sent_at',
  'attempts',
  'last_error',
  'withdrawn_for',
] as const

/** A mail that is no longer wanted has failed, and says so: the states of `mail list` are fixed (DESIGN §10). */
const lastErrorOf = ({ last_error, withdrawn_for }: Pick<OutboxRow, 'last_error' | 'withdrawn_for'>) =>
  withdrawn_for === null ? last_error : `withdrawn: ${withdrawn_for}`

const summary = (row: Pick<OutboxRow, (typeof SUMMARY_COLUMNS)[number]>): MailSummary => ({
  id: row.id,
  to: row.recipient,
  subject: row.subject,
  status: row.status,
  messageId: row.message_id,
  sentAt: row.sent_at,
  attempts: row.attempts,
  ...(lastErrorOf(row) === null ? {} : { lastError: lastErrorOf(row) ?? '' }),
})

/** All mails in the order of their creation. */
export async function listMail(db: Db): Promise<MailSummary[]> {
  const rows = await db.selectFrom('outbox').select(SUMMARY_COLUMNS).orderBy('created_at').orderBy('id').execute()
  return rows.map(summary)
}

/** The stored mail with this id, null when there is none. */
export async function findMail(db: Db, id: string): Promise<OutboxRow | null> {
  return (await db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
}

/** One mail as `mail list` gives it, null when there is none with this id. */
export async function showSummary(db: Db, id: string): Promise<MailSummary | null> {
  const row = await db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? summary(row) : null
}

/** The id of the newest mail to an address, in whatever case it is written; null when there is none. */
export async function newestMailTo(db: Db, address: string): Promise<string | null> {
  const row = await db
    .selectFrom('outbox')
    .select('id')
    .where(({ eb, fn }) => eb(fn<string>('lower', ['recipient']), '=', address.toLowerCase()))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return row?.id ?? null
}

/** One mail as its reader sees it, null when there is none with this id. */
export async function showMail(db: Db, id: string, setting: MailSetting): Promise<MailDetails | null> {
  const row = await db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? { ...summary(row), from: setting.from, ...renderStored(row, setting) } : null
}

/** How many mails wait and how many were given up (not: withdrawn): what `GET /health` reports. */
export async function countMail(db: Db): Promise<{ queued: number; failed: number }> {
  const rows = await db
    .selectFrom('outbox')
    .select(({ fn }) => ['status', fn.countAll<number>().as('count')])
    .where('status', 'in', ['queued', 'failed'])
    .where('withdrawn_for', 'is', null)
    .groupBy('status')
    .execute()
  const count = (status: string) => Number(rows.find((row) => row.status === status)?.count ?? 0)
  return { queued: count('queued'), failed: count('failed') }
}
