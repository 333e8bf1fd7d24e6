import { Temporal } from 'temporal-polyfill'
import { writeAppMetadata } from '../../database/app-metadata'
import type { Db } from '../../database/open'
import type { Clock } from '../../platform/clock'
import type { Job } from '../../platform/scheduler'
import { writeAudit } from '../../database/audit'

/** The fact under which training data keep how far their clock is moved, in milliseconds. */
export const CLOCK_OFFSET = 'clock-offset'

const storeClockOffset = (db: Db, base: Clock, to: Temporal.Instant) =>
  writeAppMetadata(db, CLOCK_OFFSET, String(to.epochMilliseconds - base.now().epochMilliseconds))

/**
 * Moves the clock of training data from `from` to `target`. With jobs, it stops on the way at each instant at which something
 * is due and lets it run, in order, as if the time had passed; it comes back when all is done. `base` is the clock that is moved.
 */
export async function setTrainingClock(
  db: Db,
  { base, from, target, jobs }: { base: Clock; from: Temporal.Instant; target: Temporal.Instant; jobs: readonly Job[] },
): Promise<void> {
  let now = from
  const stuck = new Map<string, string>()
  for (;;) {
    const due = await Promise.all(jobs.map(async (job) => ({ job, at: await job.nextDue() })))
    const next = due
      .flatMap(({ job, at }) => (at && stuck.get(job.name) !== at.toString() ? [{ job, at }] : []))
      .sort((one, other) => Temporal.Instant.compare(one.at, other.at))[0]
    if (!next || Temporal.Instant.compare(next.at, target) > 0) break
    if (Temporal.Instant.compare(next.at, now) > 0) now = next.at
    await storeClockOffset(db, base, now)
    await next.job.run(now)
    stuck.set(next.job.name, next.at.toString())
  }
  await db.transaction().execute(async (trx) => {
    await storeClockOffset(trx, base, target)
    await writeAudit(trx, { actor: 'operator', action: 'clock.moved', subject: 'clock' }, target)
  })
}
