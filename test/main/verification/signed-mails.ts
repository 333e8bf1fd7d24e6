import type { VerificationKeys } from '#domain/verification/verification'
import { signedLineOf } from '#domain/verification/verification-line'
import { certificateMail, type CertificateContent } from '#main/features/certificate/certificate.mail'
import { signedValues } from '#main/features/certificate/signed-certificate.action'
import { newSigningKey, signerOf, type SigningKey } from '#main/platform/crypto/signing'
import { sent } from '../mail/letters'

export const CONTENT: CertificateContent = {
  certificateNumber: '在1番Y25071798',
  issuedOn: '2025-07-23',
  validUntil: '2025-10-23',
  nameEn: 'NGUYEN VAN AN',
  nationality: 'VNM',
  birthDate: '1998-04-12',
  sex: 'male',
  statusOfResidence: '技術・人文知識・国際業務',
  periodOfStay: '3年',
  organization: '株式会社みらい商事',
  remarks: '',
  issuingOffice: '東京出入国在留管理局',
}

export const publish = (...keys: SigningKey[]): VerificationKeys => ({
  current: keys.at(-1)?.kid ?? '',
  keys: keys.map(({ kid, x }) => ({ kty: 'OKP', crv: 'Ed25519', use: 'sig', kid, x })),
  training: false,
})

/** The mail of a certificate as it is sent, and how its code reads. */
export async function signedMail(key: SigningKey, changes: Partial<CertificateContent> = {}, reminder?: number) {
  const content = { ...CONTENT, ...changes }
  const values = signedValues(content)
  const line = await signedLineOf(values, signerOf(key))
  const draft = certificateMail({
    ...content,
    accountId: 'account-1',
    language: 'ja',
    email: 'an@example.jp',
    token: 'q8Zt0v3yJm1kUe5Xr7Pb2Lw9Ns4Ac6Dg_HiKoQsTuVw',
    code: '4KX7PM2R',
    signedLine: line,
    ...(reminder === undefined ? {} : { reminder }),
  })
  return { content, values, line, ...sent(draft) }
}

export const makeKey = newSigningKey
