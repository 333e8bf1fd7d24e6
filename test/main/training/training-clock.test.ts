import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { readAppMetadata } from '#main/database/app-metadata'
import { CLOCK_OFFSET, setTrainingClock } from '#main/features/training/training-clock.action'
import type { Job } from '#main/platform/scheduler'
import { openPortal } from '../../support/portal'

const start = Temporal.Instant.from('2026-11-22T00:00:00Z')

/** A job that is due at each of the given instants, and notes when it ran. */
const jobDueAt = (name: string, log: string[], ...due: string[]): Job => {
  const left = due.map((text) => Temporal.Instant.from(text))
  return {
    name,
    nextDue: async () => left[0] ?? null,
    run: async (now) => {
      left.shift()
      log.push(`${name} ${now.toString()}`)
    },
  }
}

const move = async (target: string, jobs: Job[]) => {
  const { data } = await openPortal()
  await setTrainingClock(data.db, {
    base: { now: () => start },
    from: start,
    target: Temporal.Instant.from(target),
    jobs,
  })
  return start.add({ milliseconds: Number(await readAppMetadata(data.db, CLOCK_OFFSET)) }).toString()
}

describe('moving the clock of training data (DESIGN §10)', () => {
  it('runs everything due in between, in order of time and each at its time', async () => {
    const log: string[] = []
    const jobs = [
      jobDueAt('mail', log, '2026-11-22T00:01:00Z', '2026-11-22T00:03:00Z', '2026-11-23T00:00:00Z'),
      jobDueAt('reminder', log, '2026-11-22T00:02:00Z', '2026-11-29T00:00:01Z'),
    ]
    expect(await move('2026-11-29T00:00:00Z', jobs)).toBe('2026-11-29T00:00:00Z')
    expect(log).toEqual([
      'mail 2026-11-22T00:01:00Z',
      'reminder 2026-11-22T00:02:00Z',
      'mail 2026-11-22T00:03:00Z',
      'mail 2026-11-23T00:00:00Z',
    ])
  })

  it('lets what is overdue run at once, not in the past', async () => {
    const log: string[] = []
    await move('2026-11-22T01:00:00Z', [jobDueAt('mail', log, '2026-11-21T00:00:00Z')])
    expect(log).toEqual(['mail 2026-11-22T00:00:00Z'])
  })

  it('goes on when a job cannot get rid of what is due', async () => {
    const stuck: Job = { name: 'stuck', nextDue: async () => start, run: async () => undefined }
    const log: string[] = []
    expect(await move('2026-11-23T00:00:00Z', [stuck, jobDueAt('mail', log, '2026-11-22T12:00:00Z')])).toBe(
      '2026-11-23T00:00:00Z',
    )
    expect(log).toEqual(['mail 2026-11-22T12:00:00Z'])
  })

  it('can go back', async () => {
    expect(await move('2025-07-23T06:00:00Z', [])).toBe('2025-07-23T06:00:00Z')
  })
})
