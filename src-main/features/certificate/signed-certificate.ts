import { codeText } from '#contract/verification'
import { SIGNED_FIELDS, signedLineOf, type SignedValues } from '#contract/verification-line'
import type { Db } from '../../database/open'
import { signerOf } from '../../platform/signing'
import { currentKey } from '../verification/verification.repo'
import { certificateFacts, type CertificateContent } from './certificate.mail'

/** So many bytes make a code that a phone reads from a printed page (version 30 of QR, level L). */
const MOST_IN_CODE = 1700

/** Every field as the mail shows it, on one line. */
export function signedValues(certificate: CertificateContent): SignedValues {
  const rows = certificateFacts(certificate).map(({ field, lines }) => [field, lines.map(({ text }) => text).join(' ')])
  const values = Object.fromEntries([['number', certificate.certificateNumber], ...rows]) as SignedValues
  for (const field of SIGNED_FIELDS) values[field] = values[field].replace(/[\s\p{Cc}]+/gu, ' ').trim()
  return values
}

/** The line by which the mail of this certificate can be checked. The same for the first mail, its reminders and the code. */
export async function signedLine(db: Db, certificate: CertificateContent): Promise<string> {
  return signedLineOf(signedValues(certificate), signerOf(await currentKey(db)))
}

/** What the QR code of a printed certificate holds: its values and the line; null where they are too long for a code. */
export async function certificateCode(db: Db, certificate: CertificateContent): Promise<string | null> {
  const code = codeText(signedValues(certificate), await signedLine(db, certificate))
  return new TextEncoder().encode(code).length <= MOST_IN_CODE ? code : null
}
