import type { Temporal } from 'temporal-polyfill'
import { certificateRow, type CertificateInput } from '#contract/http/certificate/certificate'
import { isMistypedUserId } from '#domain/user-id'
import type { FieldProblem } from '#contract/http/problem'
import { inTransaction, type Db } from '../../database/open'
import type { Mailer } from '../../mail/mailer/mailer'
import { dateInTokyo, instantText } from '../../platform/clock'
import { accept, refuse, type Result } from '../../platform/result'
import { writeAudit } from '../../database/audit'
import { damagedTexts } from '#domain/text/damaged-text'
import { fieldProblems } from '../../platform/field-problems'
import { createMailLink, findAccountByUserId } from '../account/account.repo'
import { createApplication } from '../application/application.repo'
import type { AccountRow } from '../../database/tables/account.table'
import { certificateMail } from '../certificate/certificate.mail'
import { nationalityName, officeCode } from '../certificate/certificate.reference'
import { certificateFactsOf, findCertificate, insertCertificate } from '../certificate/certificate.repo'
import { isIssuedBy, validUntil } from '../certificate/certificate.rules'
import type { CertificateRow } from '../../database/tables/certificate.table'
import { signedLine } from '../certificate/signed-certificate.action'

/** Begins the receipt number of what comes from an office that is not in the reference data. */
const OTHER_OFFICE = 'EXT'

/** A line (from 1) that does not fit, and why. */
export interface BadLine {
  line: number
  errors: FieldProblem[]
}

export interface Intake {
  issued: number
  /** Numbers that were there already: nothing was changed. */
  unchanged: string[]
}

/** Who hands certificates over (for the audit log), and what sends their mails. */
export interface Source {
  actor: string
  mailer: Mailer
}

interface GoodLine {
  line: number
  input: CertificateInput
  account: AccountRow
}

function parseLine(text: string): Result<unknown, FieldProblem[]> {
  try {
    return accept(JSON.parse(text) as unknown)
  } catch {
    return refuse([{ field: '', code: 'row.json' }])
  }
}

function readRow(value: unknown): Result<CertificateInput, FieldProblem[]> {
  const lost = damagedTexts(value)
  if (lost.length > 0) return refuse(lost)
  const parsed = certificateRow.safeParse(value)
  if (parsed.success) return accept(parsed.data)
  const errors = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((field) => ({ field, code: 'field.unknown' }))
      : fieldProblems([issue]),
  )
  return refuse(errors)
}

async function domainErrors(trx: Db, input: CertificateInput, today: Temporal.PlainDate) {
  const errors: FieldProblem[] = []
  const account = await findAccountByUserId(trx, input.userId)
  if (!account || account.system !== 'zairyu')
    errors.push({ field: 'userId', code: isMistypedUserId(input.userId) ? 'user-id.mistyped' : 'user-id.unknown' })
  if (!isIssuedBy(input.issuedOn, today)) errors.push({ field: 'issuedOn', code: 'date.future' })
  if (input.birthDate >= input.issuedOn) errors.push({ field: 'birthDate', code: 'birth-date.future' })
  if (nationalityName(input.nationality, 'ja') === null) errors.push({ field: 'nationality', code: 'nationality.code' })
  return { account, errors }
}

/**
 * Issues a certificate that has been checked, with its mail; answers its last valid day. The first mail fixes the grid of the
 * reminders when a server takes it.
 */
export async function issueCertificate(
  trx: Db,
  { input, account }: { input: CertificateInput; account: AccountRow },
  { actor, mailer }: Source,
  now: Temporal.Instant,
): Promise<string> {
  const { email, language } = account
  const until = validUntil(input.issuedOn)
  await insertCertificate(trx, {
    number: input.certificateNumber,
    account_id: account.id,
    issued_on: input.issuedOn,
    valid_until: until,
    name_en: input.nameEn,
    nationality: input.nationality,
    birth_date: input.birthDate,
    sex: input.sex,
    status_of_residence: input.statusOfResidence,
    period_of_stay: input.periodOfStay,
    organization: input.organization,
    remarks: input.remarks,
    issuing_office: input.issuingOffice,
    requested_at: instantText(now),
    mail_accepted_at: null,
    registered_at: null,
  })
  const certificateNumber = input.certificateNumber
  const { token, code } = await createMailLink(
    trx,
    { kind: 'receipt', email, language, certificateNumber, accountId: account.id },
    now,
  )
  const content = { ...input, validUntil: until }
  const reader = { accountId: account.id, email, language }
  const facts = { ...content, ...reader, token, code, signedLine: await signedLine(trx, certificateNumber, now) }
  await mailer.enqueue(trx, certificateMail(facts), now)
  await writeAudit(trx, { actor, action: 'certificate.issued', subject: `certificate:${certificateNumber}` }, now)
  return until
}

