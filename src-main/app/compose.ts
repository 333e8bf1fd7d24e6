import { join } from 'node:path'
import type { Temporal } from 'temporal-polyfill'
import { readAppMetadata, writeAppMetadata } from '../database/app-metadata'
import { migrate } from '../database/migrate'
import { DATABASE_FILE, openDatabase, type Db } from '../database/open'
import { seedAnnouncements } from '../features/announcement/import-announcements.action'
import { backupJob } from '../features/backup/backup.job'
import { backupFolders } from '../features/backup/backup-folder.files'
import { explainDataProblem } from '../features/backup/data-problem.query'
import { deletionJob } from '../features/account-deletion/deletion.job'
import { recordMailAccepted } from '../features/certificate/certificate.repo'
import { startScheduler, type Job } from '../platform/scheduler'
import { reminderJob } from '../features/reminder/reminder.job'
import { healthMonitor } from '../features/diagnostics/health-monitor.query'
import { detectClockChange } from '../features/diagnostics/stored-times.repo'
import { supportFile, type SupportSources } from '../features/diagnostics/support-file.query'
import { withdrawalReason } from '../features/outbox/still-wanted.repo'
import { auditWithdrawal } from '../features/certificate/withdraw-mails.action'
import { ensureSigningKey } from '../features/verification/rotate-keys.action'
import type { SigningState } from '../features/verification/signing-keys.action'
import { ensureKeyFile } from '../features/verification/verification.repo'
import { CLOCK_OFFSET, setTrainingClock } from '../features/training/training-clock.action'
import { createMailer } from '../mail/mailer/mailer'
import { mailSettingsService } from '../mail/settings/mail-settings-service'
import {
  resolveMailConfig,
  migratePasswordToKeychain,
  type FindKeychain,
  type MailConfig,
} from '../mail/settings/mail-password'
import { probeAtStart } from '../mail/delivery/queue-stop.repo'
import { smtpTransport, trainingTransport } from '../mail/delivery/transports'
import {
  processDueMail,
  newLeaseOwner,
  nextDue,
  startWorker,
  type MailWorker,
  type WorkerDeps,
} from '../mail/delivery/worker'
import { movedClock, systemClock, type Clock } from '../platform/clock'
import type { DataDirectory } from '../command/data-directory'
import { ConfigError, DEFAULT_PORT, type Config } from '../platform/config/config'
import { storeCrashReport } from '../platform/log/crash-reports'
import { openLog } from '../platform/log/log'
import { restrictToOwner } from '../platform/files/private-files'
import { argonPasswords, type Passwords } from '../platform/crypto/passwords'
import { clearTextWarning } from '../platform/config/public-url.rules'
import { derivedSecret, getOrCreateSealingKey } from '../platform/crypto/sealing'
import { createApp } from './http-app'
import type { AllowedHosts } from '../http/guards/guards'

const noKeychain: FindKeychain = () => Promise.resolve(null)

/** What tests put in the place of the real parts. */
export interface Parts {
  clock?: Clock
  passwords?: Passwords
  /** The system's keychain, in the shell that has one. */
  vault?: FindKeychain
}

/** The service in one of its shells. */
export interface Service {
  fetch(request: Request): Promise<Response>
  clock: Clock
  config: Config
  training: boolean
  /** What the operator has to know at this start, one line; null when there is nothing. */
  notice: string | null
  /** The file for the help desk, with what only the shell knows. */
  support(shell: SupportSources['shell'], more?: SupportSources['more']): Promise<string>
  /** Begins to deliver mail; `linkBase` stands before the links in them where no public URL is set. */
  start(linkBase: string): Promise<void>
  /** Lets the mail under way finish, then closes the database. */
  stop(): Promise<void>
}

/** Where the sealing key lies when nobody says otherwise. */
const KEY_FILE = 'signing.key'
const keyFileOf = ({ keyFile, dataDir }: Config) => keyFile ?? join(dataDir, KEY_FILE)

/** What the operator has to know when the key of before could not be used; null when there is nothing to say. */
function signingNotice(found: SigningState, file: string): string | null {
  if (found === 'ready' || found === 'none') return null
  const keep = 'Keep a copy of that file apart from the backups.'
  if (found === 'moved') return `Certificates are signed with a new key, sealed under ${file}. ${keep}`
  const why = found === 'sealing-key-missing' ? 'was not there' : 'does not open the old one'
  return `Certificates are signed with a new key: ${file} ${why}. What was signed before can still be checked; forms that were half filled in are lost. ${keep}`
}

