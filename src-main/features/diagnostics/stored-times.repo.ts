import { Temporal } from 'temporal-polyfill'
import { readAppMetadata, writeAppMetadata } from '../../database/app-metadata'
import type { Db } from '../../database/open'
import { dateInTokyo, instantText } from '../../platform/clock'
import { CLOCK_TOLERANCE, lookAtClock } from '../../platform/clock-bounds.rules'
import { isStillValid, nextReminder } from '../timeline/reminder.rules'
import { LOCK } from '../session/session.rules'

/** The fact that says how late it was at the latest. */
const LATEST = 'clock-latest'

const hours = (count: number) => Temporal.Duration.from({ hours: count })

/** DESIGN §5, §3: the longest wait between two attempts of a mail; the days to change one's mind about a deletion. */
const [LONGEST_WAIT, DELETION_WAIT] = [hours(1), hours(7 * 24)]

/**
 * Brings back what was stored while the clock ran ahead: what happened "later" happened now, what waits or lasts does so for its own
 * span from now, and sessions end. What is only told (the audit log, the day of a registration) stays as it was written.
 */
async function bringBack(trx: Db, now: Temporal.Instant): Promise<void> {
  const at = instantText(now)
  const future = instantText(now.add(CLOCK_TOLERANCE))
  const end = (span: Temporal.Duration) => instantText(now.add(span))
  const tooFar = (span: Temporal.Duration) => instantText(now.add(span).add(CLOCK_TOLERANCE))
  await trx.deleteFrom('sessions').where('last_move_at', '>', future).execute()
  await trx.deleteFrom('staff_sessions').where('last_move_at', '>', future).execute()
  await trx.deleteFrom('limits').where('window_started_at', '>', future).execute()
  await trx
    .updateTable('login_tries')
    .set({ locked_until: end(LOCK) })
    .where('locked_until', '>', tooFar(LOCK))
    .execute()
  const queued = () => trx.updateTable('outbox').where('status', '=', 'queued')
  await queued().set({ created_at: at }).where('created_at', '>', future).execute()
  await queued().set({ next_attempt_at: at }).where('next_attempt_at', '>', tooFar(LONGEST_WAIT)).execute()
  await queued()
    .set({ lease_holder: null, lease_until: null })
    .where('lease_until', '>', tooFar(hours(0)))
    .execute()
  await trx
    .updateTable('mail_links')
    .set({ issued_at: at })
    .where('issued_at', '>', future)
    .where('used_at', 'is', null)
    .execute()
  await trx
    .updateTable('accounts')
    .set({ deletion_due_at: end(DELETION_WAIT) })
    .where('deletion_due_at', '>', tooFar(DELETION_WAIT))
    .execute()
  await trx.updateTable('certificates').set({ mail_accepted_at: at }).where('mail_accepted_at', '>', future).execute()
  await remindAgain(trx, now)
}

/** Certificates seemed over while the clock ran ahead, or their next reminder a year away: each gets its place on the grid again. */
async function remindAgain(trx: Db, now: Temporal.Instant): Promise<void> {
  const waiting = await trx
    .selectFrom('certificates')
    .select(['number', 'valid_until', 'mail_accepted_at', 'next_reminder_at'])
    .where('mail_accepted_at', 'is not', null)
    .where('registered_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .where('valid_until', '>=', dateInTokyo(now).toString())
    .execute()
  for (const { number, valid_until, mail_accepted_at, next_reminder_at } of waiting) {
    if (mail_accepted_at === null || !isStillValid(valid_until, now)) continue
    const next = nextReminder(Temporal.Instant.from(mail_accepted_at), valid_until, now)
    const wanted = next === null ? null : instantText(next)
    // One that is due already goes out first.
    if (wanted === null || (next_reminder_at !== null && next_reminder_at <= wanted)) continue
    await trx
      .updateTable('certificates')
      .set({ next_reminder_at: wanted })
      .where('number', '=', number)
      .where('registered_at', 'is', null)
      .execute()
  }
}

/**
 * Looks whether the clock was put back since the last look, and brings back what was stored meanwhile.
 * @returns whether it was
 */
export async function detectClockChange(db: Db, now: Temporal.Instant): Promise<boolean> {
  const look = async (trx: Db) => {
    const latest = await readAppMetadata(trx, LATEST)
    return lookAtClock(latest === null ? null : Temporal.Instant.from(latest), now)
  }
  // Most looks find nothing, and need no lock.
  if ((await look(db)) === null) return false
  return db.transaction().execute(async (trx) => {
    const seen = await look(trx)
    if (seen === 'back') await bringBack(trx, now)
    if (seen !== null) await writeAppMetadata(trx, LATEST, instantText(now))
    return seen === 'back'
  })
}
