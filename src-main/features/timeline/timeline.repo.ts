import type { Db } from '../../database/open'
import type { OutboxRow } from '../../database/tables/outbox.table'

const COLUMNS = [
  'kind',
  'recipient',
  'status',
  'attempts',
  'created_at',
  'next_attempt_at',
  'sent_at',
  'last_error',
  'withdrawn_for',
] as const

/** What the timeline of a certificate needs of a mail; never its text. */
export type CertificateMail = Pick<OutboxRow, (typeof COLUMNS)[number]>

/** The mails of each of these certificates, in the order of their creation. */
export async function listCertificateMails(
  db: Db,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, CertificateMail[]>> {
  if (numbers.length === 0) return new Map()
  const rows = await db
    .selectFrom('outbox')
    .select([...COLUMNS, 'certificate_number'])
    .where('certificate_number', 'in', numbers)
    .orderBy('certificate_number')
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return Map.groupBy(rows, (row) => row.certificate_number ?? '')
}