const LINK_BASE = 'link-base'
const MODE = 'mode'

/** A data directory is training data or real data for ever; mixing them up must not be possible. */
async function ensureMode(db: Db, { dataDir, training }: Config, isCommandLine: boolean): Promise<boolean> {
  const wanted = training ? 'training' : 'real'
  const found = await db.transaction().execute(async (trx) => {
    const kept = await readAppMetadata(trx, MODE)
    if (kept === null) await writeAppMetadata(trx, MODE, wanted)
    return kept ?? wanted
  })
  if (found !== wanted && (!isCommandLine || training))
    throw new ConfigError(
      found === 'training'
        ? `${dataDir} holds training data; start with --training, or name another folder with --data`
        : `${dataDir} holds real data; training needs a folder of its own (--data)`,
    )
  return found === 'training'
}

/**
 * Opens a data directory, brings its database up to date and puts the parts together. The command line takes the mode
 * (training or real) as it finds it.
 * @throws ConfigError, NewerDatabaseError, DataProblemError with words for the reader
 */
export async function openDataDirectory(
  config: Config,
  isCommandLine: boolean,
  parts: Parts = {},
  wakeWorker: () => void = () => undefined,
): Promise<DataDirectory> {
  try {
    return await openData(config, isCommandLine, parts, wakeWorker)
  } catch (error) {
    throw (await explainDataProblem(error, config.dataDir, backupFolders(config))) ?? error
  }
}

