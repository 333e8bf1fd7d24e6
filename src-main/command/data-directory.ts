import type { Temporal } from 'temporal-polyfill'
import type { Db } from '../database/open'
import type { Mailer } from '../mail/mailer/mailer'
import type { WorkerDeps } from '../mail/delivery/worker'
import type { MailConfig } from '../mail/settings/mail-password'
import type { Clock } from '../platform/clock'
import type { Config } from '../platform/config/config'
import type { Passwords } from '../platform/crypto/passwords'
import type { Log } from '../platform/log/log'
import type { Job } from '../platform/scheduler'

/** A data directory at work: the same for the program and for its command line. */
export interface DataDirectory {
  db: Db
  clock: Clock
  log: Log
  passwords: Passwords
  training: boolean
  dataDir: string
  /** Where automatic backups go, and which of them stay. */
  backups: Config['backups']
  publicUrl: string | null
  version: string
  migration: string
  mail: WorkerDeps
  mailer: Mailer
  /** Mail waits, because the password of the server lies in a keychain that cannot be opened from here. */
  mailLocked: boolean
  /** Why no mail goes out, where the settings of the mail server cannot be read; one line for the reader. */
  mailProblem: string | null
  /** How mail goes out by the configuration that the data directory was opened with. */
  mailChoice: MailConfig
  /** Delivery, for who has no worker: the command line and the moved clock. */
  mailJob: Job
  /** Everything else that falls due by itself. */
  jobs: readonly Job[]
  /** From now on mail goes out by other settings: `mail` and `mailJob` are new ones. Whoever uses the old transport closes it. */
  changeMail(choice: MailConfig): void
  /** Training only: moves the clock; with `runJobs` everything due in between runs, in order. */
  setClock(target: Temporal.Instant, runJobs: boolean): Promise<void>
  backup(file: string): Promise<void>
  /** Cuts off what takes long and may be begun anew. */
  cutOff(): void
  close(): Promise<void>
}
