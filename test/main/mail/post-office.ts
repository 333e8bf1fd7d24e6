import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { Temporal } from 'temporal-polyfill'
import { onTestFinished } from 'vitest'
import { migrate } from '#main/database/migrate'
import { openDatabase, type Db } from '#main/database/open'
import { enqueueMail, type MailDraft } from '#main/mail/outbox'
import { placeholder } from '#main/mail/placeholder'
import { newHolder, type DeliveryDeps } from '#main/mail/worker'

export const FROM = 'noreply@immi.example.jp'
export const START = Temporal.Instant.from('2026-11-22T00:00:00Z')

/** A database file of its own for one test; `reopen` gives a further connection to it, as another process has. */
export async function openOutbox(): Promise<{ db: Db; reopen(): Db }> {
  const folder = mkdtempSync(join(tmpdir(), 'zairyu-mail-'))
  const open: { close(): Promise<void> }[] = []
  const connect = () => {
    const database = openDatabase(join(folder, 'zairyu.sqlite'))
    open.push(database)
    return database
  }
  const first = connect()
  onTestFinished(async () => {
    for (const database of open) await database.close()
    rmSync(folder, { recursive: true, force: true })
  })
  await migrate(first, folder, { clock: { now: () => START }, version: '0.0.0' })
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

/** Writes a mail in a transaction of its own. */
export function put(db: Db, details: Partial<MailDraft> = {}, now = START): Promise<{ id: string; messageId: string }> {
  return db.transaction().execute((trx) => enqueueMail(trx, draft(details), now, FROM))
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
    holder: newHolder(),
    from: FROM,
    linkBase: 'http://127.0.0.1:4180',
    keepSecrets: false,
    ...details,
  }
}

/** What a mail server is told to answer: null takes it. */
export type Answer = { responseCode: number; message: string } | null

export interface PostOffice {
  url: string
  /** Every content that arrived whole, also one that was then refused, as it came over the wire. */
  letters: { raw: string; mail: ParsedMail; to: string[] }[]
  /** Answers for the next senders, recipients and contents, in order; after these everything is taken. */
  senderAnswers: Answer[]
  recipientAnswers: Answer[]
  contentAnswers: Answer[]
  close(): Promise<void>
}

const refusal = (answer: Answer | undefined) =>
  answer ? Object.assign(new Error(answer.message), { responseCode: answer.responseCode }) : null

/** A real SMTP server on loopback for one test; with `locked` it asks for a password and accepts none. */
export async function openPostOffice({ locked = false } = {}): Promise<PostOffice> {
  const letters: PostOffice['letters'] = []
  const senderAnswers: Answer[] = []
  const recipientAnswers: Answer[] = []
  const contentAnswers: Answer[] = []
  const server = new SMTPServer({
    authOptional: !locked,
    disabledCommands: locked ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(refusal({ responseCode: 535, message: '5.7.8 wrong password of user' })),
    onMailFrom: (_address, _session, done) => done(refusal(senderAnswers.shift())),
    disableReverseLookup: true,
    onRcptTo: (_address, _session, done) => done(refusal(recipientAnswers.shift())),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8')
        simpleParser(raw).then((mail) => {
          letters.push({ raw, mail, to: session.envelope.rcptTo.map(({ address }) => address) })
          done(refusal(contentAnswers.shift()))
        }, done)
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  let closed = false
  const close = async () => {
    if (closed) return
    closed = true
    await new Promise<void>((resolve) => server.close(resolve))
  }
  onTestFinished(close)
  const { port } = server.server.address() as AddressInfo
  return { url: `smtp://127.0.0.1:${port}`, letters, senderAnswers, recipientAnswers, contentAnswers, close }
}
