import { divideAtLink } from '../platform/config/link-arguments.rules'

/** The scheme of links in the mails of the desktop app, and what stands before the path in them (DESIGN §5). */
export const LINK_SCHEME = 'zairyu'
export const LINK_BASE = `${LINK_SCHEME}://open`

/**
 * The screens to which a mail may lead. Ours: whatever else a link says is not looked at, since any web page and any
 * program can open one. A token is 256 bits in base64url.
 */
const KNOWN_LINK =
  /^zairyu:\/\/open(?<path>\/(?:login|(?:register|receipts|password-reset|email-change|email-undo)\/[\w-]{43}))\/?$/i

/**
 * The path of the screen to which a link of a mail leads, like `/register/TOKEN`; null for anything that is not exactly
 * such a link. Scheme and screen may be in any case (some mail programs change it), the token stays as it is.
 */
export function screenOfLink(text: string): string | null {
  const path = KNOWN_LINK.exec(text)?.groups?.['path']
  if (path === undefined) return null
  const token = path.indexOf('/', 1)
  return token === -1 ? path.toLowerCase() : path.slice(0, token).toLowerCase() + path.slice(token)
}

/** The screen of the first link among the arguments of a start, wherever Chromium's own flags have moved it; null where that is none of ours. */
export function screenOfArguments(argv: readonly string[]): string | null {
  const { link } = divideAtLink(argv)
  return link === null ? null : screenOfLink(link)
}
