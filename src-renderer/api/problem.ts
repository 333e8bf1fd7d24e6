import { type FieldProblem, type Problem, type ProblemCode, problemSchema } from '#contract/http/problem'

/**
 * What a call can end with: every refusal of the service, that it could not be reached at all, and that the browser has not kept the
 * cookie of a login that the service granted.
 */
export type ApiProblemCode = ProblemCode | 'service.unreachable' | 'session.not-kept'

/** A refused or failed call. `code` is stable and has a text (`problem.<code>`); `status` is 0 when nothing answered. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly code: ApiProblemCode
  readonly status: number
  readonly errors: FieldProblem[]
  readonly triesLeft: number | undefined
  readonly until: string | undefined
  readonly retryAt: string | undefined
  readonly incident: string | undefined

  constructor(code: ApiProblemCode, status: number, details: Partial<Problem> = {}, cause?: unknown) {
    super(code, { cause })
    this.code = code
    this.status = status
    this.errors = details.errors ?? []
    this.triesLeft = details.triesLeft
    this.until = details.until
    this.retryAt = details.retryAt
    this.incident = details.incident
  }
}

/** The problem that an answer tells; an answer of another shape (a proxy's page, say) is `service.failed`. */
export function problemOf(status: number, body: unknown): ApiProblem {
  const told = problemSchema.safeParse(body)
  if (told.success) return new ApiProblem(told.data.code, status, told.data)
  return new ApiProblem(status === 502 || status === 503 || status === 504 ? 'service.busy' : 'service.failed', status)
}

/**
 * Answers what a granted login said, once the session can be found again: a browser that blocks cookies, or that was asked under the
 * wrong address, has it not, and would come back to the login without a word. `session.not-kept` where it is so.
 */
export async function keptLogin<Session>(granted: Session, readAgain: () => Promise<unknown>): Promise<Session> {
  await readAgain().catch((problem: unknown) => {
    if (problem instanceof ApiProblem && isSignedOut(problem)) throw new ApiProblem('session.not-kept', 0)
  })
  return granted
}

/** The session is over: the way to its login is already being taken, and nothing else need be said. */
export function isSignedOut({ code }: ApiProblem): boolean {
  return code === 'session.none' || code === 'staff.none'
}
