import type { CrashReport } from '#contract/crash-report'
import type { Db } from '../database/open'
import type { MailControl } from '../mail/mail-control'
import type { Clock } from '../platform/clock'
import type { Log } from '../platform/log'
import type { Passwords } from '../platform/passwords'

/** What the routes are given; composed in one place (`compose.ts`). */
export interface ServiceDeps {
  db: Db
  clock: Clock
  log: Log
  passwords: Passwords
  /** Address from which mail comes. */
  mailFrom: string
  training: boolean
  version: string
  /** Name of the newest step of the schema. */
  migration: string
  /** How mail goes out, for the admin. */
  mail: MailControl
  /** Wakes the mail worker after a mail was written to the outbox. */
  mailWaits(): void
  /** From which the keys of drafts are derived; never leaves the program. */
  draftSecret: string
  /** Keeps what is known of an error of a page. */
  keepReport(report: CrashReport): void
  /** The file for the help desk. */
  supportFile(): Promise<string>
  /** Whether only this machine reaches the service: no public address leads here, and no other process hands requests over. */
  onThisMachine: boolean
  /** The address at which people reach the service, where the operator has named one. */
  publicUrl: string | null
}
