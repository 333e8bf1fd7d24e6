import { randomBytes } from 'node:crypto'
import type { Temporal } from 'temporal-polyfill'
import type { WithdrawalReason } from '#contract/http/admin'
import { asciiDomain } from '#domain/email-address'
import type { JapaneseStyle } from '#domain/language'
import type { Db } from '../../database/open'
import { instantText } from '../../platform/clock'
import { writeJapanese } from './japanese'
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

/** Sorts by creation within one instant, since several mails may be written at the same `now`; the rest is random. */
const newMailId = () => `${process.hrtime.bigint().toString(36).padStart(12, '0')}${randomBytes(6).toString('hex')}`

/** How the reader wants his Japanese written; as usual for one without an ID. */
async function japaneseFor(trx: Db, accountId: string | null): Promise<JapaneseStyle> {
  if (accountId === null) return 'plain'
  const row = await trx.selectFrom('accounts').select('mail_japanese').where('id', '=', accountId).executeTakeFirst()
  return row?.mail_japanese ?? 'plain'
}

/** The row of a mail that is about to be written. @throws RangeError when the address could change the headers of the mail */
async function newRow(trx: Db, mail: MailDraft, now: Temporal.Instant, from: string): Promise<OutboxTable> {
  if (!/^[^\s\p{Cc},;:<>()[\]"]+@[^\s\p{Cc},;:<>()"@]+$/u.test(mail.to))
    throw new RangeError('a mail needs one plain e-mail address as its recipient')
  const { text, html } = writeJapanese(mail, await japaneseFor(trx, mail.accountId ?? null))
  const id = newMailId()
  const messageId = `<${randomBytes(16).toString('hex')}@${asciiDomain(domainOf(from)) ?? domainOf(from)}>`
  return {
    id,
    kind: mail.kind,
    recipient: mail.to,
    subject: mail.subject.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim(),
    language: mail.language,
    text_body: text,
    html_body: html,
    secrets: JSON.stringify(mail.secrets),
    link_base: null,
    message_id: messageId,
    status: 'queued',
    attempts: 0,
    created_at: instantText(now),
    next_attempt_at: instantText(now),
    lease_holder: null,
    lease_until: null,
    sent_at: null,
    last_error: null,
    failure: null,
    strike: 0,
    withdrawn_for: null,
    certificate_number: mail.certificateNumber ?? null,
    account_id: mail.accountId ?? null,
  }
}

/**
 * Writes a mail inside the caller's transaction: it exists if and only if the change that causes it does. The Message-ID
 * (random, at the domain of the sender `from`) stays the same for every attempt.
 * @throws RangeError when the address could change the headers of the mail
 */
export async function enqueueMail(
  trx: Db,
  mail: MailDraft,
  now: Temporal.Instant,
  from: string,
): Promise<{ id: string; messageId: string }> {
  const row = await newRow(trx, mail, now, from)
  await trx.insertInto('outbox').values(row).execute()
  return { id: row.id, messageId: row.message_id }
}

/** As much work as `enqueueMail`, for a mail that nobody gets: it is written over the last such one, where nobody reads it. */
export async function writeDecoyMail(trx: Db, mail: MailDraft, now: Temporal.Instant, from: string): Promise<void> {
  const { subject, text_body, html_body } = await newRow(trx, mail, now, from)
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
