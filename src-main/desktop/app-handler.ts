import type { ProblemCode } from '#contract/http/problem'
import { problemBody } from '../http/problem'
import { SECURITY_HEADERS } from '../http/guards/security-headers'
import { APP_HOST, APP_ORIGIN } from './sender.rules'
import { sessionCookies, type SessionCookies } from './session-cookies'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

export interface AppSources {
  /** Answers what lies under `/api`: the service in this process, or another one far away. */
  api: (request: Request) => Promise<Response>
  /** Answers everything else: the built renderer. */
  files: (request: Request) => Promise<Response>
  /** Hears every answer of the service before the page does, and leaves its body unread. */
  heard?: (request: Request, answer: Response) => Promise<void>
  /** Where the session is held; of its own when not given. */
  session?: Pick<SessionCookies, 'header' | 'number' | 'take'>
  /** Until then the service is not asked: the session of the last time may be on its way. */
  restored?: Promise<void>
}

/** A refusal in the service's own words, for what the shell refuses before the service sees it. */
export function refusal(code: ProblemCode): Response {
  const body = problemBody(code)
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' },
  })
}

/**
 * Answers the requests to `app://main`: `/api/…` by the service, with the session attached here and taken off every answer,
 * so that no page ever sees a token; everything else by the renderer's files. Other hosts do not exist. Every
 * answer carries the security headers. A failure of the service becomes `service.busy`, never a broken connection.
 */
export function appHandler({
  api,
  files,
  heard,
  session = sessionCookies(),
  restored,
}: AppSources): (request: Request) => Promise<Response> {
  async function askService(request: Request): Promise<Response> {
    await restored
    const origin = request.headers.get('origin')
    if (!SAFE_METHODS.has(request.method) && origin !== null && origin !== APP_ORIGIN) return refusal('request.origin')
    const headers = new Headers(request.headers)
    headers.delete('cookie')
    headers.set('origin', APP_ORIGIN)
    const cookie = session.header()
    const asked = session.number()
    if (cookie !== null) headers.set('cookie', cookie)
    const answer = await api(new Request(request, { headers })).catch(() => refusal('service.busy'))
    session.take(answer.headers, asked)
    await heard?.(request, answer)
    return answer
  }

  return async (request) => {
    const { host, pathname } = new URL(request.url)
    if (host !== APP_HOST) return ours(new Response('Not found', { status: 404 }))
    return ours(await (pathname.startsWith('/api/') ? askService(request) : files(request)))
  }
}

function ours(answer: Response): Response {
  const headers = new Headers(answer.headers)
  headers.delete('set-cookie')
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) headers.set(name, value)
  return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers })
}
