import type { CrashReport } from '#contract/http/crash-report'
import type { HealthMonitor } from './health-monitor'
import type { ActionDeps } from '../mail/mailer/mailer'
import type { MailSettingsService } from '../mail/settings/mail-settings-service'
import type { Clock } from '../platform/clock'
import type { Log } from '../platform/log/log'
import type { Passwords } from '../platform/crypto/passwords'

/** What the routes are given; composed in one place (`compose.ts`). */
export interface ServiceDeps extends ActionDeps {
  clock: Clock
  log: Log
  passwords: Passwords
  training: boolean
  version: string
  /** Name of the newest step of the schema. */
  migration: string
  /** How mail goes out, for the admin. */
  mail: MailSettingsService
  /** From which the keys of drafts are derived; never leaves the program. */
  draftSecret: string
  /** Watches over database, disk and backups. */
  health: HealthMonitor
  /** Keeps what is known of an error of a page. */
  storeCrashReport(report: CrashReport): void
  /** The file for the help desk. */
  supportFile(): Promise<string>
  /** The address at which people reach the service, where the operator has named one. */
  publicUrl: string | null
}
