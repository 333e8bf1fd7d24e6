import type { MailServer, MailSettingsRequest, SmtpTlsChoice } from '#contract/http/staff/admin'
import { accept, refuse, type Result } from '../../platform/result'
import {
  readSmtpUrl,
  smtpConnection,
  smtpPort,
  writeSmtpUrl,
  type SmtpConnection,
  type SmtpTls,
} from '../../platform/config/smtp-url.rules'

type Source = 'variable' | 'file' | 'default'

/** What is set now, and whether it may be changed while the program runs. */
export interface MailState {
  training: boolean
  smtpUrl: string | null
  smtpTls: SmtpTls | null
  /** The password lies where it cannot be read: it has to be typed again. */
  locked: boolean
  sources: { smtpUrl: Source; smtpTls: Source; mailFrom: Source }
}

/** What is written into the settings file; null takes a setting out. `smtpTls` is there whenever `smtpUrl` is. */
export interface MailChange {
  smtpUrl?: string | null
  smtpTls?: SmtpTls | null
  mailFrom?: string
}

/** The mail server of a URL without its password; null for a URL that names none. */
export function readMailServer(smtpUrl: string, smtpTls: SmtpTls | null): MailServer | null {
  const server = readSmtpUrl(smtpUrl)
  const connection = server && smtpConnection(server, smtpTls)
  if (!server || !connection) return null
  return {
    host: server.host,
    port: smtpPort(server, connection),
    tls: connection === 'offered' || (smtpTls === null && connection === 'starttls') ? 'auto' : connection,
    user: server.user,
    hasPassword: server.password !== '',
  }
}

/** Whether the other end has proven who it is before it gets a password. */
const isProven = (connection: SmtpConnection) => connection === 'starttls' || connection === 'tls'

/** `secure` says how a server is written down: as `smtps://` where it is encrypted from the first byte on. */
const written = (tls: SmtpTlsChoice) => ({
  secure: tls === 'tls',
  chosen: tls === 'auto' || tls === 'tls' ? null : tls,
})

/**
 * The URL of a server as it was typed. A password that was left out is the kept one only for the same user of the same server
 * over a connection at least as safe: nobody gets a password that they do not know sent to a place of their choice, or in the clear.
 */
function serverUrl(
  server: NonNullable<MailSettingsRequest['server']>,
  { smtpUrl, smtpTls, locked }: MailState,
): Result<{ smtpUrl: string; smtpTls: SmtpTls | null }, 'mail-server.password'> {
  const old = smtpUrl === null ? null : readSmtpUrl(smtpUrl)
  const oldWay = old && smtpConnection(old, smtpTls)
  const { secure, chosen } = written(server.tls)
  const user = server.user || null
  const asked = { secure, host: server.host.toLowerCase(), port: server.port, user, password: '' }
  const way = smtpConnection(asked, chosen) ?? 'plain'
  const isSame =
    old !== null &&
    oldWay !== null &&
    old.host === asked.host &&
    old.user === user &&
    (isProven(way) || (!isProven(oldWay) && smtpPort(old, oldWay) === asked.port))
  const answer = (password: string) => accept({ smtpUrl: writeSmtpUrl({ ...asked, password }), smtpTls: chosen })
  if (user === null) return answer('')
  if (server.password) return answer(server.password)
  if (locked || (old !== null && old.password !== '' && !isSame)) return refuse('mail-server.password')
  return answer(isSame && old !== null ? old.password : '')
}

/** DESIGN §1, §8: a variable wins over what is set here, and in training no mail leaves; both refuse a change that would do nothing. */
export function planMailChange(
  { server, mailFrom }: MailSettingsRequest,
  state: MailState,
): Result<MailChange, 'settings.training' | 'settings.variable' | 'mail-server.password'> {
  const { training, sources } = state
  if (training) return refuse('settings.training')
  if (
    (server !== undefined && (sources.smtpUrl === 'variable' || sources.smtpTls === 'variable')) ||
    (mailFrom !== undefined && sources.mailFrom === 'variable')
  )
    return refuse('settings.variable')
  const sender = mailFrom === undefined ? {} : { mailFrom }
  if (server === undefined) return accept(sender)
  if (server === null) return accept({ ...sender, smtpUrl: null, smtpTls: null })
  const url = serverUrl(server, state)
  return url.ok ? accept({ ...sender, ...url.value }) : url
}
