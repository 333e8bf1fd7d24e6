import { Temporal } from 'temporal-polyfill'
import type { LinkKind } from '#domain/mail-link'
import { normalizeUserId } from '#domain/user-id'
import { accept, refuse, type Result } from '../../platform/result'

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

const QUARTER = Temporal.Duration.from({ minutes: 15 })

/**
 * Ours: five wrong codes in 15 minutes for one address, whether or not anything was mailed to it, by all browsers together; then no
 * code is looked at until the 15 minutes are over, and the right one works again while its link does (the shortest: an hour). A
 * code has 8 signs of 31: 31^8 = 8.5 × 10^11. Somebody who guesses all year for an address to which n codes are open finds one with
 * 20 × 24 × 365 × n / 31^8 = n × 2 × 10^-7; as many as can be open at once (20 mails an hour of a kind, open for up to 24 hours: 480)
 * make 10^-4 a year, at the price of 480 mails a day that are noticed.
 */
export const CODES_OF_AN_ADDRESS = { count: 5, window: QUARTER }

/**
 * Ours: so that a stranger's wrong codes do not even slow down the person who asked for a mail, the browser that asked has tries of its
 * own, on its own mails only. A stranger who has mails sent to the address from 480 browsers a day tries each of them on one code:
 * 480 × 20 × 24 × 365 / 31^8 = 10^-4 a year again.
 */
export const CODES_OF_A_DEVICE = { count: 5, window: QUARTER }

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

/** A link that puts an earlier address back, as the rule wants it. */
export interface UndoLink {
  id: string
  address: string
  issuedAt: Temporal.Instant
  usedAt: Temporal.Instant | null
}

const isEarlier = (one: UndoLink, other: UndoLink): boolean =>
  Temporal.Instant.compare(one.issuedAt, other.issuedAt) < 0 ||
  (one.issuedAt.equals(other.issuedAt) && one.id < other.id)

/**
 * Which link of undoing goes on counting when the credentials of an account change: the newest one to the oldest address. Whoever
 * was there first gets the account back for 7 days, however often somebody changes the address or the password afterwards; nobody
 * who came later takes it from them again. With `undone`, the link by which an address has just been put back, only an address
 * from before that one is left.
 * @returns its id, null where none goes on counting
 */
export function keptUndo(links: readonly UndoLink[], now: Temporal.Instant, undone?: UndoLink): string | null {
  const open = links.filter(
    (link) =>
      openLink({ kind: 'email-undo', ...link }, now).ok &&
      (undone === undefined || (link.address !== undone.address && isEarlier(link, undone))),
  )
  const [first, ...others] = open
  if (!first) return null
  const oldest = others.reduce((known, link) => (isEarlier(link, known) ? link : known), first)
  const toOldest = open.filter(({ address }) => address === oldest.address)
  return toOldest.reduce((known, link) => (isEarlier(known, link) ? link : known)).id
}

/** Ours: a password must not contain the user ID, in whatever case. */
export function containsUserId(password: string, userId: string): boolean {
  return password.toUpperCase().includes(normalizeUserId(userId))
}

/** What a person can change without a new mail or password (M6.3), as it is stored. */
export interface Details {
  phone: string | null
  postal_code: string | null
  address: string | null
}

/** The details after a form: what it leaves out stays as it is, null erases. */
export const wantedDetails = (
  form: { phone: string; postalCode?: string | null | undefined; address?: string | null | undefined },
  now: Details,
): Details => ({
  phone: form.phone,
  postal_code: form.postalCode === undefined ? now.postal_code : form.postalCode,
  address: form.address === undefined ? now.address : form.address,
})

/** Which details differ, by the names of the form's fields. */
export const changedDetails = (wanted: Details, now: Details): ('phone' | 'postalCode' | 'address')[] =>
  (
    [
      ['phone', wanted.phone !== now.phone],
      ['postalCode', wanted.postal_code !== now.postal_code],
      ['address', wanted.address !== now.address],
    ] as const
  ).flatMap(([field, isChanged]) => (isChanged ? [field] : []))

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
export const isLegacyPasswordDate = (setOn: string): boolean => setOn < '2026-01-01'
