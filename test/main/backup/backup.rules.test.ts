import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { copiesToForget } from '#main/database/copy/upgrade-copies.rules'
import {
  backupName,
  backupsToForget,
  backupState,
  nextBackup,
  readBackupName,
} from '#main/features/backup/backup.rules'

const now = Temporal.Instant.from('2026-11-22T03:00:00Z')
const ago = (span: string) => now.subtract(Temporal.Duration.from(span))
const NONE = { last: null, failedAt: null }
const KEEP = { days: 7, weeks: 4 }
const named = (madeAt: Temporal.Instant) => ({ name: backupName(madeAt), madeAt })
const dayOf = (at: Temporal.Instant) => at.toZonedDateTimeISO('Asia/Tokyo').toPlainDate().toString()

describe('an automatic backup', () => {
  it.each([
    { what: 'a day after the last', history: { ...NONE, begun: ago('PT999H'), last: ago('PT23H59M59S') }, due: false },
    { what: 'a day after the last', history: { ...NONE, begun: ago('PT999H'), last: ago('PT24H') }, due: true },
    { what: 'a day after there are data', history: { ...NONE, begun: ago('PT23H59M59S') }, due: false },
    { what: 'a day after there are data', history: { ...NONE, begun: ago('PT24H') }, due: true },
    {
      what: 'an hour after one that failed',
      history: { begun: ago('PT999H'), last: ago('PT99H'), failedAt: ago('PT59M59S') },
      due: false,
    },
    {
      what: 'an hour after one that failed',
      history: { begun: ago('PT999H'), last: ago('PT99H'), failedAt: ago('PT1H') },
      due: true,
    },
    {
      what: 'where the last is of a clock that ran ahead',
      history: { ...NONE, begun: now, last: ago('-PT6M') },
      due: true,
    },
  ])('is due $what: $due', ({ history, due }) => {
    expect(Temporal.Instant.compare(nextBackup(history, now), now) <= 0).toBe(due)
  })

  it('is due within a day, whatever is stored', () => {
    const any = fc.integer({ min: -63e9, max: 63e9 }).map((milliseconds) => now.add({ milliseconds }))
    const maybe = fc.option(any)
    fc.assert(
      fc.property(maybe, any, maybe, (last, begun, failedAt) => {
        const wait = now.until(nextBackup({ last, begun, failedAt }, now)).total('seconds')
        expect(wait).toBeLessThanOrEqual(24 * 3600 + 300)
      }),
    )
  })

  it.each([
    { state: 'ok', history: { ...NONE, begun: now, last: ago('PT48H59M59S') } },
    { state: 'late', history: { ...NONE, begun: now, last: ago('PT49H') } },
    { state: 'late', history: { ...NONE, begun: ago('PT49H') } },
    { state: 'failed', history: { last: now, begun: now, failedAt: now } },
  ] as const)('is $state', ({ state, history }) => {
    expect(backupState(history, KEEP, now)).toBe(state)
    expect(backupState(history, { days: 0, weeks: 0 }, now)).toBe('off')
  })

  it('has a name from which its time is read, and nothing else has', () => {
    expect(readBackupName('auto-20261122T030000Z')?.madeAt).toEqual(now)
    for (const name of ['auto-20261322T030000Z', 'before-0012.sqlite', 'auto-', 'mine', 'auto-20261122T030000Z.old'])
      expect(readBackupName(name)).toBeNull()
  })
})

describe('the keep rule', () => {
  const backups = fc
    .uniqueArray(fc.integer({ min: 0, max: 80 * 86_400 }), { maxLength: 120 })
    .map((seconds) => seconds.map((second) => named(now.subtract({ seconds: second }))))

  it('keeps the newest of the last days and weeks that have any, and no more', () => {
    fc.assert(
      fc.property(backups, fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 6 }), (made, days, weeks) => {
        const gone = new Set(backupsToForget(made, { days, weeks }, now))
        const kept = made.filter(({ name }) => !gone.has(name))
        expect(kept.length).toBeLessThanOrEqual(days + weeks)
        const newest = [...made].sort((one, other) => Temporal.Instant.compare(other.madeAt, one.madeAt))
        if (newest[0] && days + weeks > 0) expect(kept).toContain(newest[0])
        const lastDays = [...new Set(newest.map(({ madeAt }) => dayOf(madeAt)))].slice(0, days)
        for (const day of lastDays) expect(kept).toContain(newest.find(({ madeAt }) => dayOf(madeAt) === day))
      }),
    )
  })

  it('goes on to keep what it kept, when nothing new was made', () => {
    fc.assert(
      fc.property(backups, (made) => {
        const gone = new Set(backupsToForget(made, KEEP, now))
        const kept = made.filter(({ name }) => !gone.has(name))
        expect(backupsToForget(kept, KEEP, now)).toEqual([])
      }),
    )
  })

  it('of a year of daily backups leaves a week day by day and a month week by week', () => {
    let kept: ReturnType<typeof named>[] = []
    for (let day = 0; day < 365; day += 1) {
      const at = now.add({ hours: 24 * day })
      kept = [...kept, named(at)]
      const gone = new Set(backupsToForget(kept, KEEP, at))
      kept = kept.filter(({ name }) => !gone.has(name))
    }
    const end = now.add({ hours: 24 * 364 })
    const ages = kept.map(({ madeAt }) => madeAt.until(end).total('hours') / 24)
    expect(ages.slice(-7)).toEqual([6, 5, 4, 3, 2, 1, 0])
    expect(Math.max(...ages)).toBeGreaterThanOrEqual(21)
    expect(kept.length).toBeLessThanOrEqual(11)
  })

  it('lets one of a clock that ran ahead stand for today only until there is a real one', () => {
    const ahead = named(now.add({ hours: 365 * 24 }))
    const yesterday = named(ago('PT24H'))
    expect(backupsToForget([ahead, yesterday], { days: 2, weeks: 0 }, now)).toEqual([])
    expect(backupsToForget([ahead, yesterday, named(now)], { days: 2, weeks: 0 }, now)).toEqual([ahead.name])
  })
})

describe('copies made before an upgrade', () => {
  const copy = (file: string, changedAt: number) => ({ file, changedAt })

  it('stay for two versions, the first and the last of each', () => {
    const copies = [
      copy('before-version-1.0.1.sqlite', 1),
      copy('before-version-1.0.2.sqlite', 2),
      copy('before-version-1.0.2~2.sqlite', 3),
      copy('before-version-1.0.2~3.sqlite', 4),
      copy('before-version-1.0.3.sqlite', 5),
    ]
    expect(copiesToForget(copies).sort()).toEqual(['before-version-1.0.1.sqlite', 'before-version-1.0.2~2.sqlite'])
  })

  it('stay for four steps of the schema', () => {
    const copies = Array.from({ length: 6 }, (_, step) => copy(`before-000${step}-a.sqlite`, step))
    expect(copiesToForget(copies).sort()).toEqual(['before-0000-a.sqlite', 'before-0001-a.sqlite'])
  })
})
