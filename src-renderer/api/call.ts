import type * as z from 'zod/mini'
import { ApiProblem, problemOf } from './problem'

/** After this long without an answer the service counts as unreachable. */
const PATIENCE_MS = 30_000

/** A part of a path. */
export const part = encodeURIComponent

/** Which page of a list; the service has its defaults. */
export interface PageQuery {
  page?: number
  size?: number
}

/** What the page wants to know about all calls: whether the service answered, and that a session is over. */
export interface CallWatcher {
  reached(reachable: boolean): void
  sessionEnded(): void
  /** The session of staff is over (DESIGN §9); it has nothing to do with that of an applicant. */
  staffSessionEnded?(): void
}

const watchers = new Set<CallWatcher>()

/** Tells a watcher about every call from now on; returns its undo. */
export function watchCalls(watcher: CallWatcher): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

export interface CallOptions<Reply extends z.ZodMiniType> {
  query?: Record<string, string | number | undefined>
  body?: unknown
  /** How the answer is read; none where there is no body (204). */
  reply?: Reply
  /** A missing session is an ordinary answer here, not its end. */
  quiet?: boolean
  /** Writes only over what is there still. */
  mustBeThere?: boolean
}

/** Gives up in time; a browser that cannot tell a call to stop waits for as long as it likes. */
const patience = (): AbortSignal | null => ('timeout' in AbortSignal ? AbortSignal.timeout(PATIENCE_MS) : null)

async function ask(method: string, url: string, body: unknown, mustBeThere = false): Promise<Response> {
  try {
    const response = await fetch(url, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: patience(),
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(mustBeThere && { 'if-match': '*' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    })
    // Behind a gateway, and behind the desktop shell with a service elsewhere, somebody answers for a service that is away.
    for (const watcher of watchers) watcher.reached(![502, 503, 504].includes(response.status))
    return response
  } catch (cause) {
    for (const watcher of watchers) watcher.reached(false)
    throw new ApiProblem('service.unreachable', 0, {}, cause)
  }
}

function readJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The problem that an answer tells; whoever watches learns that a session is over. */
function refused(status: number, body: unknown, quiet: boolean): ApiProblem {
  const problem = problemOf(status, body)
  if (problem.code === 'session.none' && !quiet) for (const watcher of watchers) watcher.sessionEnded()
  if (problem.code === 'staff.none' && !quiet) for (const watcher of watchers) watcher.staffSessionEnded?.()
  return problem
}

/**
 * One call of the service under /api/v1. Answers the reply as its contract says; everything else is thrown as
 * `ApiProblem`, so that screens have one kind of error to show.
 */
export async function call<Reply extends z.ZodMiniType = z.ZodMiniUndefined>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  options: CallOptions<Reply> = {},
): Promise<z.output<Reply>> {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(options.query ?? {}))
    if (value !== undefined) query.set(name, String(value))
  const response = await ask(
    method,
    `/api/v1${path}${query.size > 0 ? `?${query}` : ''}`,
    options.body,
    options.mustBeThere,
  )

  const text = await response.text().catch((cause: unknown) => {
    throw new ApiProblem('service.unreachable', 0, {}, cause)
  })
  const body = readJson(text)
  if (!response.ok) throw refused(response.status, body, options.quiet ?? false)
  if (!options.reply) return undefined as z.output<Reply>
  const read = options.reply.safeParse(body)
  if (!read.success) throw new ApiProblem('service.failed', response.status, {}, read.error)
  return read.data
}

/** A call that is answered with a file, which is not read here. */
export async function callForFile(
  method: 'POST',
  path: string,
  body: unknown,
  { quiet = false }: { quiet?: boolean } = {},
): Promise<Blob> {
  const response = await ask(method, `/api/v1${path}`, body)
  if (!response.ok) throw refused(response.status, readJson(await response.text()), quiet)
  return response.blob()
}
