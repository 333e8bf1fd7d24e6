import * as z from 'zod/mini'

/**
 * Everything that the service can refuse, with its HTTP status. The code is stable: the renderer translates it
 * (`problem.<code>`), other programs may rely on it.
 */
export const PROBLEM_STATUS = {
  'request.invalid': 422,
  'request.malformed': 400,
  'request.media-type': 415,
  'request.charset': 415,
  'request.encoding': 400,
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
  /** The link alone is not enough: the password of its account, or an open session of it. */
  'password.needed': 403,
  'staff.none': 401,
  'staff.wrong': 401,
  'staff.role': 403,
  'staff.self': 409,
  'staff.last-admin': 409,
  'staff.unknown': 404,
  'staff.password-changed': 409,
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
  'mail.withdrawn': 409,
  'mail.no-server': 409,
  'service.busy': 503,
  'service.failed': 500,
} as const
export type ProblemCode = keyof typeof PROBLEM_STATUS

/** One field of the request that does not fit: `field` is its name in the request, `code` says why, `params` what was found. */
export const fieldProblemSchema = z.object({
  field: z.string(),
  code: z.string(),
  params: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
})
export type FieldProblem = z.infer<typeof fieldProblemSchema>

/** `application/problem+json` (RFC 9457). Instants are ISO 8601 with zone. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(PROBLEM_STATUS) as [ProblemCode, ...ProblemCode[]]),
  /** `request.invalid`: the fields that do not fit. */
  errors: z.optional(z.array(fieldProblemSchema)),
  /** `request.encoding`: what the bytes look like, since they are not UTF-8. */
  looksLike: z.optional(z.string()),
  /** `session.wrong`, `code.wrong`: how many tries are left before the lock. */
  triesLeft: z.optional(z.int()),
  /** `session.locked`: the instant from which a login is possible again. */
  until: z.optional(z.string()),
  /** `request.too-many`: the instant from which the request is answered again. */
  retryAt: z.optional(z.string()),
  /** `service.failed`: the number under which the log has the details. */
  incident: z.optional(z.string()),
})
export type Problem = z.infer<typeof problemSchema>
