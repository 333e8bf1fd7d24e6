import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  deadlinePhase,
  knowsRecentMove,
  millisecondsLeft,
  SESSION_IDLE_MS,
  SPOKEN_LEFT_MS,
  spokenOnTheWay,
  untilNextPhase,
} from '#domain/session-deadline'
import { sessionDeadline } from '#main/features/session/session.rules'
import { instantText } from '#main/platform/clock'

const moved = Temporal.Instant.from('2026-11-22T00:00:00Z')
const deadline = instantText(sessionDeadline(moved))
const after = (span: string) => instantText(moved.add(Temporal.Duration.from(span)))

describe('what is shown after the last screen move (M2.6)', () => {
  it.each([
    { span: 'PT0S', fresh: 'quiet', answered: 'quiet' },
    { span: 'PT2H49M59S', fresh: 'quiet', answered: 'quiet' },
    { span: 'PT2H50M', fresh: 'asking', answered: 'declined' },
    { span: 'PT2H50M1S', fresh: 'asking', answered: 'declined' },
    { span: 'PT2H59M59S', fresh: 'asking', answered: 'declined' },
    { span: 'PT3H', fresh: 'over', answered: 'over' },
    { span: 'PT3H1S', fresh: 'over', answered: 'over' },
  ])('$span: $fresh, after キャンセル $answered', ({ span, fresh, answered }) => {
    expect(deadlinePhase(deadline, after(span))).toBe(fresh)
    expect(deadlinePhase(deadline, after(span), deadline)).toBe(answered)
  })

  it('asks anew when the deadline that was answered has moved', () => {
    const later = instantText(Temporal.Instant.from(deadline).add({ seconds: 1 }))
    expect(deadlinePhase(later, after('PT2H55M'), deadline)).toBe('asking')
  })

  it('is the span of the service', () => {
    expect(millisecondsLeft(deadline, instantText(moved))).toBe(SESSION_IDLE_MS)
  })
})

describe('the next turn', () => {
  it('is exactly when something else is to be shown, whenever one looks', () => {
    const offsets = fc.integer({ min: -1_000, max: SESSION_IDLE_MS + 1_000 })
    fc.assert(
      fc.property(offsets, fc.boolean(), (milliseconds, answered) => {
        const at = (more: number) => instantText(moved.add({ milliseconds: milliseconds + more }))
        const phase = (more: number) => deadlinePhase(deadline, at(more), answered ? deadline : null)
        const wait = untilNextPhase(deadline, at(0))
        if (wait === null) {
          expect(phase(0)).toBe('over')
          expect(phase(10_000_000)).toBe('over')
          return
        }
        expect(wait).toBeGreaterThan(0)
        expect(phase(wait - 1)).toBe(phase(0))
        expect(phase(wait)).not.toBe(phase(0))
      }),
    )
  })
})

describe('a screen move', () => {
  it.each([
    { span: 'PT0S', known: true },
    { span: 'PT59S', known: true },
    { span: 'PT1M', known: false },
    { span: 'PT1M1S', known: false },
    { span: 'PT2H55M', known: false },
  ])('$span after the last one need not be told: $known', ({ span, known }) => {
    expect(knowsRecentMove(deadline, after(span))).toBe(known)
  })
})

describe('what a screen reader says', () => {
  it.each([
    { before: 600_001, left: 600_000, said: 600_000 },
    { before: 600_000, left: 599_000, said: null },
    { before: 301_000, left: 300_000, said: 300_000 },
    { before: 300_000, left: 60_001, said: null },
    { before: 61_000, left: 59_000, said: 60_000 },
    { before: 31_000, left: 30_000, said: 30_000 },
    { before: 29_000, left: 0, said: null },
    { before: 500_000, left: 20_000, said: 30_000 },
    { before: 10_000, left: 10_800_000, said: null },
  ])('from $before to $left ms: $said', ({ before, left, said }) => {
    expect(spokenOnTheWay(before, left)).toBe(said)
  })

  it('is each mark once, however unevenly the time is looked at', () => {
    const looks = fc.array(fc.integer({ min: 1, max: 29_999 }), { minLength: 60, maxLength: 200 })
    fc.assert(
      fc.property(looks, (steps) => {
        let before = 700_000
        const said: number[] = []
        for (const step of steps) {
          const left = Math.max(0, before - step)
          const mark = spokenOnTheWay(before, left)
          if (mark !== null) said.push(mark)
          before = left
        }
        expect(said).toEqual(SPOKEN_LEFT_MS.filter((mark) => mark >= before))
      }),
    )
  })
})
