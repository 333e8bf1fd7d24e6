import type { Temporal } from 'temporal-polyfill'
import { codeText } from '#domain/verification/verification'
import { SIGNED_FIELDS, signedLineOf, type SignedValues } from '#domain/verification/verification-line'
import type { Db } from '../../database/open'
import { currentSigner } from '../verification/signing-keys.action'
import { certificateFacts, type CertificateContent } from './certificate.mail'
import { certificateFactsOf, findCertificate, keepSignedLine } from './certificate.repo'
import type { CertificateRow } from '../../database/tables/certificate.table'

/** So many bytes make a code that a phone reads from a printed page (version 30 of QR, level L). */
const MOST_IN_CODE = 1700

/** Every field as the mail shows it, on one line. */
export function signedValues(certificate: CertificateContent): SignedValues {
  const rows = certificateFacts(certificate).map(({ field, lines }) => [field, lines.map(({ text }) => text).join(' ')])
  const values = Object.fromEntries([['number', certificate.certificateNumber], ...rows]) as SignedValues
  for (const field of SIGNED_FIELDS) values[field] = values[field].replace(/[\s\p{Cc}]+/gu, ' ').trim()
  return values
}

/**
 * The line by which the mails and the code of a certificate can be checked. Signed once, and kept with it. There is no way to a
 * signature but this one: what is signed is read from the table, so that it has been issued and audited.
 */
export async function signedLine(trx: Db, certificateNumber: string, now: Temporal.Instant): Promise<string> {
  const row = await findCertificate(trx, certificateNumber)
  if (!row) throw new Error('only a certificate that is there can be signed')
  if (row.signed_line !== null) return row.signed_line
  const line = await signedLineOf(signedValues(certificateFactsOf(row)), await currentSigner(trx, now))
  return keepSignedLine(trx, certificateNumber, line)
}

/** What the QR code of a printed certificate holds: its values and the line; null where they are too long for a code. */
export async function certificateCode(trx: Db, row: CertificateRow, now: Temporal.Instant): Promise<string | null> {
  const code = codeText(signedValues(certificateFactsOf(row)), await signedLine(trx, row.number, now))
  return new TextEncoder().encode(code).length <= MOST_IN_CODE ? code : null
}
