import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { readDatabase } from '../../database/copy/copy'
import { DATABASE_FILE } from '../../database/open'
import { failureWords, troubleWords } from '../../mail/delivery/failure-texts'
import { readTrouble } from '../../mail/delivery/queue-stop.repo'
import { countMail } from '../../mail/mailer/outbox'
import type { Config } from '../../platform/config/config'
import { isOpenToOthers } from '../../platform/files/private-files'
import { clearTextWarning, publicWay } from '../../platform/config/public-url.rules'
import type { DataDirectory } from '../../command/data-directory'
import { readBackupHistory } from '../backup/automatic-backup.files'
import { backupFolders, newestGoodBackup } from '../backup/backup-folder.files'
import { backupState, type BackupState } from '../backup/backup.rules'
import { explainDataProblem } from '../backup/data-problem.query'
import { freeBytes } from './health-monitor.query'
import { lookAtSigning } from '../verification/signing-finding.query'
import { diskState } from './health.rules'

/** What was looked at, and whether it is in order. `text` is for the operator's eyes: it may name folders. */
export interface Finding {
  what:
    | 'version'
    | 'folder'
    | 'rights'
    | 'disk'
    | 'database'
    | 'public address'
    | 'backup'
    | 'signing key'
    | 'outbox'
    | 'mail server'
  ok: boolean
  text: string
  /** What to do about it, where what is looked at alone does not tell. */
  next?: string
  /** The same in codes and counts alone. */
  facts: Record<string, string | number | boolean>
}

/** How long a person waits for a mail server that does not say anything. */
const PATIENCE_MS = 10_000

async function lookAtFolder(dataDir: string): Promise<Finding[]> {
  let problem: string | null = null
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK)
  } catch (error) {
    problem = (error as NodeJS.ErrnoException).code ?? 'unknown'
  }
  const writable = problem === null
  const text = problem === 'ENOENT' ? `${dataDir} is not there` : `${dataDir} cannot be written to (${problem})`
  const isOpen = isOpenToOthers(dataDir)
  const free = await freeBytes(dataDir)
  const freeMiB = free === null ? null : Math.floor(free / 1024 / 1024)
  return [
    { what: 'folder', ok: writable, text: writable ? dataDir : text, facts: { writable } },
    ...(isOpen === null
      ? []
      : [
          {
            what: 'rights' as const,
            ok: !isOpen,
            text: isOpen ? `other users of this machine can look into ${dataDir}` : 'for its owner only',
            facts: { open: isOpen },
          },
        ]),
    ...(free === null || freeMiB === null
      ? []
      : [{ what: 'disk' as const, ok: diskState(free) === 'ok', text: `${freeMiB} MiB free`, facts: { freeMiB } }]),
  ]
}

/** The automatic backups, by what lies in their folder; `state` where it is known whether one is missing. */
async function lookAtBackups(config: ExaminedConfig, state: BackupState | null): Promise<Finding> {
  const { days, weeks, dir } = config.backups
  const good = await newestGoodBackup(backupFolders(config))
  const found = good ? `the newest good one is of ${good.madeAt}: ${good.path}` : 'there is no good one'
  if (days + weeks === 0 || state === 'off')
    return { what: 'backup', ok: true, text: `none are made by themselves; ${found}`, facts: { state: 'off' } }
  const ok = state === null ? good !== null : state === 'ok'
  const words = { late: 'none for two days', failed: `the last one could not be made in ${dir}`, ok: null }
  const text = [state === null ? null : words[state], found].filter((part) => part !== null).join('; ')
  return { what: 'backup', ok, text, facts: { state: state ?? 'unknown' } }
}

const PUBLIC_WAYS = {
  none: 'none is set (ZAIRYU_PUBLIC_URL); links in mails lead to this machine',
  'this-machine': 'this machine',
  encrypted: 'https',
  clear: 'http: passwords, sessions and the links in mails travel unencrypted',
}

function lookAtPublicAddress({ publicUrl, training }: Pick<DataDirectory, 'publicUrl' | 'training'>): Finding {
  const way = publicWay(publicUrl)
  return {
    what: 'public address',
    ok: clearTextWarning(publicUrl, training) === null,
    text: PUBLIC_WAYS[way],
    facts: { way },
  }
}

