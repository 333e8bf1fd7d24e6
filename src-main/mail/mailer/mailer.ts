import { randomBytes } from 'node:crypto'
import type { Temporal } from 'temporal-polyfill'
import { asciiDomain } from '#domain/text/email-address'
import type { JapaneseStyle } from '#domain/language'
import { afterCommit } from '../../database/after-commit'
import type { Db } from '../../database/open'
import type { OutboxTable } from '../../database/tables/outbox.table'
import { instantText } from '../../platform/clock'
import { writeJapanese } from './japanese'
import { domainOf, insertMail, overwriteDecoy, type MailDraft } from './outbox'
import { previewOf } from './preview'

/** The one door for mail: it knows the sender and wakes the worker, so that nobody else has to. */
export interface Mailer {
  /** The address from which mail comes, by the settings of this moment. */
  readonly sender: string
  /**
   * Writes a mail inside the caller's transaction: it exists if and only if the change that causes it does. The Message-ID
   * (random, at the domain of the sender) stays the same for every attempt.
   * @throws RangeError when the address could change the headers of the mail
   */
  enqueue(trx: Db, draft: MailDraft, now: Temporal.Instant): Promise<{ id: string; messageId: string }>
  /** As much work as `enqueue`, for a mail that nobody gets: the time of an answer must not tell whether somebody is there. */
  enqueueDecoy(trx: Db, draft: MailDraft, now: Temporal.Instant): Promise<void>
  /** The mail as its recipient would see it, without link and code. */
  preview(draft: MailDraft): ReturnType<typeof previewOf>
  /** Says that stored mails have become due by what the caller's transaction has changed. */
  announceDue(trx: Db): Promise<void>
}

/** What every action that writes mail is given. */
export interface ActionDeps {
  db: Db
  mailer: Mailer
}

export interface MailerSettings {
  sender(): string
  /** Lets the worker of this process look at once. Without one (command line) it does nothing: the worker polls. */
  wake(): void
}

/** Sorts by creation within one instant, since several mails may be written at the same `now`; the rest is random. */
const newMailId = () => `${process.hrtime.bigint().toString(36).padStart(12, '0')}${randomBytes(6).toString('hex')}`

/** How the recipient wants Japanese written; as usual for one without an account. */
async function japaneseFor(trx: Db, accountId: string | null): Promise<JapaneseStyle> {
  if (accountId === null) return 'plain'
  const row = await trx.selectFrom('accounts').select('mail_japanese').where('id', '=', accountId).executeTakeFirst()
  return row?.mail_japanese ?? 'plain'
}

/** The row of a mail that is about to be written. @throws RangeError when the address could change the headers of the mail */
async function newRow(trx: Db, mail: MailDraft, now: Temporal.Instant, from: string): Promise<OutboxTable> {
  if (!/^[^\s\p{Cc},;:<>()[\]"]+@[^\s\p{Cc},;:<>()"@]+$/u.test(mail.to))
    throw new RangeError('a mail needs one plain e-mail address as its recipient')
  const { text, html } = writeJapanese(mail, await japaneseFor(trx, mail.accountId ?? null))
  const id = newMailId()
  const messageId = `<${randomBytes(16).toString('hex')}@${asciiDomain(domainOf(from)) ?? domainOf(from)}>`
  return {
    id,
    kind: mail.kind,
    recipient: mail.to,
    subject: mail.subject.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim(),
    language: mail.language,
    text_body: text,
    html_body: html,
    secrets: JSON.stringify(mail.secrets),
    link_base: null,
    message_id: messageId,
    status: 'queued',
    attempts: 0,
    created_at: instantText(now),
    next_attempt_at: instantText(now),
    lease_holder: null,
    lease_until: null,
    sent_at: null,
    last_error: null,
    failure: null,
    strike: 0,
    withdrawn_for: null,
    certificate_number: mail.certificateNumber ?? null,
    account_id: mail.accountId ?? null,
  }
}

/**
 * A mailer for the settings of the moment of each call. It wakes the worker after the commit, since a mail that is not committed
 * yet is not to be found; and a turn of the event loop later, after the answer to the request has left: the worker's first writes
 * would else tell by the time of the answer whether a mail was written.
 */
export function createMailer({ sender, wake }: MailerSettings): Mailer {
  const announceDue = (trx: Db) => afterCommit(trx, () => void setImmediate(wake))
  return {
    get sender() {
      return sender()
    },
    enqueue: async (trx, draft, now) => {
      const row = await newRow(trx, draft, now, sender())
      await insertMail(trx, row)
      await announceDue(trx)
      return { id: row.id, messageId: row.message_id }
    },
    enqueueDecoy: async (trx, draft, now) => {
      await overwriteDecoy(trx, await newRow(trx, draft, now, sender()))
      await announceDue(trx)
    },
    preview: (draft) => previewOf(draft, sender()),
    announceDue,
  }
}
