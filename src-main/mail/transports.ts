import { createHash } from 'node:crypto'
import { createTransport, type NodemailerError } from 'nodemailer'
import { Temporal } from 'temporal-polyfill'

/** A mail as it goes to the server: final bodies, fixed Message-ID and date, so that a repeated attempt is the same to the byte. */
export interface OutgoingMail {
  messageId: string
  createdAt: string
  to: string
  subject: string
  /** Content-Language, e.g. `en, ja`. */
  language: string
  text: string
  html: string
}

/** What became of an attempt. `reason` is short and names neither address nor content. */
export type Delivery = { accepted: true } | { accepted: false; permanent: boolean; reason: string }

/** Hands one mail to whoever delivers it; never throws for a mail that was not taken. */
export interface MailTransport {
  send(mail: OutgoingMail): Promise<Delivery>
  /** Whether the server answers and lets us in; null when it does, else a short reason. Sends nothing. */
  reach(): Promise<string | null>
  close(): void
}

/** Ours: the name beside the sender's address in a list of mails. */
const SENDER_NAME = '在留申請オンラインシステム'

const SECOND = 1000
const TIMEOUTS = {
  dnsTimeout: 15 * SECOND,
  connectionTimeout: 20 * SECOND,
  greetingTimeout: 20 * SECOND,
  socketTimeout: 60 * SECOND,
}

/**
 * Why an attempt failed, and whether trying again is pointless. Only a 5xx answer about the recipient or the content is
 * permanent; a refused sender, password or certificate is the operator's to mend, so the mail waits.
 */
function readFailure(error: unknown): Delivery {
  const { code, originalCode, command, response, responseCode } = error as NodemailerError & { originalCode?: unknown }
  if (typeof responseCode === 'number' && responseCode > 0) {
    const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response ?? '')?.[1]
    const step = command && /^[A-Z][A-Z ]*$/.test(command) ? `after ${command}` : ''
    const permanent = responseCode >= 500 && responseCode < 600 && (command === 'RCPT TO' || command === 'DATA')
    return { accepted: false, permanent, reason: [responseCode, enhanced, step].filter(Boolean).join(' ') }
  }
  const name = [originalCode, code].find((found) => typeof found === 'string' && /^[A-Z][A-Z0-9_]*$/.test(found))
  return { accepted: false, permanent: false, reason: typeof name === 'string' ? name : 'no answer' }
}

/** An ISO instant in the form of RFC 5322, in Tokyo: `Sun, 23 Nov 2026 08:56:12 +0900`. */
function mailDate(instant: string): string {
  const there = Temporal.Instant.from(instant).toZonedDateTimeISO('Asia/Tokyo')
  const name = (options: Intl.DateTimeFormatOptions) => there.toLocaleString('en-US', options)
  const two = (number: number) => String(number).padStart(2, '0')
  const time = [there.hour, there.minute, there.second].map(two).join(':')
  return `${name({ weekday: 'short' })}, ${there.day} ${name({ month: 'short' })} ${there.year} ${time} ${there.offset.replace(':', '')}`
}

/**
 * Delivers over SMTP (`smtp://`, `smtps://`, also with user and password) from the address `from`. One connection a mail;
 * a server that hangs is given up after a minute of silence.
 */
export function smtpTransport(url: string, from: string): MailTransport {
  const smtp = createTransport({ url, ...TIMEOUTS, disableFileAccess: true, disableUrlAccess: true })
  return {
    send: async (mail) => {
      try {
        await smtp.sendMail({
          from: { name: SENDER_NAME, address: from },
          to: { name: '', address: mail.to },
          envelope: { from, to: [mail.to] },
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          // Base64 keeps relays from wrapping a line inside a number or a link.
          encoding: 'base64',
          messageId: mail.messageId,
          date: mailDate(mail.createdAt),
          baseBoundary: createHash('sha256').update(mail.messageId).digest('hex').slice(0, 32),
          xMailer: false,
          headers: {
            'Content-Language': mail.language,
            'Auto-Submitted': 'auto-generated',
            'X-Auto-Response-Suppress': 'All',
          },
          disableFileAccess: true,
          disableUrlAccess: true,
        })
        return { accepted: true }
      } catch (error) {
        return readFailure(error)
      }
    },
    reach: async () => {
      try {
        await smtp.verify()
        return null
      } catch (error) {
        const failure = readFailure(error)
        return failure.accepted ? null : failure.reason
      }
    },
    close: () => smtp.close(),
  }
}

/** Training: takes every mail at once and sends nothing; the training mailbox reads the outbox. */
export function trainingTransport(): MailTransport {
  return { send: () => Promise.resolve({ accepted: true }), reach: () => Promise.resolve(null), close: () => undefined }
}
