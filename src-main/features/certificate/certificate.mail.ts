import type { CertificateField } from '#contract/http/certificate/certificate-view'
import type { Language } from '#domain/language'
import { composeMail, TOKEN, type Block, type Fact } from '../../mail/composer/composer'
import type { MailDraft } from '../../mail/mailer/outbox'
import { codeToRead, dateInBoth, sayAll, sayPlainly, subjectIn, type MailTextKey } from '../../mail/composer/texts'
import { nationalityName, officeNameEn, periodEn, statusNameEn } from './certificate.reference'

/** A certificate as the examination system hands it over (DESIGN §9). Dates are ISO. */
export interface CertificateContent {
  certificateNumber: string
  issuedOn: string
  validUntil: string
  nameEn: string
  /** ISO 3166-1 alpha-3, or a further code of the reference data. */
  nationality: string
  birthDate: string
  sex: 'male' | 'female'
  /** In Japanese, as are period and office. */
  statusOfResidence: string
  periodOfStay: string
  organization: string
  remarks: string
  issuingOffice: string
}

/** A certificate, and to whom its mail goes. */
export interface CertificateMailFacts extends CertificateContent {
  accountId: string
  email: string
  /** In which what is to be done is said besides Japanese and English. */
  language: Language
  token: string
  code: string
  /** By which the mail can be checked (`signed-certificate`); null in a preview: what was not issued is not signed. */
  signedLine: string | null
  /** The how-manieth reminder this is; absent for the first mail. */
  reminder?: number
}

/** DESIGN §5: Japanese above, English below, whatever the reader's language: both are read at consulates and at the border. */
const LANGUAGES: readonly Language[] = ['ja', 'en']

/** What stands on the certificate itself is the same for every reader. */
const both = (key: MailTextKey) => LANGUAGES.map((language) => sayPlainly(language, key))

const fact = (field: CertificateField, ...lines: Fact['lines']) => ({
  field,
  label: both(`mail.certificate.${field}`),
  lines,
})

/** A name in Japanese with its English on a line of its own, where it is known. */
const named = (ja: string, en: string | null): Fact['lines'] => [
  { text: ja, language: 'ja' },
  ...(en === null ? [] : [{ text: en, language: 'en' } as const]),
]

const orDash = (text: string) => (text.trim() === '' ? '－' : text)

/** What a certificate says, in the order of its mail, by field; number and title stand apart. */
export function certificateFacts(certificate: CertificateContent): (Fact & { field: CertificateField })[] {
  const { nationality, statusOfResidence, periodOfStay, issuingOffice } = certificate
  const country = LANGUAGES.flatMap((language) => nationalityName(nationality, language) ?? [])
  return [
    fact('name', { text: certificate.nameEn }),
    fact('nationality', { text: country.join(' ') || nationality }),
    fact('birthDate', { text: dateInBoth(certificate.birthDate) }),
    fact('sex', {
      text: both(`mail.certificate.sex.${certificate.sex}`)
        .map(({ parts }) => parts.join(''))
        .join(' '),
    }),
    fact('statusOfResidence', ...named(statusOfResidence, statusNameEn(statusOfResidence))),
    fact('periodOfStay', { text: [periodOfStay, periodEn(periodOfStay) ?? []].flat().join(' ') }),
    fact('issuedOn', { text: dateInBoth(certificate.issuedOn) }),
    fact('validUntil', { text: dateInBoth(certificate.validUntil) }),
    fact('organization', { text: orDash(certificate.organization) }),
    fact('remarks', { text: orDash(certificate.remarks) }),
    fact('issuingOffice', ...named(issuingOffice, officeNameEn(issuingOffice))),
  ]
}

/**
 * The mail that is the certificate (M1.4, DESIGN §5): number and all fields with both labels, then the link and the code of the
 * receipt registration, then what a person to whom it was forwarded need not do, then the line by which anybody can check
 * whether the mail was damaged. A reminder repeats it and says why it comes.
 */
export function certificateMail(certificate: CertificateMailFacts): MailDraft {
  const { certificateNumber, accountId, email, language, token, code, signedLine, reminder } = certificate
  const languages = [...new Set([...LANGUAGES, language])]
  const told = (key: MailTextKey) => sayAll(languages, key)
  const subject =
    reminder === undefined
      ? subjectIn(LANGUAGES, 'mail.certificate.subject')
      : subjectIn(LANGUAGES, 'mail.certificate.reminder.subject', reminder)
  const blocks: Block[] = [
    { kind: 'title', passages: both('mail.certificate.title') },
    ...(reminder === undefined
      ? []
      : [{ kind: 'paragraph', passages: told('mail.certificate.reminder.text') } as const]),
    { kind: 'paragraph', passages: told('mail.certificate.text') },
    { kind: 'plate', label: both('mail.certificate.number'), value: certificateNumber },
    { kind: 'facts', rows: certificateFacts(certificate) },
    { kind: 'heading', passages: told('mail.certificate.receipt.title') },
    { kind: 'paragraph', passages: told('mail.certificate.receipt.text') },
    {
      kind: 'link',
      label: told('mail.certificate.receipt.action'),
      path: ['/receipts/', TOKEN],
      filled: true,
      code: { label: told('mail.code.name'), use: told('mail.code.use') },
    },
    {
      kind: 'notice',
      notes: told('mail.certificate.forwarded.title').flatMap((title, place) => {
        const text = told('mail.certificate.forwarded.text')[place]
        return text ? [{ title, text }] : []
      }),
    },
    { kind: 'heading', passages: told('mail.certificate.signed.title') },
    { kind: 'paragraph', passages: told('mail.certificate.signed.text') },
    signedLine === null
      ? { kind: 'paragraph', passages: both('mail.certificate.signed.preview') }
      : { kind: 'signed-line', value: signedLine },
  ]
  return {
    kind: reminder === undefined ? 'certificate' : 'reminder',
    to: email,
    subject,
    language: languages.join(', '),
    ...composeMail(languages, subject, blocks),
    secrets: { token, code: codeToRead(code) },
    certificateNumber,
    accountId,
  }
}
