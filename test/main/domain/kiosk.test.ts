import { describe, expect, it } from 'vitest'
import { kioskStatus, spokenCountdown, touchKiosk } from '#domain/kiosk'

const TOUCHED = 5_000

describe('a kiosk that nobody touches (DESIGN §3)', () => {
  it.each([
    { idle: 0, phase: 'used', left: 30_000 },
    { idle: 89_000, phase: 'used', left: 30_000 },
    { idle: 90_000, phase: 'asking', left: 30_000 },
    { idle: 91_000, phase: 'asking', left: 29_000 },
    { idle: 119_000, phase: 'asking', left: 1_000 },
    { idle: 120_000, phase: 'over', left: 0 },
    { idle: 121_000, phase: 'over', left: 0 },
    { idle: 3_600_000, phase: 'over', left: 0 },
  ])('is $phase with $left ms left after $idle ms', ({ idle, phase, left }) => {
    expect(kioskStatus(TOUCHED, TOUCHED + idle)).toEqual({ phase, left })
  })

  it('asks nobody where nobody was', () => {
    expect(kioskStatus(null, 10_000_000)).toEqual({ phase: 'fresh', left: 30_000 })
  })

  it.each([
    { idle: 89_000, counts: true },
    { idle: 90_000, counts: false },
    { idle: 91_000, counts: false },
    { idle: 120_000, counts: false },
  ])('counts a touch after $idle ms: $counts', ({ idle, counts }) => {
    const now = TOUCHED + idle
    expect(touchKiosk(TOUCHED, now)).toBe(counts ? now : TOUCHED)
  })

  it('begins a visit with the first touch', () => {
    expect(touchKiosk(null, 7)).toBe(7)
  })
})

describe('the countdown as it is read out', () => {
  it.each([
    { before: 30_000, left: 20_001, said: null },
    { before: 20_001, left: 20_000, said: 20 },
    { before: 20_000, left: 19_999, said: null },
    { before: 11_000, left: 10_000, said: 10 },
    { before: 11_000, left: 4_000, said: 5 },
    { before: 5_000, left: 1_000, said: null },
  ])('from $before to $left says $said', ({ before, left, said }) => {
    expect(spokenCountdown(before, left)).toBe(said)
  })
})
