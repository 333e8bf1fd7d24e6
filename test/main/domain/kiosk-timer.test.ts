import { describe, expect, it } from 'vitest'
import type { KioskStatus } from '#domain/kiosk'
import { kioskTimer } from '#domain/kiosk-timer'

/** A kiosk with a running time that the test moves, second by second as a real one, or by a leap as after a sleep. */
function kiosk() {
  let now = 1_000
  let due: { run: () => void; at: number } | null = null
  const told: KioskStatus[] = []
  let erased = 0
  const timer = kioskTimer({
    now: () => now,
    schedule: (run, milliseconds) => {
      const own = { run, at: now + milliseconds }
      due = own
      return () => {
        if (due === own) due = null
      }
    },
    tell: (status) => told.push(status),
    erase: () => {
      erased += 1
      timer.forget()
    },
  })
  const look = () => {
    while (due && due.at <= now) {
      const { run } = due
      due = null
      run()
    }
  }
  return {
    timer,
    told,
    erased: () => erased,
    waits: () => due !== null,
    pass(seconds: number) {
      for (let second = 0; second < seconds; second += 1) {
        now += 1_000
        look()
      }
    },
    leap(seconds: number) {
      now += seconds * 1_000
      look()
    },
  }
}

describe('the timer of a kiosk', () => {
  it('asks after 90 seconds, counts each second down, and erases once', () => {
    const { timer, told, pass, erased } = kiosk()
    timer.touched()
    pass(89)
    expect(told).toEqual([{ phase: 'used', left: 30_000 }])
    pass(1)
    expect(told.at(-1)).toEqual({ phase: 'asking', left: 30_000 })
    pass(29)
    expect(told.slice(1, 31).map(({ left }) => left / 1_000)).toEqual(Array.from({ length: 30 }, (_, at) => 30 - at))
    expect(erased()).toBe(0)
    pass(1)
    expect(erased()).toBe(1)
    expect(told.at(-1)).toEqual({ phase: 'fresh', left: 30_000 })
    pass(600)
    expect(erased()).toBe(1)
  })

  it('waits another 90 seconds after each touch, but not for one that comes during the countdown', () => {
    const { timer, pass } = kiosk()
    timer.touched()
    pass(89)
    timer.touched()
    pass(89)
    expect(timer.status().phase).toBe('used')
    pass(1)
    timer.touched()
    expect(timer.status()).toEqual({ phase: 'asking', left: 30_000 })
  })

  it('goes on for 90 seconds after 続ける, which means nothing at other times', () => {
    const { timer, told, pass } = kiosk()
    timer.goOn()
    expect(timer.status().phase).toBe('fresh')
    timer.touched()
    pass(119)
    timer.goOn()
    expect(told.at(-1)?.phase).toBe('used')
    pass(60)
    timer.goOn()
    pass(30)
    expect(timer.status().phase).toBe('asking')
  })

  it('erases at once what a sleep has left too long', () => {
    const { timer, leap, erased } = kiosk()
    timer.touched()
    leap(8 * 3_600)
    expect(erased()).toBe(1)
  })

  it('does not look at the time while nobody is there', () => {
    const { timer, waits } = kiosk()
    expect(waits()).toBe(false)
    timer.touched()
    expect(waits()).toBe(true)
    timer.forget()
    expect(waits()).toBe(false)
  })
})
