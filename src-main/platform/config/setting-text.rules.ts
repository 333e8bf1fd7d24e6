/** Protocols that may be told: what stands before `://` in anything else may be part of a secret. */
const KNOWN = /^(?:https?|smtps?|imaps?|ftp|postgres(?:ql)?):\/\//i

/**
 * A value as it may stand in a message, a log or a support file. A URL in which anything but a host is written may carry a name and
 * a password, also where a sign in them cut it in two (`smtps://me:a/b@host`), so that no part of it is told; one that looks like no
 * URL at all is told only where `mayBeSecret` says that nothing secret belongs there.
 */
export function tellable(text: string, mayBeSecret: boolean): string {
  const protocol = KNOWN.exec(text)?.[0]
  if (protocol !== undefined && /^[A-Za-z0-9.-]*\/?$/.test(text.slice(protocol.length))) return text
  if (protocol !== undefined) return `${protocol}…`
  return mayBeSecret || (/[@/\\]/.test(text) && /:/.test(text)) ? '…' : text
}

/**
 * A user name or password out of a URL. A `%` that begins no escape stands for itself: people write `100%safe`, and a whole program
 * must not stop for it.
 */
export const decodeLoosely = (text: string): string =>
  text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) => {
    try {
      return decodeURIComponent(escapes)
    } catch {
      return escapes
    }
  })
