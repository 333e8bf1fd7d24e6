import type { MailServer, MailSettingsRequest } from '#contract/admin'
import { accept, refuse, type Result } from '../platform/result'

/** What is set now, and whether it may be changed while the program runs. */
export interface MailState {
  training: boolean
  smtpUrl: string | null
  /** The password lies where it cannot be read: it has to be typed again. */
  locked: boolean
  sources: { smtpUrl: 'variable' | 'file' | 'default'; mailFrom: 'variable' | 'file' | 'default' }
}

/** What is written into the settings file; null takes a setting out. */
export interface MailChange {
  smtpUrl?: string | null
  mailFrom?: string
}

/** nodemailer's own ports, where the URL names none. */
const portOf = (url: URL) => (url.port === '' ? (url.protocol === 'smtps:' ? 465 : 587) : Number(url.port))

/** The mail server of a URL without its password. */
export function readMailServer(smtpUrl: string): MailServer {
  const url = new URL(smtpUrl)
  return {
    host: url.hostname,
    port: portOf(url),
    secure: url.protocol === 'smtps:',
    user: url.username === '' ? null : decodeURIComponent(url.username),
    hasPassword: url.password !== '',
  }
}

/**
 * The URL of a server as it was typed. A password that was left out is the kept one only for the same user of the same server
 * over a connection as safe: nobody gets a password that he does not know sent to a place of his choice.
 */
function serverUrl(
  server: NonNullable<MailSettingsRequest['server']>,
  kept: string | null,
  locked: boolean,
): Result<string, 'mail-server.password'> {
  const old = kept === null ? null : readMailServer(kept)
  const isSame =
    old !== null &&
    old.host === server.host.toLowerCase() &&
    old.port === server.port &&
    old.secure === server.secure &&
    old.user === (server.user || null)
  const url = new URL(`${server.secure ? 'smtps' : 'smtp'}://${server.host.toLowerCase()}:${server.port}`)
  if (isSame && kept !== null) url.search = new URL(kept).search
  if (!server.user) return accept(url.href)
  const typed = server.password === undefined || server.password === '' ? undefined : server.password
  if (typed === undefined && (locked || (old?.hasPassword && !isSame))) return refuse('mail-server.password')
  const password =
    typed === undefined && isSame && kept !== null ? decodeURIComponent(new URL(kept).password) : (typed ?? '')
  return accept(url.href.replace('//', `//${encodeURIComponent(server.user)}:${encodeURIComponent(password ?? '')}@`))
}

/** DESIGN §1, §8: a variable wins over what is set here, and in training no mail leaves; both refuse a change that would do nothing. */
export function planMailChange(
  { server, mailFrom }: MailSettingsRequest,
  { training, smtpUrl, locked, sources }: MailState,
): Result<MailChange, 'settings.training' | 'settings.variable' | 'mail-server.password'> {
  if (training) return refuse('settings.training')
  if (
    (server !== undefined && sources.smtpUrl === 'variable') ||
    (mailFrom !== undefined && sources.mailFrom === 'variable')
  )
    return refuse('settings.variable')
  const sender = mailFrom === undefined ? {} : { mailFrom }
  if (server === undefined) return accept(sender)
  if (server === null) return accept({ ...sender, smtpUrl: null })
  const url = serverUrl(server, smtpUrl, locked)
  return url.ok ? accept({ ...sender, smtpUrl: url.value }) : url
}
