import type { AccountTables } from './account.table'
import type { ApplicationTables } from './application.table'
import type { AnnouncementTables } from './announcement.table'
import type { CertificateTables } from './certificate.table'
import type { SessionTables } from './session.table'
import type { StaffTables } from './staff.table'
import type { VerificationTables } from './verification.table'
import type { MailStopTable, OutboxTable } from './outbox.table'

/** One row a change of state (DESIGN §4): who did what to which thing, when; never a secret, name or address. */
export interface AuditTable {
  id: string
  at: string
  actor: string
  action: string
  subject: string
  detail: string | null
  /** Whose "my activity" shows it. */
  account_id: string | null
  /** Browser and system in plain words. */
  device: string | null
}

/** Facts about the data directory itself: its mode, the moved clock, the base of links. */
export interface AppMetadataTable {
  name: string
  value: string
}

/** What a mail to nobody would have been: written for the sake of the work, read by nobody. */
export interface DecoyMailTable {
  id: number
  subject: string
  text_body: string
  html_body: string
}

export interface MigrationTable {
  name: string
  applied_at: string
  program_version: string
}

/** Requests counted against a limit; the key is a hash, the window begins with its first request. */
export interface LimitTable {
  key_hash: string
  window_started_at: string
  count: number
}

export interface Database
  extends
    AccountTables,
    SessionTables,
    CertificateTables,
    AnnouncementTables,
    ApplicationTables,
    StaffTables,
    VerificationTables {
  outbox: OutboxTable
  mail_stop: MailStopTable
  audit: AuditTable
  facts: AppMetadataTable
  limits: LimitTable
  mail_to_nobody: DecoyMailTable
  migrations: MigrationTable
}
