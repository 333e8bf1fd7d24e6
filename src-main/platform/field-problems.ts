import type { FieldProblem } from '#contract/http/problem'

/** What a schema found, as fields with codes: a message that is a code is the code, anything else is `field.invalid`. */
export function fieldProblems(issues: readonly Issue[]): FieldProblem[] {
  return issues.map((issue) => ({
    field: (issue.path ?? []).map((part) => (typeof part === 'object' ? String(part.key) : String(part))).join('.'),
    code: /^[a-z][a-z-]*\.[a-z-]+$/.test(issue.message) ? issue.message : 'field.invalid',
    ...(issue.params && { params: issue.params }),
  }))
}

/** An issue of a schema, as the standard-schema interface hands it over; `params` are zod's. */
export interface Issue {
  message: string
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined
  params?: FieldProblem['params']
}
