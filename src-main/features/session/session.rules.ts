import { Temporal } from 'temporal-polyfill'
import { normalizeUserId } from '#domain/user-id'
import { boundedEnd, isFromFuture } from '../../platform/clock-bounds.rules'

/** M2.6: without a screen move for 3 hours the system logs out. */
const IDLE = Temporal.Duration.from({ hours: 3 })

/** The instant at which a session ends without a further screen move. */
export const sessionDeadline = (lastMoveAt: Temporal.Instant): Temporal.Instant => lastMoveAt.add(IDLE)

/** Whether a session still holds; it ends when the deadline is reached. One whose last move has not come yet has ended. */
export const isSessionOpen = (lastMoveAt: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(now, sessionDeadline(lastMoveAt)) < 0 && !isFromFuture(lastMoveAt, now)

/** Ours: one browser does not try ID after ID. */
export const LOGINS_OF_A_DEVICE = { name: 'logins', count: 100, window: Temporal.Duration.from({ hours: 1 }) }

/** M2.2: 5 wrong passwords in a row lock the ID for 24 hours. */
export const TRIES = 5
export const LOCK = Temporal.Duration.from({ hours: 24 })

/** Under which name wrong passwords are counted. Staff and applicants are counted apart: neither can be locked by typing the name of the other. */
export interface LoginName {
  who: 'applicant' | 'staff'
  name: string
}

/**
 * The name under which an applicant is counted: the ID as it is written where there is such an account, so that two old IDs that
 * differ in a hyphen only have two locks; else what was typed, in the form in which IDs are looked up.
 */
export const applicantName = (account: { user_id: string } | null, typed = ''): LoginName => ({
  who: 'applicant',
  name: account?.user_id ?? normalizeUserId(typed),
})

/** Wrong passwords in a row for one name. */
export interface LoginAttempts {
  wrongInARow: number
  lockedUntil: Temporal.Instant | null
}

export const NO_LOGIN_ATTEMPTS: LoginAttempts = { wrongInARow: 0, lockedUntil: null }

export type LoginOutcome =
  | { kind: 'in'; tries: LoginAttempts }
  | { kind: 'wrong'; tries: LoginAttempts; triesLeft: number }
  | { kind: 'locked'; tries: LoginAttempts; until: Temporal.Instant }

/** Whether the ID is locked at `now`; the lock ends when its instant is reached. */
export function isLocked(
  tries: LoginAttempts,
  now: Temporal.Instant,
): tries is LoginAttempts & { lockedUntil: Temporal.Instant } {
  return tries.lockedUntil !== null && Temporal.Instant.compare(now, tries.lockedUntil) < 0
}

/**
 * One try to log in. During the lock nothing counts, not even the right password; the fifth wrong one in a row locks; a right
 * one clears the count. Ours: an ID that does not exist goes through the same rule, and no lock reaches further than 24 hours from now.
 */
export function tryLogin(tries: LoginAttempts, isRight: boolean, now: Temporal.Instant): LoginOutcome {
  if (isLocked(tries, now)) {
    const until = boundedEnd(tries.lockedUntil, LOCK, now)
    return { kind: 'locked', tries: { ...tries, lockedUntil: until }, until }
  }
  if (isRight) return { kind: 'in', tries: NO_LOGIN_ATTEMPTS }
  const wrongInARow = (tries.lockedUntil === null ? tries.wrongInARow : 0) + 1
  if (wrongInARow < TRIES)
    return { kind: 'wrong', tries: { wrongInARow, lockedUntil: null }, triesLeft: TRIES - wrongInARow }
  const until = now.add(LOCK)
  return { kind: 'locked', tries: { wrongInARow, lockedUntil: until }, until }
}

/** DESIGN §6: after a login, changes of password and address need no further password for 10 minutes. */
const RECENT = Temporal.Duration.from({ minutes: 10 })

/** Until when a login counts as recent. */
export const recentUntil = (authenticatedAt: Temporal.Instant): Temporal.Instant => authenticatedAt.add(RECENT)

/** Whether the password was typed less than 10 minutes ago. */
export const isRecent = (authenticatedAt: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(now, recentUntil(authenticatedAt)) < 0 && !isFromFuture(authenticatedAt, now)

/** Ours: the owner says that a sign-in was not his: locked as after five wrong passwords, until a reset. */
export const lockedAt = (now: Temporal.Instant): LoginAttempts => ({ wrongInARow: TRIES, lockedUntil: now.add(LOCK) })

/**
 * From what the key of somebody's drafts is derived: it is another one after each change of credentials, so that whoever had the
 * old one (a stolen session may ask for it) reads nothing that is typed afterwards.
 */
export const draftKeyName = ({ id, draft_epoch: epoch }: { id: string; draft_epoch: string }): string =>
  epoch === '' ? `draft:${id}` : `draft:${id}:${epoch}`
