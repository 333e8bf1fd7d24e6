import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { onTestFinished } from 'vitest'
import { DATABASE_FILE, openDatabase, type Db } from '#main/database/open'
import { createMailer } from '#main/mail/mailer/mailer'
import type { MailDraft } from '#main/mail/mailer/outbox'
import { placeholder } from '#main/mail/mailer/placeholder'
import { newLeaseOwner, type DeliveryDeps } from '#main/mail/delivery/worker'
import { writeMigratedDatabase } from '../../support/migrated'
import { openMailServer, type MailServer, type MailServerOptions } from '../../support/mail-server'

export const FROM = 'noreply@immi.example.jp'
export const START = Temporal.Instant.from('2026-11-22T00:00:00Z')

/** A database file of its own for one test; `reopen` gives a further connection to it, as another process has. */
export async function openOutbox(): Promise<{ db: Db; reopen(): Db }> {
  const folder = mkdtempSync(join(tmpdir(), 'zairyu-mail-'))
  await writeMigratedDatabase(folder, '0.0.0', START)
  const open: { close(): Promise<void> }[] = []
  const connect = () => {
    const database = openDatabase(join(folder, DATABASE_FILE))
    open.push(database)
    return database
  }
  const first = connect()
  onTestFinished(async () => {
    for (const database of open) await database.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return { db: first.db, reopen: () => connect().db }
}

/** A short mail with a link and a code. */
export function draft(details: Partial<MailDraft> = {}): MailDraft {
  const link = `${placeholder('base')}/register/${placeholder('token')}`
  return {
    kind: 'registration',
    to: 'an@example.jp',
    subject: '【入管庁】利用者登録のご案内',
    language: 'ja',
    text: `${link}\n${placeholder('code')}\n`,
    html: `<p><a href="${link}">${link}</a> ${placeholder('code')}</p>`,
    secrets: { token: 'TOKEN-1', code: 'ABCD-EFGH' },
    ...details,
  }
}

/** The mailer of a process that has no worker. */
export const mailer = createMailer({ sender: () => FROM, wake: () => undefined })

/** Writes a mail in a transaction of its own. */
export function put(db: Db, details: Partial<MailDraft> = {}, now = START): Promise<{ id: string; messageId: string }> {
  return db.transaction().execute((trx) => mailer.enqueue(trx, draft(details), now))
}

/** Delivery over a transport on a database. */
export function delivery(
  db: Db,
  transport: DeliveryDeps['transport'],
  details: Partial<DeliveryDeps> = {},
): DeliveryDeps {
  return {
    db,
    transport,
    holder: newLeaseOwner(),
    from: FROM,
    linkBase: 'http://127.0.0.1:4180',
    retainSecrets: false,
    ...details,
  }
}

/** A real SMTP server on loopback for one test; with `locked` it asks for a password and accepts none. */
export async function openPostOffice(options: MailServerOptions = {}): Promise<MailServer> {
  const server = await openMailServer(options)
  onTestFinished(server.close)
  return server
}
