import { z } from 'zod'

/**
 * Everything that the service can refuse, with its HTTP status. The code is stable: the renderer translates it
 * (`problem.<code>`), other programs may rely on it.
 */
export const PROBLEM_STATUS = {
  'request.invalid': 422,
  'request.malformed': 400,
  'request.media-type': 415,
  'request.too-large': 413,
  'request.host': 403,
  'request.origin': 403,
  'request.too-many': 429,
  'route.unknown': 404,
  'link.unknown': 404,
  'link.used': 410,
  'link.expired': 410,
  'code.wrong': 422,
  'session.none': 401,
  'session.wrong': 401,
  'session.locked': 423,
  'session.other-system': 403,
  'session.not-recent': 403,
  'staff.none': 401,
  'staff.wrong': 401,
  'staff.role': 403,
  'staff.self': 409,
  'staff.last-admin': 409,
  'staff.unknown': 404,
  'settings.training': 409,
  'settings.variable': 409,
  'token.none': 401,
  'certificate.unknown': 404,
  'certificate.cancelled': 409,
  'applicant.unknown': 404,
  'application.unknown': 404,
  'application.state': 409,
  'announcement.unknown': 404,
  'deletion.undelivered': 409,
  'mail.unknown': 404,
  'mail.sent': 409,
  'mail.no-server': 409,
  'service.busy': 503,
  'service.failed': 500,
} as const
export type ProblemCode = keyof typeof PROBLEM_STATUS

/** One field of the request that does not fit: `field` is its name in the request, `code` says why, `params` what was found. */
export const fieldProblemSchema = z.object({
  field: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
export type FieldProblem = z.infer<typeof fieldProblemSchema>

/** `application/problem+json` (RFC 9457). Instants are ISO 8601 with zone. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(Object.keys(PROBLEM_STATUS) as [ProblemCode, ...ProblemCode[]]),
  /** `request.invalid`: the fields that do not fit. */
  errors: z.array(fieldProblemSchema).optional(),
  /** `session.wrong`, `code.wrong`: how many tries are left before the lock. */
  triesLeft: z.number().int().optional(),
  /** `session.locked`: the instant from which a login is possible again. */
  until: z.string().optional(),
  /** `request.too-many`: the instant from which the request is answered again. */
  retryAt: z.string().optional(),
  /** `service.failed`: the number under which the log has the details. */
  incident: z.string().optional(),
})
export type Problem = z.infer<typeof problemSchema>
