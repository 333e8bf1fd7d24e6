import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { hostWithPort, isKnownHost, isKnownOrigin } from './hosts.rules'
import { readText } from '#domain/text/text-file'
import { damagedTexts } from '#domain/text/damaged-text'
import { problem } from '../problem'
import { SECURITY_HEADERS } from './security-headers'

/** DESIGN §6: bodies over 64 KiB are refused. */
const BODY_LIMIT = 64 * 1024
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Which names of itself the service answers to, hosts with their port. `hosts` null: the shell hands requests over in process, there is no Host. */
export interface AllowedHosts {
  origins: string[]
  hosts: string[] | null
}

/** The names under which the browser shell answers: its own address, and the public one where a proxy stands before it. */
export function allowOwnAddresses(allowedHosts: Required<AllowedHosts>, port: number, publicUrl: string | null): void {
  const own = ['127.0.0.1', 'localhost', '[::1]'].map((host) => new URL(`http://${host}:${port}`))
  for (const url of [...own, ...(publicUrl ? [new URL(publicUrl)] : [])]) {
    allowedHosts.origins.push(url.origin)
    allowedHosts.hosts?.push(hostWithPort(url))
  }
}

/** Puts the security headers on every answer, also on refusals. */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) c.res.headers.set(name, value)
}

/** A request under another Host name comes from a page that rebinds names: refused. */
export const knownHost =
  ({ hosts }: AllowedHosts): MiddlewareHandler =>
  async (c, next) => {
    const host = c.req.header('host') ?? new URL(c.req.url).host
    if (hosts !== null && !isKnownHost(host, hosts)) return problem(c, 'request.host')
    return next()
  }

/**
 * A request that changes something must come from the service's own pages, or from a program that is no browser (it
 * sends neither Origin nor Sec-Fetch-Site). Every browser sends Origin on such requests.
 */
export const ownOrigin =
  ({ origins }: AllowedHosts): MiddlewareHandler =>
  async (c, next) => {
    if (SAFE.has(c.req.method)) return next()
    const origin = c.req.header('origin')
    const site = c.req.header('sec-fetch-site')
    if (origin !== undefined ? !isKnownOrigin(origin, origins) : site !== undefined && site !== 'same-origin')
      return problem(c, 'request.origin')
    return next()
  }

/** A body must be JSON in UTF-8 (RFC 8259): a form of a foreign page cannot send that without asking first. */
export const jsonOnly: MiddlewareHandler = async (c, next) => {
  const length = c.req.header('content-length')
  const hasBody =
    !SAFE.has(c.req.method) &&
    ((length !== undefined && length !== '0') || c.req.header('transfer-encoding') !== undefined)
  const type = c.req.header('content-type') ?? ''
  if (hasBody && !/^application\/json\s*(;|$)/i.test(type)) return problem(c, 'request.media-type')
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(type)?.[1]
  if (charset !== undefined && !/^(?:utf-?8|us-ascii)$/i.test(charset)) return problem(c, 'request.charset')
  return next()
}

/** Whether what stands percent-encoded in an address is UTF-8. */
function isReadable(encoded: string): boolean {
  try {
    return !decodeURIComponent(encoded).includes('\uFFFD')
  } catch {
    return false
  }
}

/** Path and query are UTF-8 as well; nothing is looked up by a text that lost letters on the way. */
export const readableAddress: MiddlewareHandler = async (c, next) => {
  const { pathname, search } = new URL(c.req.url)
  return isReadable(pathname) && isReadable(search) ? next() : problem(c, 'request.encoding')
}

/**
 * A body is UTF-8, and no text in it has lost a letter before it came here. Without this every byte that is none would become a
 * sign of its own, and be stored and mailed.
 */
export const readableBody: MiddlewareHandler = async (c, next) => {
  if (SAFE.has(c.req.method)) return next()
  const read = readText(new Uint8Array(await c.req.arrayBuffer()))
  if (!read.ok) return problem(c, 'request.encoding', read.looksLike === 'unknown' ? {} : { looksLike: read.looksLike })
  if (!/\uFFFD|\\u(?:d[89a-f]|fffd)/i.test(read.text)) return next()
  let body: unknown
  try {
    body = JSON.parse(read.text)
  } catch {
    return problem(c, 'request.malformed')
  }
  const errors = damagedTexts(body)
  return errors.length > 0 ? problem(c, 'request.invalid', { errors }) : next()
}

/** Bodies over 64 KiB: 413, whether or not their length was announced. */
export const smallBody: MiddlewareHandler = bodyLimit({
  maxSize: BODY_LIMIT,
  onError: (c) => problem(c, 'request.too-large'),
})

/** Answers of the API are never kept by a cache. */
export const noStore: MiddlewareHandler = async (c, next) => {
  await next()
  c.res.headers.set('Cache-Control', 'no-store')
}
