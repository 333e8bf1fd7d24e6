import { accessSync, constants, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { checkFile, DATABASE_FILE } from '../../database/open'
import { countMail } from '../../mail/outbox'
import { CommandFailure, type CommandContext } from '../../platform/command'
import type { Store } from '../../compose'

interface Finding {
  what: string
  ok: boolean
  text: string
}

const NEEDED_BYTES = 200 * 1024 * 1024

function lookAtFolder(dataDir: string): Finding[] {
  let writable = true
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK)
  } catch {
    writable = false
  }
  const { bavail, bsize } = statfsSync(dataDir)
  const free = bavail * bsize
  return [
    { what: 'folder', ok: writable, text: writable ? dataDir : `${dataDir} cannot be written to` },
    { what: 'disk', ok: free >= NEEDED_BYTES, text: `${Math.floor(free / 1024 / 1024)} MiB free` },
  ]
}

async function lookAtMail({ db, mail, mailLocked, training }: Store): Promise<Finding[]> {
  const { queued, failed } = await countMail(db)
  const waiting = {
    what: 'outbox',
    ok: failed === 0,
    text: `${queued} waiting, ${failed} given up (mail list, mail retry)`,
  }
  if (training) return [waiting, { what: 'mail server', ok: true, text: 'training: no mail leaves' }]
  if (mailLocked)
    return [
      waiting,
      { what: 'mail server', ok: true, text: 'its password lies in the keychain; only the desktop app can ask it' },
    ]
  const reason = mail.transport
    ? await mail.transport.reach()
    : 'none is configured (ZAIRYU_SMTP_URL); mail waits in the outbox'
  return [waiting, { what: 'mail server', ok: reason === null, text: reason ?? 'answers' }]
}

/** `doctor`: looks at folder, database, mail; 1 when something is wrong, with what it is. */
export function doctorCommand({ withStore, print }: CommandContext): Command {
  return new Command('doctor').description('look whether everything is in order').action(() =>
    withStore('read', async (store) => {
      const damage = checkFile(join(store.dataDir, DATABASE_FILE))
      const findings: Finding[] = [
        {
          what: 'version',
          ok: true,
          text: `${store.version}, schema ${store.migration}, Node ${process.versions.node}`,
        },
        ...lookAtFolder(store.dataDir),
        { what: 'database', ok: damage === null, text: damage ?? 'whole' },
        ...(await lookAtMail(store)),
      ]
      const ok = findings.every((finding) => finding.ok)
      print(
        { ok, findings },
        findings.map(({ what, ok: good, text }) => `${good ? 'ok     ' : 'PROBLEM'}  ${what}: ${text}`).join('\n'),
      )
      if (!ok) throw new CommandFailure('Something is wrong.')
    }),
  )
}
