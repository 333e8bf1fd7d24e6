import { setImmediate as breath } from 'node:timers/promises'
import { Temporal } from 'temporal-polyfill'
import type { Clock } from './clock'
import type { Log } from './log/log'

/**
 * Something that falls due by itself. When, stands in the database and is read on the injected clock: a training clock jumps over days, a
 * laptop sleeps through them, and what was due then still runs. Schedulers such as croner or node-cron fire by timers on the system's clock.
 */
export interface Job {
  name: string
  /** When something is due next; null when nothing waits. It may lie in the past. */
  nextDue(): Promise<Temporal.Instant | null>
  run(now: Temporal.Instant): Promise<void>
}

/** Runs each job that is due at `now` and answers their names. */
export async function runDueJobs(jobs: readonly Job[], now: Temporal.Instant): Promise<string[]> {
  const done: string[] = []
  for (const job of jobs) {
    const due = await job.nextDue()
    if (!due || Temporal.Instant.compare(due, now) > 0) continue
    await job.run(now)
    done.push(job.name)
  }
  return done
}

/** Does a long work slice by slice, until `slice` says that nothing is left; between two of them everything else gets its turn. */
export async function inBatches(slice: () => Promise<'more' | 'done'>): Promise<void> {
  while ((await slice()) === 'more') await breath()
}

const ROUND_MS = 30_000

export interface Rounds {
  jobs: readonly Job[]
  clock: Clock
  log: Log
  /** What is done in every round, before the jobs. */
  everyRound(now: Temporal.Instant): Promise<void>
}

/** Looks every half minute for jobs that are due, and once at the start; a failure is logged and tried again in the next round. */
export function startScheduler({ jobs, clock, log, everyRound }: Rounds): { stop(): Promise<void> } {
  let round: Promise<unknown> = Promise.resolve()
  const look = () => {
    round = round
      .then(() => everyRound(clock.now()))
      .then(() => runDueJobs(jobs, clock.now()))
      .catch((error: unknown) => log.error({ err: error }, 'a job failed'))
  }
  const timer = setInterval(look, ROUND_MS)
  timer.unref()
  look()
  return {
    stop: async () => {
      clearInterval(timer)
      await round
    },
  }
}
