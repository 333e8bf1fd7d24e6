import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Temporal } from 'temporal-polyfill'
import type { Db } from '../database/open'
import { accept, type Result } from '../platform/result'
import { deviceWords } from '../platform/device'
import { newToken } from '../platform/ids'
import { cookieOptions } from './cookies'
import type { ServiceDeps } from './deps'
import { passLimit } from './limit.repo'
import type { Limit, LimitState } from './limit.rules'

const DEVICE_COOKIE = 'zairyu_device'
const YEAR_SECONDS = 365 * 24 * 3600

/** Gives a browser a name of its own (random, says nothing about its user) when it first sends something, for limits by device. */
export const knownDevice =
  (deps: Pick<ServiceDeps, 'publicUrl'>): MiddlewareHandler =>
  async (c, next) => {
    await next()
    if (c.req.method === 'POST' && getCookie(c, DEVICE_COOKIE) === undefined)
      setCookie(c, DEVICE_COOKIE, newToken(), { ...cookieOptions(deps, c), maxAge: YEAR_SECONDS })
  }

/**
 * Counts a request against the limit of its device. A client without cookies has no device and passes: all such clients of a
 * machine must not be one (DESIGN §10).
 */
export async function passDeviceLimit(
  trx: Db,
  c: Context,
  { name, ...limit }: Limit & { name: string },
  now: Temporal.Instant,
): Promise<Result<LimitState | null, { retryAt: Temporal.Instant }>> {
  const device = getCookie(c, DEVICE_COOKIE)
  return device === undefined ? accept(null) : passLimit(trx, `${name}:device:${device}`, limit, now)
}

/** Browser and system of a request in plain words. */
export const deviceOf = (c: Context): string | null => deviceWords(c.req.header('user-agent'))