async function lookAtMail({ db, mail, mailLocked, mailProblem, training }: DataDirectory): Promise<Finding[]> {
  const { queued, failed } = await countMail(db)
  const trouble = await readTrouble(db)
  const waiting: Finding = {
    what: 'outbox',
    ok: failed === 0 && trouble.stopped === null && trouble.waiting.length === 0,
    text: [`${queued} waiting, ${failed} given up (mail list, mail retry)`, ...troubleWords(trouble)].join('; '),
    facts: {
      queued,
      failed,
      ...(trouble.stopped && { stopped: trouble.stopped.reason }),
      ...(trouble.waiting[0] && { refused: trouble.waiting[0].failure }),
    },
  }
  const server = (ok: boolean, text: string, answer: string): Finding[] => [
    waiting,
    { what: 'mail server', ok, text, facts: { answer } },
  ]
  if (training) return server(true, 'training: no mail leaves', 'training')
  if (mailProblem !== null) return server(false, mailProblem, 'not asked: setting')
  if (mailLocked)
    return server(true, 'its password lies in the keychain; only the desktop app can ask it', 'not asked: keychain')
  if (!mail.transport)
    return server(false, 'none is configured (ZAIRYU_SMTP_URL); mail waits in the outbox', 'not asked: none')
  const limit = new AbortController()
  const late = delay(PATIENCE_MS, { reason: 'no answer' }, { signal: limit.signal, ref: false })
  late.catch(() => undefined)
  const refusal = await Promise.race([mail.transport.reach(), late]).finally(() => {
    limit.abort()
  })
  return refusal === null ? server(true, 'answers', 'answers') : server(false, failureWords(refusal), refusal.reason)
}

type ExaminedConfig = Pick<Config, 'dataDir' | 'backups' | 'version'>

/**
 * Looks at version, folder, disk, database, backups, outbox and mail server; asks the mail server, and sends nothing. The database is
 * read in a thread of its own; `deep` compares every index with its table, too.
 */
export async function runHealthChecks(dataDirectory: DataDirectory, { deep }: { deep: boolean }): Promise<Finding[]> {
  const { db, dataDir, version, backups, clock } = dataDirectory
  const config = { dataDir, version, backups }
  const problem = await readDatabase(join(dataDir, DATABASE_FILE), { deep }).then(
    () => null,
    async (error: unknown) =>
      (await explainDataProblem(error, dataDir, backupFolders(config))) ?? { what: String(error), next: '' },
  )
  const { dir: folder, ...keep } = backups
  const history = await readBackupHistory({ db, folder })
  const state = dataDirectory.training ? 'off' : backupState(history, keep, clock.now())
  return [
    {
      what: 'version',
      ok: true,
      text: `${version}, schema ${dataDirectory.migration}, Node ${process.versions.node}`,
      facts: { version, migration: dataDirectory.migration },
    },
    ...(await lookAtFolder(dataDir)),
    lookAtPublicAddress(dataDirectory),
    problem === null
      ? { what: 'database', ok: true, text: 'whole', facts: { whole: true } }
      : { what: 'database', ok: false, text: problem.what, next: problem.next, facts: { whole: false } },
    await lookAtBackups(config, state),
    await lookAtSigning(dataDirectory.db),
    ...(await lookAtMail(dataDirectory)),
  ]
}

/** Looks at what can be looked at where the data cannot be opened; `why` they cannot. */
export async function examineClosed(config: ExaminedConfig, why: unknown): Promise<Finding[]> {
  const { dataDir, version } = config
  const problem = await explainDataProblem(why, dataDir, backupFolders(config))
  const text = problem?.what ?? (why instanceof Error ? why.message : String(why))
  return [
    { what: 'version', ok: true, text: `${version}, Node ${process.versions.node}`, facts: { version } },
    ...(await lookAtFolder(dataDir)),
    { what: 'database', ok: false, text, ...(problem && { next: problem.next }), facts: { whole: false } },
    await lookAtBackups(config, null),
  ]
}
