import { parse } from 'csv-parse/sync'
import type { Temporal } from 'temporal-polyfill'
import { emailKey } from '#domain/text/email-address'
import { importedAccount, type ImportedAccount } from '#contract/http/account/imported-account'
import type { FieldProblem } from '#contract/http/problem'
import { lineOf } from '#domain/text/typed-text'
import { normalizeUserId } from '#domain/user-id'
import type { Db } from '../../database/open'
import { instantText } from '../../platform/clock'
import { newId } from '../../platform/ids'
import { hashProblem } from '../../platform/crypto/legacy-hashes'
import { accept, refuse, type Result } from '../../platform/result'
import { selfAuditEntry, writeAudit } from '../../database/audit'
import { damagedTexts } from '#domain/text/damaged-text'
import { fieldProblems } from '../../platform/field-problems'
import { isLegacyPasswordDate } from '../account/account.rules'

export interface BadRow {
  line: number
  errors: FieldProblem[]
}

export interface AccountIntake {
  imported: number
  /** IDs that were there already: nothing was changed. */
  unchanged: string[]
}

const COLUMNS = ['system', 'userId', 'passwordHash', 'category', 'nameEn', 'email', 'phone', 'passwordSetOn']

/** The sign between the columns: what stands behind the first name of the header. Excel takes it from the settings of the system. */
const delimiterOf = (header: string) => /^\s*"?\w+"?\s*([;\t])/.exec(header)?.[1] ?? ','

/**
 * The rows of the file with their line numbers, or why it is no such file. What a spreadsheet leaves is no row: lines without any
 * entry, empty cells behind the last column, the line `sep=;` before the header.
 */
function readRows(csv: string): Result<{ line: number; record: unknown }[], BadRow[]> {
  const text = csv.replace(/^\uFEFF/, '')
  const marked = /^"?sep=(.)"?\r?\n/i.exec(text)
  try {
    const all = parse(text.slice(marked?.[0].length ?? 0), {
      info: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      delimiter: marked?.[1] ?? delimiterOf(text),
    }) as unknown as { record: string[]; info: { lines: number } }[]
    const rows = all
      .map(({ record, info }) => ({ line: info.lines + (marked ? 1 : 0), cells: record.map((cell) => lineOf(cell)) }))
      .filter(({ cells }) => cells.some((cell) => cell !== ''))
    const [header, ...entries] = rows
    if (!header) return accept([])
    const missing = COLUMNS.filter((column) => !header.cells.includes(column))
    if (missing.length > 0)
      return refuse([{ line: header.line, errors: missing.map((field) => ({ field, code: 'column.missing' })) }])
    const bad = entries.filter(({ cells }) => cells.slice(header.cells.length).some((cell) => cell !== ''))
    if (bad.length > 0) return refuse(bad.map(({ line }) => ({ line, errors: [{ field: '', code: 'row.columns' }] })))
    return accept(
      entries.map(({ line, cells }) => ({
        line,
        record: Object.fromEntries(header.cells.map((name, index) => [name, cells[index] ?? ''])),
      })),
    )
  } catch (error) {
    const { lines } = error as { lines?: number }
    return refuse([{ line: (lines ?? 1) + (marked ? 1 : 0), errors: [{ field: '', code: 'row.csv' }] }])
  }
}

function domainErrors(row: ImportedAccount): FieldProblem[] {
  const errors: FieldProblem[] = []
  const hash = hashProblem(row.passwordHash)
  if (hash !== null) errors.push({ field: 'passwordHash', code: hash })
  if (row.system === 'zairyu' && !isLegacyPasswordDate(row.passwordSetOn))
    errors.push({ field: 'passwordSetOn', code: 'date.too-late' })
  return errors
}

/**
 * Takes accounts in that were set up before 2026-01-01 (M2), as CSV (DESIGN §10): all rows or none. Their IDs keep their form,
 * their passwords go on working; an ID that is there already changes nothing.
 */
export async function importAccounts(
  db: Db,
  csv: string,
  actor: string,
  now: Temporal.Instant,
): Promise<Result<AccountIntake, BadRow[]>> {
  const rows = readRows(csv)
  if (!rows.ok) return rows
  return db.transaction().execute(async (trx) => {
    const bad: BadRow[] = []
    const good = new Map<string, ImportedAccount>()
    const unchanged: string[] = []
    for (const { line, record } of rows.value) {
      const parsed = importedAccount.safeParse(record)
      const lost = damagedTexts(record)
      const errors =
        lost.length > 0 ? lost : parsed.success ? domainErrors(parsed.data) : fieldProblems(parsed.error.issues)
      if (!parsed.success || errors.length > 0) {
        bad.push({ line, errors })
        continue
      }
      const { userId } = parsed.data
      const there = await trx.selectFrom('accounts').select('id').where('user_id', '=', userId).executeTakeFirst()
      if (there || good.has(userId)) unchanged.push(userId)
      else good.set(userId, parsed.data)
    }
    if (bad.length > 0) return refuse(bad)
    for (const row of good.values()) {
      const id = newId()
      await trx
        .insertInto('accounts')
        .values({
          id,
          system: row.system,
          user_id: row.userId,
          user_id_key: normalizeUserId(row.userId),
          category: row.category,
          name_en: row.nameEn,
          email: row.email,
          email_key: emailKey(row.email),
          phone: row.phone,
          organization: null,
          birth_date: null,
          sex: null,
          postal_code: null,
          address: null,
          language: 'ja',
          password_hash: row.passwordHash,
          created_at: instantText(now),
          last_login_at: null,
          use_approved_at: null,
          deletion_due_at: null,
        })
        .execute()
      await writeAudit(trx, { ...selfAuditEntry(id, 'account.imported', null), actor }, now)
    }
    return accept({ imported: good.size, unchanged })
  })
}
