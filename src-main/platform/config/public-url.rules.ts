/** What the public address says of the way between people and the service. */
export type PublicWay = 'none' | 'this-machine' | 'encrypted' | 'clear'

/** A name of this machine, which no wire leads to. */
const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|localhost|.+\.localhost|\[::1\])\.?$/i

/** By which way people reach the service at its public address. */
export function publicWay(publicUrl: string | null): PublicWay {
  if (publicUrl === null) return 'none'
  const { protocol, hostname } = new URL(publicUrl)
  if (protocol === 'https:') return 'encrypted'
  return LOOPBACK.test(hostname) ? 'this-machine' : 'clear'
}

/**
 * One line for the operator whose public address is plain http on real data; null where nothing is to be said. A room in which people
 * practise has no certificate, and no secrets.
 */
export function clearTextWarning(publicUrl: string | null, training: boolean): string | null {
  return training || publicWay(publicUrl) !== 'clear'
    ? null
    : 'WARNING: the public address (ZAIRYU_PUBLIC_URL) is http: passwords, sessions and the links in mails travel unencrypted. Put a proxy with a certificate before the service and name an https address.'
}
