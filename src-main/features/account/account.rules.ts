import { Temporal } from 'temporal-polyfill'
import { normalizeUserId } from '#contract/user-id'
import { accept, refuse, type Result } from '../../platform/result'

export type LinkKind = 'registration' | 'receipt'

/** M3-5: the registration screen can be reached for 24 hours after the mail was asked for. Receipt links (M5) do not end. */
const LINK_LIFETIME: Record<LinkKind, Temporal.Duration | null> = {
  registration: Temporal.Duration.from({ hours: 24 }),
  receipt: null,
}

/** The instant at which a link ends, or null when it does not. A span counts from the request. */
export function linkEnd(kind: LinkKind, issuedAt: Temporal.Instant): Temporal.Instant | null {
  const lifetime = LINK_LIFETIME[kind]
  return lifetime && issuedAt.add(lifetime)
}

export type LinkProblem = 'link.used' | 'link.expired'

/** A used link stays "used" after it has expired: the reader is told to sign in, not to start again. */
export function openLink(
  link: { kind: LinkKind; issuedAt: Temporal.Instant; usedAt: Temporal.Instant | null },
  now: Temporal.Instant,
): Result<null, LinkProblem> {
  if (link.usedAt) return refuse('link.used')
  const end = linkEnd(link.kind, link.issuedAt)
  if (end && Temporal.Instant.compare(now, end) >= 0) return refuse('link.expired')
  return accept(null)
}

/** Ours: a password must not contain the user ID, in whatever case. */
export function containsUserId(password: string, userId: string): boolean {
  return password.toUpperCase().includes(normalizeUserId(userId))
}

/** A date of birth lies before today (Tokyo). `birthDate` is an ISO date. */
export function isBornBefore(birthDate: string, today: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(Temporal.PlainDate.from(birthDate), today) < 0
}