async function openData(
  config: Config,
  isCommandLine: boolean,
  parts: Parts,
  wakeWorker: () => void,
): Promise<DataDirectory> {
  const database = openDatabase(join(config.dataDir, DATABASE_FILE))
  restrictToOwner(config.dataDir)
  const cutOff = new AbortController()
  try {
    const { db } = database
    const base = parts.clock ?? systemClock
    const migration = await migrate(database, config.dataDir, { clock: base, version: config.version })
    const training = await ensureMode(db, config, isCommandLine)
    const clock = training ? movedClock(() => Number(database.readAppMetadataSync(CLOCK_OFFSET) ?? 0), base) : base
    const keyFile = keyFileOf(config)
    await ensureKeyFile(db, { dataDir: config.dataDir, file: keyFile }, isCommandLine && config.keyFile === null)
    const log = openLog(config.dataDir, config.logLevel)
    if (await detectClockChange(db, clock.now())) log.warn('the clock was put back')
    const linkBase = config.publicUrl ?? (await readAppMetadata(db, LINK_BASE)) ?? `http://127.0.0.1:${DEFAULT_PORT}`
    const { dir: folder, ...keep } = config.backups
    const { dataDir, version } = config
    const backupJobs =
      training || keep.days + keep.weeks === 0
        ? []
        : [backupJob({ db, clock, dataDir, version, folder, keep, signal: cutOff.signal, log })]
    const createMailDelivery = ({ smtpUrl, smtpTls, mailFrom, passwordPlace }: MailConfig) => {
      const mailLocked = !training && passwordPlace === 'locked'
      const server = smtpUrl === null || mailLocked ? null : smtpTransport(smtpUrl, mailFrom, smtpTls)
      const transport = training ? trainingTransport() : server
      const mail: WorkerDeps = {
        db,
        clock,
        transport,
        log,
        holder: newLeaseOwner(),
        from: mailFrom,
        linkBase,
        retainSecrets: training,
        onSent: async (trx, row, now) => {
          if (row.certificate_number !== null) await recordMailAccepted(trx, row.certificate_number, now)
        },
        wanted: {
          why: withdrawalReason,
          onWithdrawn: (trx, { id }, reason, now) => auditWithdrawal(trx, id, reason, now),
        },
      }
      const mailJob: Job = {
        name: 'mail',
        nextDue: () => (transport ? nextDue(db) : Promise.resolve(null)),
        run: async (now) => void (await processDueMail(mail, now)),
      }
      return { mail, mailLocked, mailJob }
    }
    const findKeychain = parts.vault ?? noKeychain
    const choice = await migratePasswordToKeychain(
      config.dataDir,
      await resolveMailConfig(config, findKeychain),
      findKeychain,
    )
    let current = choice
    let work = createMailDelivery(choice)
    const mailer = createMailer({ sender: () => current.mailFrom, wake: wakeWorker })
    const jobs = [reminderJob({ db, mailer }), deletionJob({ db, mailer }), ...backupJobs]
    return {
      db,
      clock,
      log,
      passwords: parts.passwords ?? argonPasswords(),
      training,
      dataDir: config.dataDir,
      backups: config.backups,
      publicUrl: config.publicUrl,
      version: config.version,
      migration,
      mailProblem: config.mailProblem,
      get mail() {
        return work.mail
      },
      mailer,
      get mailChoice() {
        return current
      },
      get mailLocked() {
        return work.mailLocked
      },
      get mailJob() {
        return work.mailJob
      },
      jobs,
      changeMail: (choice) => {
        current = choice
        work = createMailDelivery(choice)
      },
      setClock: (target, runJobs) =>
        setTrainingClock(db, {
          base,
          from: clock.now(),
          target,
          jobs: runJobs ? [work.mailJob, ...jobs] : [],
        }),
      backup: async (file) => void (await database.backup(file)),
      cutOff: () => {
        cutOff.abort()
      },
      close: async () => {
        cutOff.abort()
        work.mail.transport?.close()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

/**
 * The one place where real clock, database, mail transport and password hashing meet.
 * @param doors under which names the service answers
 * @param files answers what is not the API, in the shell that serves the renderer itself
 */
export async function compose(
  config: Config,
  allowedHosts: AllowedHosts,
  files?: (request: Request) => Promise<Response>,
  parts: Parts = {},
): Promise<Service> {
  let atWork: { worker: MailWorker; rounds: { stop(): Promise<void> } } | null = null
  const dataDirectory = await openDataDirectory(config, false, parts, () => atWork?.worker.wake())
  const { db, clock, log, training, migration } = dataDirectory
  let linkBase = dataDirectory.mail.linkBase
  const { dir: folder, days, weeks } = config.backups
  const keep = training ? { days: 0, weeks: 0 } : { days, weeks }
  const health = healthMonitor({ db, dataDir: config.dataDir, folder, keep })
  const stopping = new Set<Promise<unknown>>()
  const everyRound = async (now: Temporal.Instant) => {
    if (await detectClockChange(db, now)) log.warn('the clock was put back')
  }
  const begin = () => ({
    worker: startWorker({ ...dataDirectory.mail, linkBase }),
    rounds: startScheduler({ jobs: dataDirectory.jobs, clock, log, everyRound }),
  })
  // A new sealing key is made here and not later, so that a start says what is lost without the old one.
  const [signing, draftSecret] = await ensureSigningKey(db, clock.now())
    .then((found) => [found, derivedSecret(getOrCreateSealingKey(keyFileOf(config)), 'drafts')] as const)
    .catch(async (error: unknown) => {
      await dataDirectory.close()
      throw error
    })
  const notice = signingNotice(signing, keyFileOf(config))
  if (notice !== null) log.warn('certificates are signed with a new key')

  const support: Service['support'] = (shell, more = {}) => supportFile({ config, shell, dataDirectory, more })
  const findKeychain = parts.vault ?? noKeychain
  const mail = mailSettingsService(
    dataDirectory,
    dataDirectory.mailChoice,
    findKeychain,
    () => ({ ...dataDirectory.mail, linkBase }),
    (choice) => {
      const old = atWork
      dataDirectory.changeMail(choice)
      if (!old) return
      // What is under way may finish by the old settings; the new ones do not wait for it.
      const stopped = Promise.all([old.rounds.stop(), old.worker.stop()]).finally(() => stopping.delete(stopped))
      stopping.add(stopped)
      atWork = begin()
    },
  )
  const app = createApp(
    {
      db,
      clock,
      log,
      training,
      migration,
      passwords: dataDirectory.passwords,
      mailer: dataDirectory.mailer,
      mail,
      draftSecret,
      version: config.version,
      health,
      storeCrashReport: (report) => {
        storeCrashReport(config.dataDir, report)
      },
      supportFile: () => support('browser'),
      publicUrl: config.publicUrl,
    },
    allowedHosts,
    files,
  )
  return {
    fetch: async (request) => app.fetch(request),
    clock,
    config,
    training,
    notice,
    support,
    start: async (shellBase) => {
      await seedAnnouncements(db)
      await writeAppMetadata(db, LINK_BASE, shellBase)
      linkBase = config.publicUrl ?? shellBase
      await probeAtStart(db, clock.now())
      atWork = begin()
      log.info({ version: config.version, migration, training }, 'started')
      if (clearTextWarning(config.publicUrl, training) !== null) log.warn('public address is not encrypted')
    },
    stop: async () => {
      dataDirectory.cutOff()
      await atWork?.rounds.stop()
      await atWork?.worker.stop()
      await Promise.all(stopping)
      await dataDirectory.close()
      log.info('stopped')
    },
  }
}
