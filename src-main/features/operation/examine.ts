import { accessSync, constants, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { readDatabase } from '../../database/copy'
import { DATABASE_FILE } from '../../database/open'
import { failureWords } from '../../mail/failure-words'
import { countMail } from '../../mail/outbox'
import type { Store } from '../../compose'
import { lookAtSigning } from '../verification/signing-finding'

/** What was looked at, and whether it is in order. `text` is for the operator's eyes: it may name folders. */
export interface Finding {
  what: 'version' | 'folder' | 'disk' | 'database' | 'signing key' | 'outbox' | 'mail server'
  ok: boolean
  text: string
  /** The same in codes and counts alone. */
  facts: Record<string, string | number | boolean>
}

const NEEDED_MIB = 200
/** How long a person waits for a mail server that does not say anything. */
const PATIENCE_MS = 10_000

function lookAtFolder(dataDir: string): Finding[] {
  let writable = true
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK)
  } catch {
    writable = false
  }
  const { bavail, bsize } = statfsSync(dataDir)
  const freeMiB = Math.floor((bavail * bsize) / 1024 / 1024)
  return [
    { what: 'folder', ok: writable, text: writable ? dataDir : `${dataDir} cannot be written to`, facts: { writable } },
    { what: 'disk', ok: freeMiB >= NEEDED_MIB, text: `${freeMiB} MiB free`, facts: { freeMiB } },
  ]
}

async function lookAtMail({ db, mail, mailLocked, mailProblem, training }: Store): Promise<Finding[]> {
  const { queued, failed } = await countMail(db)
  const waiting: Finding = {
    what: 'outbox',
    ok: failed === 0,
    text: `${queued} waiting, ${failed} given up (mail list, mail retry)`,
    facts: { queued, failed },
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

/** Looks at version, folder, disk, database, outbox and mail server; asks the mail server, and sends nothing. */
export async function examine(store: Store): Promise<Finding[]> {
  const damage = await readDatabase(join(store.dataDir, DATABASE_FILE), { deep: true }).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
  return [
    {
      what: 'version',
      ok: true,
      text: `${store.version}, schema ${store.migration}, Node ${process.versions.node}`,
      facts: { version: store.version, migration: store.migration },
    },
    ...lookAtFolder(store.dataDir),
    { what: 'database', ok: damage === null, text: damage ?? 'whole', facts: { whole: damage === null } },
    await lookAtSigning(store.db),
    ...(await lookAtMail(store)),
  ]
}
