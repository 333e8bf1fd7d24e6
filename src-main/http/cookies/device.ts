import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { describeUserAgent } from '../../platform/user-agent'
import { newToken } from '../../platform/ids'
import { cookieOptions } from './cookies'
import type { ServiceDeps } from '../service-deps'

const DEVICE_COOKIE = 'zairyu_device'
const YEAR_SECONDS = 365 * 24 * 3600

/** The name that a browser gets with the answer to the request under way. */
const NEW_DEVICE = 'newDevice'

/** Gives a browser a name of its own (random, says nothing about its user) when it first sends something, for limits by device. */
export const knownDevice =
  (deps: Pick<ServiceDeps, 'publicUrl'>): MiddlewareHandler =>
  async (c, next) => {
    const isNew = c.req.method === 'POST' && getCookie(c, DEVICE_COOKIE) === undefined
    const name = newToken()
    if (isNew) c.set(NEW_DEVICE, name)
    await next()
    if (isNew) setCookie(c, DEVICE_COOKIE, name, { ...cookieOptions(deps, c), maxAge: YEAR_SECONDS })
  }

/** The browser's own name, under which its requests are counted; none at its first request, and none for a client without cookies. */
export const deviceKeyOf = (c: Context): string | undefined => getCookie(c, DEVICE_COOKIE)

/** The name under which the browser will come again: its own, or the one that it gets with this answer. */
export const nextDeviceKeyOf = (c: Context): string | null =>
  deviceKeyOf(c) ?? (c.get(NEW_DEVICE) as string | undefined) ?? null

/** Browser and system of a request in plain words. */
export const deviceOf = (c: Context): string | null => describeUserAgent(c.req.header('user-agent'))
