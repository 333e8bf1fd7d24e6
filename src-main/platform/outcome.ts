import type { FieldProblem, Problem, ProblemCode } from '#contract/http/problem'

/** What belongs to a refusal besides its code. */
export type RefusalDetails = Pick<Problem, 'errors' | 'triesLeft' | 'until' | 'retryAt'>

export interface Refused extends RefusalDetails {
  ok: false
  problem: ProblemCode
}

/** What a transaction came to: a value, or a refusal with what belongs to it, for the route to answer. */
export type Outcome<T> = { ok: true; value: T } | Refused

/** The refusal of a transaction. */
export const refused = (code: ProblemCode, errors?: FieldProblem[]): Refused => ({
  ok: false,
  problem: code,
  ...(errors && { errors }),
})

/** A refusal with an instant or a count. */
export const refusedWith = (code: ProblemCode, details: RefusalDetails): Refused => ({
  ok: false,
  problem: code,
  ...details,
})
