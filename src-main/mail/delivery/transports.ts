import { createHash } from 'node:crypto'
import { checkServerIdentity, type PeerCertificate } from 'node:tls'
import { createTransport, type NodemailerError } from 'nodemailer'
import { Temporal } from 'temporal-polyfill'
import type { DeliveryFailure } from '#contract/http/mail-failure'
import { readSmtpUrl, smtpConnection, smtpPort, type SmtpTls } from '../../platform/config/smtp-url.rules'
import { classify, isForGood, mailFailure } from './failure.rules'

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

/** A mail that was not taken. `reason` is short and names neither address nor content. */
export interface NotTaken {
  accepted: false
  /** Another try is pointless. */
  permanent: boolean
  reason: string
  /** By the server's words, too; left out: by the reason alone. */
  failure?: DeliveryFailure
  /** The names for which a server's certificate was made, where it does not fit. */
  certificateNames?: string
}

/** What became of an attempt. */
export type Delivery = { accepted: true } | NotTaken

/** Hands one mail to whoever delivers it; never throws for a mail that was not taken. */
export interface MailTransport {
  send(mail: OutgoingMail): Promise<Delivery>
  /** Whether the server answers and lets us in; null when it does. Sends nothing. */
  reach(): Promise<NotTaken | null>
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

/** Why a certificate does not do, in the codes of OpenSSL (Node) and in the words of both OpenSSL and BoringSSL (Electron). */
const CERTIFICATE_FAULTS: readonly (readonly [RegExp, string])[] = [
  [/ALTNAME_INVALID|does not match certificate/i, 'TLS_WRONG_NAME'],
  [/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|certificate has expired|certificate is not yet valid/i, 'TLS_EXPIRED'],
  [
    /SELF_SIGNED|UNABLE_TO_(?:GET_ISSUER|VERIFY)|CERT_UNTRUSTED|CERT_REVOKED|INVALID_CA|self.signed certificate|local issuer|first certificate|CERT_SIGNATURE|CERT_REJECTED|HOSTNAME_MISMATCH/i,
    'TLS_UNTRUSTED',
  ],
  [/^ERR_SSL|^ERR_TLS|SSL routines|TLS handshake|before secure TLS/i, 'TLS_FAILED'],
]

/** RFC 3463 says where the code stands; qmail writes it behind its words: `553 sorry, … (#5.7.1)`. */
const enhancedIn = (response: string): string =>
  /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ??
  /\(#([45]\.\d{1,3}\.\d{1,3})\)/.exec(response)?.[1] ??
  ''

/**
 * Why an attempt failed, and whether trying again is pointless: only what a server says of the recipient is permanent. What lies with the
 * office, its server or the way there is for the operator to mend, so the mail waits.
 */
function readFailure(error: unknown): NotTaken {
  const { code, originalCode, command, response, responseCode, message } = error as NodemailerError & {
    originalCode?: unknown
  }
  if (typeof responseCode === 'number' && responseCode > 0) {
    const text = response ?? ''
    const enhanced = enhancedIn(text)
    const step = command && /^[A-Z][A-Z0-9 -]*$/.test(command) ? command : ''
    const failure = classify({ code: responseCode, enhanced, step, text })
    return {
      accepted: false,
      permanent: isForGood(failure, responseCode),
      reason: [responseCode, enhanced, step && `after ${step}`].filter(Boolean).join(' '),
      failure,
    }
  }
  const told = [originalCode, code].filter((found) => typeof found === 'string')
  const fault = CERTIFICATE_FAULTS.find(([pattern]) => [...told, message].some((text) => pattern.test(text)))?.[1]
  const name = fault ?? told.find((found) => /^[A-Z][A-Z0-9_]*$/.test(found)) ?? 'no answer'
  const failure = mailFailure(name)
  return { accepted: false, permanent: isForGood(failure, null), reason: name, failure }
}

/** An ISO instant in the form of RFC 5322, in Tokyo: `Sun, 23 Nov 2026 08:56:12 +0900`. */
function mailDate(instant: string): string {
  const there = Temporal.Instant.from(instant).toZonedDateTimeISO('Asia/Tokyo')
  const name = (options: Intl.DateTimeFormatOptions) => there.toLocaleString('en-US', options)
  const two = (number: number) => String(number).padStart(2, '0')
  const time = [there.hour, there.minute, there.second].map(two).join(':')
  return `${name({ weekday: 'short' })}, ${there.day} ${name({ month: 'short' })} ${there.year} ${time} ${there.offset.replace(':', '')}`
}

/** The names in a certificate, for a person to compare with the one that was asked for. */
const namesOf = ({ subjectaltname, subject }: PeerCertificate): string =>
  (subjectaltname ?? `DNS:${String(subject?.CN ?? '')}`)
    .split(', ')
    .map((entry) => entry.replace(/^(?:DNS|IP Address):/, ''))
    .join(', ')
    .slice(0, 200)

/**
 * Delivers over SMTP to the server of a URL (`smtp://`, `smtps://`, also with user and password) from the address `from`. One connection
 * a mail; a server that hangs is given up after a minute of silence. A server that cannot prove its name gets nothing: neither password
 * nor mail. `tls` as in `smtpConnection`.
 * @throws RangeError for a URL that names no server, or contradicts `tls`
 */
export function smtpTransport(url: string, from: string, tls: SmtpTls | null = null): MailTransport {
  const server = readSmtpUrl(url)
  const connection = server && smtpConnection(server, tls)
  if (!server || !connection) throw new RangeError('a mail server needs a whole URL')
  let otherNames: string | undefined
  const smtp = createTransport({
    host: server.host.replace(/^\[|\]$/g, ''),
    port: smtpPort(server, connection),
    secure: connection === 'tls',
    requireTLS: connection === 'starttls',
    ignoreTLS: connection === 'plain',
    ...(server.user !== null && { auth: { user: server.user, pass: server.password } }),
    tls: {
      // Said aloud, since a variable of Node's could say otherwise. An authority of one's own is named by NODE_EXTRA_CA_CERTS.
      rejectUnauthorized: true,
      checkServerIdentity: (host: string, certificate: PeerCertificate) => {
        const wrong = checkServerIdentity(host, certificate)
        otherNames = wrong && namesOf(certificate)
        return wrong
      },
    },
    ...TIMEOUTS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const failed = (error: unknown): NotTaken => {
    const failure = readFailure(error)
    return failure.reason === 'TLS_WRONG_NAME' && otherNames !== undefined
      ? { ...failure, certificateNames: otherNames }
      : failure
  }
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
        return failed(error)
      }
    },
    reach: async () => {
      try {
        await smtp.verify()
        return null
      } catch (error) {
        return failed(error)
      }
    },
    close: () => smtp.close(),
  }
}

/** Training: takes every mail at once and sends nothing; the training mailbox reads the outbox. */
export function trainingTransport(): MailTransport {
  return { send: () => Promise.resolve({ accepted: true }), reach: () => Promise.resolve(null), close: () => undefined }
}
