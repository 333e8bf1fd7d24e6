import type { Context } from 'hono'
import type { CookieOptions } from 'hono/utils/cookie'
import { needsSecureCookie } from './secure-cookies.rules'

const WAY_OF_PROXIES = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto']

/** How every cookie of the service is set and taken back: out of reach of scripts and of other sites, `Secure` by the request's own way. */
export function cookieOptions({ publicUrl }: { publicUrl: string | null }, c: Context) {
  return {
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
    secure: needsSecureCookie(publicUrl, {
      host: c.req.header('host') ?? new URL(c.req.url).host,
      origin: c.req.header('origin') ?? null,
      isForwarded: WAY_OF_PROXIES.some((name) => c.req.header(name) !== undefined),
    }),
  } as const satisfies CookieOptions
}
