import * as z from 'zod/mini'
import { CRASH_PLACES, errorTraits, INCIDENT } from '#contract/http/crash-report'

const count = z.int().check(z.minimum(0), z.maximum(1_000_000_000))
const word = z.string().check(z.regex(/^[a-z]{1,20}(?:[.-][a-z]{1,20}){0,4}$/))

/** Every fact that the log may tell beside its sentence. Shapes are narrow: no name, address, number of a person or token fits. */
const FACTS = {
  incident: z.string().check(z.regex(INCIDENT)),
  place: z.enum(CRASH_PLACES),
  screen: word,
  method: z.enum(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']),
  /** The pattern of a route, like `/api/v1/registrations/:token`; a path with a value in it does not fit. */
  route: z.string().check(z.regex(/^(?:\/(?:[a-z][a-z0-9-]{0,30}|:[a-z][A-Za-z]{0,20}|\*|openapi\.json))+$/)),
  status: count,
  /** A row of the outbox, as `newMailId` names it: when it was made, and chance. */
  mail: z.string().check(z.regex(/^[0-9a-z]{12,14}[0-9a-f]{12}$/)),
  kind: word,
  attempts: count,
  /** What a mail server answered, in codes: `550 5.1.1 after RCPT TO`, `535 after AUTH CRAM-MD5`, `ECONNREFUSED`. */
  reason: z
    .string()
    .check(
      z.regex(
        /^(?:\d{3}(?: \d\.\d{1,3}\.\d{1,3})?(?: after [A-Z][A-Z0-9 -]{1,20})?|[A-Z][A-Z0-9_]{2,40}|[a-z][a-z ,]{2,60})$/,
      ),
    ),
  /** The class of that answer. */
  failure: word,
  permanent: z.boolean(),
  accepted: z.boolean(),
  version: z.string().check(z.regex(/^\d+\.\d+\.\d+(?:-[a-z0-9.]{1,20})?$/)),
  migration: z.string().check(z.regex(/^\d{4}-[a-z-]{1,40}$/)),
  training: z.boolean(),
  /** Why a kiosk was wiped. */
  why: word,
  tries: count,
} as const

/** The facts that are known and have their shape, and the error, which its serializer cuts down. */
export function pickAllowedFields(facts: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts).filter(([name, value]) =>
      name === 'err' ? true : name in FACTS && FACTS[name as keyof typeof FACTS].safeParse(value).success,
    ),
  )
}

const LEVELS: Record<number, string> = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' }

/** A line of the log as it may leave the machine. Lines of older versions, or that another hand wrote, lose what is not known. */
export function knownLine(line: string): Record<string, unknown> | null {
  let read: unknown
  try {
    read = JSON.parse(line)
  } catch {
    return null
  }
  if (typeof read !== 'object' || read === null) return null
  const { level, time, msg, err, ...facts } = read as Record<string, unknown>
  const error = errorTraits.safeParse(err)
  return {
    time: z.iso.datetime().safeParse(time).success ? time : null,
    level: LEVELS[Number(level)] ?? null,
    // Sentences are written in lower case; names and numbers are not.
    msg: typeof msg === 'string' && /^[a-z][a-z ,:’'-]{0,100}$/.test(msg) ? msg : null,
    ...pickAllowedFields(facts),
    ...(error.success && { err: error.data }),
  }
}
