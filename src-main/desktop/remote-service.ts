import { refusal } from './app-handler'

/** Ours: a service that has not begun to answer after this time counts as unreachable; the screen offers to try again. */
const PATIENCE_MS = 30_000

/** What describes the page or the way of the first request, and is not true of the second. */
const NOT_FORWARDED = [
  'accept-encoding',
  'connection',
  'content-length',
  'host',
  'referer',
  'sec-fetch-dest',
  'sec-fetch-mode',
  'sec-fetch-site',
]

/** What describes the body as it travelled; it arrives here unpacked. */
const NOT_HANDED_ON = ['connection', 'content-encoding', 'content-length', 'keep-alive', 'transfer-encoding']

export type Fetch = (address: string, init: RequestInit) => Promise<Response>

/**
 * Hands requests of the page to the service at `origin` (https) and its answers back. Not reachable, a certificate that is
 * not right, a redirection, or no answer within half a minute: 503 `service.busy`. `fetch` is Electron's over a session
 * of its own in memory, which keeps the same cookies as we do, whichever of the two Chromium heeds.
 */
export function remoteService(origin: string, fetch: Fetch): (request: Request) => Promise<Response> {
  return async (request) => {
    const { pathname, search } = new URL(request.url)
    const headers = new Headers(request.headers)
    for (const name of NOT_FORWARDED) headers.delete(name)
    headers.set('origin', origin)
    const hasBody = request.body !== null
    try {
      const answer = await fetch(`${origin}${pathname}${search}`, {
        method: request.method,
        headers,
        ...(hasBody && { body: await request.arrayBuffer() }),
        cache: 'no-store',
        credentials: 'include',
        redirect: 'error',
        signal: AbortSignal.any([request.signal, AbortSignal.timeout(PATIENCE_MS)]),
      })
      const handedOn = new Headers(answer.headers)
      for (const name of NOT_HANDED_ON) handedOn.delete(name)
      return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers: handedOn })
    } catch {
      return refusal('service.busy')
    }
  }
}
