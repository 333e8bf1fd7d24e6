import { Temporal } from 'temporal-polyfill'
import { normalizeUserId } from '#contract/user-id'
import { accept, refuse, type Result } from '../../platform/result'

/** What a mailed link is for. */
export type LinkKind = 'registration' | 'receipt' | 'password-reset' | 'email-change' | 'email-undo'

const hours = (count: number) => Temporal.Duration.from({ hours: count })

/**
 * M3-5: the registration screen can be reached for 24 hours after the mail was asked for. Ours: 1 hour to reset a password, 24
 * hours to change the address, 7 days to undo that. Links of certificates (M5) do not end.
 */
const LINK_LIFETIME: Record<LinkKind, Temporal.Duration | null> = {
  registration: hours(24),
  receipt: null,
  'password-reset': hours(1),
  'email-change': hours(24),
  'email-undo': hours(7 * 24),
}

/** Ours: at the fifth wrong code for its address a code is void; the link goes on working. */
export const CODE_TRIES = 5

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

/** Ours: 7 days to change one's mind about a deletion. */
export const deletionDue = (askedAt: Temporal.Instant): Temporal.Instant => askedAt.add(hours(7 * 24))

/** What a name in a notice shows of an address: `n***@example.jp`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  return `${[...email][0] ?? ''}***${email.slice(at)}`
}

/** M2: IDs and passwords set on or before 31 December 2025 go on working. `setOn` is an ISO date. */
export const isOldEnough = (setOn: string): boolean => setOn < '2026-01-01'
