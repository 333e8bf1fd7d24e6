import type { FieldProblem, ProblemCode } from '#contract/problem'

/** What a transaction came to: a value, or a refusal with its fields, for the route to answer. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; problem: ProblemCode; errors?: FieldProblem[] }

/** The refusal of a transaction. */
export const refused = (code: ProblemCode, errors?: FieldProblem[]) =>
  ({ ok: false, problem: code, ...(errors && { errors }) }) as const