/** The mail that `issueCertificate` would write, without link, code and signature. Changes nothing. */
export function previewCertificate(input: CertificateInput, account: AccountRow, mailer: Mailer) {
  const content = { ...input, validUntil: validUntil(input.issuedOn) }
  const { id: accountId, email, language } = account
  const facts = { ...content, accountId, email, language, token: '', code: '', signedLine: null }
  return mailer.preview(certificateMail(facts))
}

/** Sends the mail of a certificate again, with a new link and code; the grid of the reminders stays (DESIGN §3). */
export async function resendCertificate(
  trx: Db,
  row: CertificateRow,
  account: AccountRow,
  mailer: Mailer,
  now: Temporal.Instant,
): Promise<void> {
  const { id: accountId, email, language } = account
  const content = certificateFactsOf(row)
  const { certificateNumber } = content
  const link = await createMailLink(trx, { kind: 'receipt', email, language, certificateNumber, accountId }, now)
  const line = await signedLine(trx, certificateNumber, now)
  const facts = { ...content, accountId, email, language, ...link, signedLine: line }
  await mailer.enqueue(trx, certificateMail(facts), now)
}

/** What does not fit of a certificate that a clerk issues; its number must be a new one. */
export async function certificateProblems(
  trx: Db,
  input: CertificateInput,
  now: Temporal.Instant,
): Promise<FieldProblem[]> {
  const { errors } = await domainErrors(trx, input, dateInTokyo(now))
  const taken = await findCertificate(trx, input.certificateNumber)
  return taken ? [...errors, { field: 'certificateNumber', code: 'certificate.taken' }] : errors
}

/** A handed-over certificate was applied for elsewhere: the work list gets an application of its own for it. */
async function importOne(trx: Db, row: GoodLine, source: Source, now: Temporal.Instant): Promise<void> {
  const { input, account } = row
  const validUntil = await issueCertificate(trx, row, source, now)
  const application = {
    accountId: account.id,
    office: input.issuingOffice,
    officeCode: officeCode(input.issuingOffice) ?? OTHER_OFFICE,
    receivedOn: input.issuedOn,
    note: '',
    takenBy: null,
    state: 'issued',
    certificate: { number: input.certificateNumber, validUntil },
  } as const
  await createApplication(trx, application, now)
}

interface ReadRow {
  line: number
  row: Result<CertificateInput, FieldProblem[]>
}

async function takeIn(
  db: Db,
  rows: readonly ReadRow[],
  source: Source,
  now: Temporal.Instant,
): Promise<Result<Intake, BadLine[]>> {
  const today = dateInTokyo(now)
  return inTransaction(db, async (trx) => {
    const bad: BadLine[] = []
    const good = new Map<string, GoodLine>()
    const unchanged: string[] = []
    for (const { line, row } of rows) {
      if (!row.ok) {
        bad.push({ line, errors: row.problem })
        continue
      }
      const input = row.value
      const { account, errors } = await domainErrors(trx, input, today)
      if (errors.length > 0 || !account) bad.push({ line, errors })
      else if (good.has(input.certificateNumber) || (await findCertificate(trx, input.certificateNumber)))
        unchanged.push(input.certificateNumber)
      else good.set(input.certificateNumber, { line, input, account })
    }
    if (bad.length > 0) return refuse(bad)
    for (const row of good.values()) await importOne(trx, row, source, now)
    return accept({ issued: good.size, unchanged })
  })
}

/**
 * Takes certificates in as JSON Lines (DESIGN §9): all lines or none. Each new one is issued with its mail in the same
 * transaction; a number that is there already changes nothing. Blank lines are passed over.
 */
export function importCertificates(
  db: Db,
  jsonLines: string,
  source: Source,
  now: Temporal.Instant,
): Promise<Result<Intake, BadLine[]>> {
  const rows = jsonLines
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((text, index) => ({ line: index + 1, text }))
    .filter(({ text }) => text.trim() !== '')
    .map(({ line, text }): ReadRow => {
      const value = parseLine(text)
      return { line, row: value.ok ? readRow(value.value) : value }
    })
  return takeIn(db, rows, source, now)
}

/** The same for values that have been read already; `line` counts them from 1. */
export function takeInCertificateRows(
  db: Db,
  values: readonly unknown[],
  source: Source,
  now: Temporal.Instant,
): Promise<Result<Intake, BadLine[]>> {
  return takeIn(
    db,
    values.map((value, index) => ({ line: index + 1, row: readRow(value) })),
    source,
    now,
  )
}
