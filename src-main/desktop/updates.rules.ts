import { Temporal } from 'temporal-polyfill'
import { accept, refuse, type Result } from '../platform/result'

/** Ours: a new version is looked for when the program starts and every day from then on; after a failure once an hour. */
const DAILY = Temporal.Duration.from({ hours: 24 })
const AFTER_FAILURE = Temporal.Duration.from({ hours: 1 })

/** Ours: nobody is before the screen who has touched nothing for so long; longer than the countdown of a kiosk. */
const QUIET = Temporal.Duration.from({ minutes: 15 })

/** Ours: the screen on which nothing can be half done. */
const RESTING_SCREEN = '/'

export interface Installation {
  /** The setting `updateUrl`. */
  feed: string | null
  packaged: boolean
  platform: string
  /** `app-update.yml`, which packaging writes beside a signed program; null where it is not there. */
  packedWith: string | null
}

export type NoUpdates = 'update.no-feed' | 'update.from-sources' | 'update.platform' | 'update.unsigned'

/**
 * From where new versions come. Only a signed program takes any: Squirrel compares the signatures on macOS; on Windows it is the
 * signer's name that packaging wrote down, and without one nothing would be compared. On Linux there is no signature.
 */
export function updateFeed({ feed, packaged, platform, packedWith }: Installation): Result<string, NoUpdates> {
  if (feed === null) return refuse('update.no-feed')
  if (!packaged) return refuse('update.from-sources')
  if (platform !== 'win32' && platform !== 'darwin') return refuse('update.platform')
  const signed = packedWith !== null && (platform === 'darwin' || /^publisherName:\s*\S/m.test(packedWith))
  return signed ? accept(feed) : refuse('update.unsigned')
}

export interface LastCheck {
  at: Temporal.Instant
  failed: boolean
}

/** Whether to look for a new version. A clock that was set back does not stop it for long: then it is due, too. */
export function isCheckDue(last: LastCheck | null, now: Temporal.Instant): boolean {
  if (last === null) return true
  const next = last.at.add(last.failed ? AFTER_FAILURE : DAILY)
  return Temporal.Instant.compare(now, next) >= 0 || Temporal.Instant.compare(now, last.at) < 0
}

export interface Situation {
  /** The path of the screen that is shown; null when there is no window. */
  screen: string | null
  /** When a key, the mouse or the screen was touched last, or the program was started. */
  lastInput: Temporal.Instant
}

/**
 * Whether the program may end now, to begin again as a new version, as far as the window can tell: nobody is before it and
 * nothing is being typed. Whether somebody is signed in, the service is asked after this. When the reader ends the program,
 * the new version is installed in any case.
 */
export function isAtRest({ screen, lastInput }: Situation, now: Temporal.Instant): boolean {
  return (screen === null || screen === RESTING_SCREEN) && Temporal.Instant.compare(now, lastInput.add(QUIET)) >= 0
}
