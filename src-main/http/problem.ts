import type { Context } from 'hono'
import { PROBLEM_STATUS, type Problem, type ProblemCode } from '#contract/http/problem'
import type { Refused } from '../platform/outcome'

type Extra = Partial<Omit<Problem, 'type' | 'title' | 'status' | 'code'>>

/** The body of a refusal; `title` is for people who read the API, the renderer translates `code`. */
export function problemBody(code: ProblemCode, extra: Extra = {}): Problem {
  return {
    type: `urn:zairyu:problem:${code}`,
    title: code.replace(/[.-]/g, ' '),
    status: PROBLEM_STATUS[code],
    code,
    ...extra,
  }
}

/** The only way to refuse a request (RFC 9457). */
export function problem<C extends ProblemCode>(c: Context, code: C, extra: Extra = {}) {
  c.header('Content-Type', 'application/problem+json')
  c.header('Cache-Control', 'no-store')
  if (extra.retryAt !== undefined) c.header('Retry-After', extra.retryAt)
  return c.body(JSON.stringify(problemBody(code, extra)), PROBLEM_STATUS[code])
}

/** Answers the refusal of an action. */
export const answerRefusal = (c: Context, { ok: _, problem: code, ...details }: Refused) => problem(c, code, details)
