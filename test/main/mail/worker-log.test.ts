import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { knownLine } from '#main/platform/log/log-fields.rules'
import { openLog, readLog } from '#main/platform/log/log'
import { smtpTransport, type MailTransport } from '#main/mail/delivery/transports'
import { processDueMail } from '#main/mail/delivery/worker'
import { delivery, FROM, openOutbox, openPostOffice, put, START } from './post-office'

/** A log in a folder of its own, and its lines as they leave the machine. */
function ownLog() {
  const dir = mkdtempSync(join(tmpdir(), 'zairyu-worker-log-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const log = openLog(dir, 'trace')
  return { log, lines: () => readLog(dir, 100).map((line) => knownLine(line) ?? {}) }
}

/** Every kind of mail that the program writes. */
const KINDS = [
  'certificate',
  'deletion-asked',
  'deletion-done',
  'details-changed',
  'email-change',
  'email-change-done',
  'email-change-undone',
  'email-changed',
  'password-changed',
  'password-reset',
  'registered',
  'registration',
  'registration-known',
  'reminder',
  'test',
  'user-id-reminder',
]

describe('the log of the worker', () => {
  it.each(KINDS)('names the mail that was not taken, its kind, how often and why: %s', async (kind) => {
    const [{ db }, office] = await Promise.all([openOutbox(), openPostOffice()])
    const { log, lines } = ownLog()
    office.recipientAnswers.push({ responseCode: 550, message: '5.1.1 <an@example.jp>: user unknown' })
    const { id } = await put(db, { kind })
    await processDueMail(delivery(db, smtpTransport(office.url, FROM), { log }), START)
    expect(lines()).toMatchObject([
      {
        msg: 'a mail was not taken',
        level: 'warn',
        mail: id,
        kind,
        attempts: 1,
        reason: '550 5.1.1 after RCPT TO',
        permanent: true,
      },
    ])
    expect(JSON.stringify(lines())).not.toContain('an@example.jp')
  })

  it.each([
    '421',
    '550 5.1.10 after RCPT TO',
    '535 5.7.8 after AUTH PLAIN',
    '535 after AUTH CRAM-MD5',
    '334 after AUTH XOAUTH2',
    '502 after STARTTLS',
    'TLS_WRONG_NAME',
    'ECONNREFUSED',
    'E2BIG',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'no answer',
    'not sent, see the log',
  ])('says why in the words of delivery: %s', async (reason) => {
    const { db } = await openOutbox()
    const { log, lines } = ownLog()
    await put(db)
    const transport: MailTransport = {
      send: () => Promise.resolve({ accepted: false, permanent: false, reason }),
      reach: () => Promise.resolve(null),
      close: () => undefined,
    }
    await processDueMail(delivery(db, transport, { log }), START)
    expect(lines()).toMatchObject([{ reason }])
  })

  it('names the mail whose sending could not be recorded, and the one that no transport took', async () => {
    const { db } = await openOutbox()
    const { log, lines } = ownLog()
    const { id } = await put(db)
    const send = { close: () => undefined, reach: () => Promise.resolve(null) }
    const taken: MailTransport = { ...send, send: () => Promise.resolve({ accepted: true }) }
    const onSent = () => Promise.reject(new Error('the disk is full'))
    await processDueMail(delivery(db, taken, { log, onSent }), START)
    const broken: MailTransport = { ...send, send: () => Promise.reject(new Error('broken')) }
    await processDueMail(delivery(db, broken, { log }), START.add({ minutes: 1 }))
    expect(lines()).toMatchObject([
      {
        msg: 'what became of a mail could not be recorded',
        mail: id,
        kind: 'registration',
        attempts: 1,
        accepted: true,
        err: { name: 'Error' },
      },
      { msg: 'a mail could not be handed to its transport', mail: id, err: { name: 'Error' } },
      { msg: 'a mail was not taken', mail: id, reason: 'not sent, see the log', permanent: false },
    ])
  })
})
