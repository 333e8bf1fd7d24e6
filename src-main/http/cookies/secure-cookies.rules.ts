import { hostWithPort, isKnownHost } from '../guards/hosts.rules'

/** What a request says of the way by which it came. */
export interface RequestWay {
  host: string
  origin: string | null
  /** A proxy has passed it on: it carries `Forwarded`, `X-Forwarded-…` or `Via`. */
  isForwarded: boolean
}

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])\.?(?::\d+)?$/i

/**
 * Whether a cookie for the browser that asks must be `Secure`. Where the public address is https, every cookie is, but for a browser
 * on this machine that asks `http://127.0.0.1` itself: it would drop the cookie without a word (WebKit). In doubt it is `Secure`:
 * a proxy may rewrite `Host`, but the browser behind it names the public address as `Origin` of every request that logs in.
 */
export function needsSecureCookie(publicUrl: string | null, { host, origin, isForwarded }: RequestWay): boolean {
  if (publicUrl === null || !/^https:/i.test(publicUrl)) return false
  if (isForwarded || !LOOPBACK.test(host)) return true
  if (isKnownHost(host, [hostWithPort(new URL(publicUrl))])) return true
  return origin !== null && !/^http:\/\//i.test(origin)
}
