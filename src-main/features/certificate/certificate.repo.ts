import type { Temporal } from 'temporal-polyfill'
import type { Receipt } from '#contract/http/certificate/receipt'
import { withoutInvisible } from '#domain/text/typed-text'
import type { Db } from '../../database/open'
import { instantText } from '../../platform/clock'
import type { CertificateRow, NewCertificate } from '../../database/tables/certificate.table'
import { nextReminder } from '../timeline/reminder.rules'

/** A row as the owner's list shows it (DESIGN §10). */
export const toReceipt = (row: CertificateRow): Receipt => ({
  certificateNumber: row.number,
  issuedOn: row.issued_on,
  validUntil: row.valid_until,
  requestedAt: row.requested_at,
  registeredAt: row.registered_at,
})

/** One page of a person's certificates as the list of receipts shows it (M5), newest request first; pages count from 1. */
export async function listReceipts(
  db: Db,
  accountId: string,
  { page, size }: { page: number; size: number },
): Promise<{ items: Receipt[]; total: number }> {
  const counted = await db
    .selectFrom('certificate_counts')
    .select('count')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  const rows = await db
    .selectFrom('certificates')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('cancelled_at', 'is', null)
    .orderBy('requested_at', 'desc')
    .orderBy('number')
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  return { items: rows.map(toReceipt), total: counted?.count ?? 0 }
}

/** A number as it was pasted, with the signs that came along unseen; older rows may have them in theirs. */
const spellings = (number: string) => [number, withoutInvisible(number)]

/** A certificate by number, only when it is this person's and has not been taken back. */
export async function findOwnCertificate(db: Db, accountId: string, number: string): Promise<CertificateRow | null> {
  const row = await db
    .selectFrom('certificates')
    .selectAll()
    .where('number', 'in', spellings(number))
    .where('account_id', '=', accountId)
    .where('cancelled_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/** A certificate by number, whoever owns it. */
export async function findCertificate(db: Db, number: string): Promise<CertificateRow | null> {
  return (
    (await db.selectFrom('certificates').selectAll().where('number', 'in', spellings(number)).executeTakeFirst()) ??
    null
  )
}

/** The certificates of these numbers, in no order. */
export async function findCertificates(db: Db, numbers: readonly string[]): Promise<CertificateRow[]> {
  return numbers.length === 0 ? [] : db.selectFrom('certificates').selectAll().where('number', 'in', numbers).execute()
}

/** Writes a new certificate. */
export async function insertCertificate(trx: Db, row: NewCertificate): Promise<void> {
  await trx.insertInto('certificates').values(row).execute()
}

/** The application of a certificate follows what happens to it (DESIGN §9). */
async function transitionApplicationOf(
  trx: Db,
  number: string,
  state: 'sent' | 'registered',
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .updateTable('applications')
    .set({ state, updated_at: instantText(now) })
    .where('certificate_number', '=', number)
    .execute()
}

/** Takes a certificate back: it is kept, its owner does not see it any more, and no reminder goes out; false when it was taken back before. */
export async function cancelCertificate(
  trx: Db,
  number: string,
  replacedBy: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const cancelled = await trx
    .updateTable('certificates')
    .set({ cancelled_at: instantText(now), replaced_by: replacedBy, next_reminder_at: null })
    .where('number', '=', number)
    .where('cancelled_at', 'is', null)
    .executeTakeFirst()
  return cancelled.numUpdatedRows > 0n
}

/** Notes the first receipt registration, which ends the reminders; false, and nothing, when it was registered or taken back before. */
export async function registerReceipt(trx: Db, number: string, now: Temporal.Instant): Promise<boolean> {
  const registered = await trx
    .updateTable('certificates')
    .set({ registered_at: instantText(now), next_reminder_at: null })
    .where('number', '=', number)
    .where('registered_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .executeTakeFirst()
  if (registered.numUpdatedRows === 0n) return false
  await transitionApplicationOf(trx, number, 'registered', now)
  return true
}

/** Notes when a mail server first took the mail of a certificate; it fixes the grid of the reminders (DESIGN §3). */
export async function recordMailAccepted(trx: Db, number: string, now: Temporal.Instant): Promise<void> {
  const row = await findCertificate(trx, number)
  if (!row || row.mail_accepted_at !== null || row.cancelled_at !== null) return
  const next = row.registered_at === null ? nextReminder(now, row.valid_until, now) : null
  await trx
    .updateTable('certificates')
    .set({ mail_accepted_at: instantText(now), next_reminder_at: next && instantText(next) })
    .where('number', '=', number)
    .where('mail_accepted_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .execute()
  if (row.registered_at === null) await transitionApplicationOf(trx, number, 'sent', now)
}

/** When the first reminder of all is due; null when none waits. */
export async function firstDueReminder(db: Db): Promise<string | null> {
  const row = await db
    .selectFrom('certificates')
    .select('next_reminder_at')
    .where('next_reminder_at', 'is not', null)
    .orderBy('next_reminder_at')
    .limit(1)
    .executeTakeFirst()
  return row?.next_reminder_at ?? null
}

/** The first of the certificates whose reminder is due at `now`; touches no others. */
export async function findDueReminders(db: Db, now: string, most: number): Promise<CertificateRow[]> {
  return db
    .selectFrom('certificates')
    .selectAll()
    .where('next_reminder_at', 'is not', null)
    .where('next_reminder_at', '<=', now)
    .orderBy('next_reminder_at')
    .limit(most)
    .execute()
}

/** Sets the next reminder of a row as it was seen; false when another process did so before. */
export async function rescheduleReminder(
  trx: Db,
  seen: CertificateRow,
  next: Temporal.Instant | null,
  counts: boolean,
): Promise<boolean> {
  const moved = await trx
    .updateTable('certificates')
    .set({ next_reminder_at: next && instantText(next), reminders: seen.reminders + (counts ? 1 : 0) })
    .where('number', '=', seen.number)
    .where('next_reminder_at', '=', seen.next_reminder_at)
    .where('registered_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .executeTakeFirst()
  return moved.numUpdatedRows > 0n
}

/** Keeps the line that a certificate was signed with, unless it has one already; answers the one that is kept. */
export async function keepSignedLine(trx: Db, number: string, line: string): Promise<string> {
  await trx
    .updateTable('certificates')
    .set({ signed_line: line })
    .where('number', '=', number)
    .where('signed_line', 'is', null)
    .execute()
  return (await findCertificate(trx, number))?.signed_line ?? line
}

/** What a mail shows of a certificate. */
export const certificateFactsOf = (row: CertificateRow) => ({
  certificateNumber: row.number,
  issuedOn: row.issued_on,
  validUntil: row.valid_until,
  nameEn: row.name_en,
  nationality: row.nationality,
  birthDate: row.birth_date,
  sex: row.sex,
  statusOfResidence: row.status_of_residence,
  periodOfStay: row.period_of_stay,
  organization: row.organization,
  remarks: row.remarks,
  issuingOffice: row.issuing_office,
})
