import type { ColumnType, Insertable, Selectable } from 'kysely'

/** A certificate as the examination system handed it over. Dates are ISO; `mail_accepted_at` is when a mail server first took it. */
export interface CertificateTable {
  number: string
  account_id: string
  issued_on: string
  valid_until: string
  name_en: string
  nationality: string
  birth_date: string
  sex: 'male' | 'female'
  status_of_residence: string
  period_of_stay: string
  organization: string
  remarks: string
  issuing_office: string
  requested_at: string
  mail_accepted_at: string | null
  registered_at: string | null
  /** The next slot on the grid of reminders; null = none. */
  next_reminder_at: ColumnType<string | null, string | null | undefined, string | null>
  /** How many reminders have been written. */
  reminders: ColumnType<number, number | undefined, number>
  /** When staff took it back, and the number of the one in its place. */
  cancelled_at: ColumnType<string | null, string | null | undefined, string | null>
  replaced_by: ColumnType<string | null, string | null | undefined, string | null>
  /** The line by which its mails can be checked, signed once; null until then. */
  signed_line: ColumnType<string | null, string | null | undefined, string | null>
}
export type CertificateRow = Selectable<CertificateTable>
export type NewCertificate = Insertable<CertificateTable>

/** How many certificates a person has that were not taken back; kept by the database's own triggers. */
export interface CertificateCountTable {
  account_id: string
  count: number
}

export interface CertificateTables {
  certificates: CertificateTable
  certificate_counts: CertificateCountTable
}
