import { decodeLoosely } from './setting-text.rules'

/** How the way to a mail server can be chosen: in the clear, encrypted after a greeting in the clear, or from the first byte on. */
export const SMTP_TLS = ['plain', 'starttls', 'tls'] as const
export type SmtpTls = (typeof SMTP_TLS)[number]

/**
 * How mail really travels. `offered`: encrypted where the server offers it and in the clear elsewhere; that is for servers without a
 * user name alone, and a certificate that does not fit is refused there, too.
 */
export type SmtpConnection = SmtpTls | 'offered'

/** A mail server as a URL names it. */
export interface SmtpServer {
  /** `smtps://`: encrypted from the first byte on. */
  secure: boolean
  host: string
  /** Null where the URL names none. */
  port: number | null
  user: string | null
  /** Empty where there is none. */
  password: string
}

const SHAPE =
  /^(smtps?):\/\/(?:([^/?#:\p{Cc}]*)(?::([^/?#\p{Cc}]*))?@)?([\p{L}\p{N}_](?:[\p{L}\p{N}\p{M}._-]*[\p{L}\p{N}\p{M}_.])?|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?\/?$/iu

function readHost(text: string): string | null {
  const url = `http://${text}`
  return URL.canParse(url) ? new URL(url).hostname : null
}

/**
 * Reads `smtp[s]://[USER[:PASSWORD]@]HOST[:PORT]`, and nothing behind it: nodemailer, which could read the URL itself, takes options from
 * there (`?tls.rejectUnauthorized=false`), and those could switch off what keeps a password safe.
 * `/ ? #` in user or password have to be written as `%2F %3F %23`. Null for all else.
 */
export function readSmtpUrl(text: string): SmtpServer | null {
  const [, protocol = '', user = '', password = '', name = '', digits] = SHAPE.exec(text) ?? []
  const host = readHost(name)
  const port = digits === undefined ? null : Number(digits)
  if (name === '' || host === null || (port !== null && (port < 1 || port > 65_535))) return null
  if (user === '' && password !== '') return null
  return {
    secure: protocol.toLowerCase() === 'smtps',
    host,
    port,
    user: user === '' ? null : decodeLoosely(user),
    password: decodeLoosely(password),
  }
}

/** The URL from which `readSmtpUrl` reads the same server, whatever stands in user and password. */
export function writeSmtpUrl({ secure, host, port, user, password }: SmtpServer): string {
  const written = (text: string) => encodeURIComponent(text.toWellFormed())
  const login = user === null ? '' : `${written(user)}${password === '' ? '' : `:${written(password)}`}@`
  return `smtp${secure ? 's' : ''}://${login}${host}${port === null ? '' : `:${port}`}`
}

/**
 * How mail travels to a server, by its URL and by what was chosen. RFC 8314 §3.3: a password goes over an encrypted connection only, on the
 * own machine too, unless somebody has chosen otherwise in so many words. Null where the two contradict each other.
 */
export function smtpConnection(
  { secure, user }: Pick<SmtpServer, 'secure' | 'user'>,
  chosen: SmtpTls | null,
): SmtpConnection | null {
  if (secure) return chosen === null || chosen === 'tls' ? 'tls' : null
  return chosen ?? (user === null ? 'offered' : 'starttls')
}

/** RFC 6409 and RFC 8314: the ports for handing mail in. */
export const smtpPort = ({ port }: Pick<SmtpServer, 'port'>, connection: SmtpConnection): number =>
  port ?? (connection === 'tls' ? 465 : 587)
