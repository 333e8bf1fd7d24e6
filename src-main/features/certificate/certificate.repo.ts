import type { Temporal } from 'temporal-polyfill'
import type { Receipt } from '#contract/receipt'
import type { Db } from '../../database/open'
import { instantText } from '../../platform/clock'
import type { CertificateRow } from './certificate.table'

/** A row as the owner's list shows it (DESIGN §10). */
export const toReceipt = (row: CertificateRow): Receipt => ({
  certificateNumber: row.number,
  issuedOn: row.issued_on,
  validUntil: row.valid_until,
  requestedAt: row.requested_at,
  registeredAt: row.registered_at,
})

/** One page of a person's certificates, newest request first; pages count from 1. */
export async function listReceipts(db: Db, accountId: string, { page, size }: { page: number; size: number }) {
  const own = db.selectFrom('certificates').where('account_id', '=', accountId)
  const { total } = await own.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await own
    .selectAll()
    .orderBy('requested_at', 'desc')
    .orderBy('number')
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  return { items: rows.map(toReceipt), total }
}

/** A certificate by number, only when it is this person's. */
export async function findOwnCertificate(db: Db, accountId: string, number: string): Promise<CertificateRow | null> {
  const row = await db
    .selectFrom('certificates')
    .selectAll()
    .where('number', '=', number)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row ?? null
}

/** A certificate by number, whoever owns it. */
export async function findCertificate(db: Db, number: string): Promise<CertificateRow | null> {
  return (await db.selectFrom('certificates').selectAll().where('number', '=', number).executeTakeFirst()) ?? null
}

/** Writes a new certificate. */
export async function insertCertificate(trx: Db, row: CertificateRow): Promise<void> {
  await trx.insertInto('certificates').values(row).execute()
}

/** Notes the first receipt registration; a second one changes nothing. */
export async function registerReceipt(trx: Db, number: string, now: Temporal.Instant): Promise<void> {
  await trx
    .updateTable('certificates')
    .set({ registered_at: instantText(now) })
    .where('number', '=', number)
    .where('registered_at', 'is', null)
    .execute()
}

/** Notes when a mail server first took the mail of a certificate; it fixes the grid of the reminders (DESIGN §3). */
export async function noteMailAccepted(trx: Db, number: string, now: Temporal.Instant): Promise<void> {
  await trx
    .updateTable('certificates')
    .set({ mail_accepted_at: instantText(now) })
    .where('number', '=', number)
    .where('mail_accepted_at', 'is', null)
    .execute()
}
