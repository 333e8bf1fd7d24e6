import { setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp } from 'vue'
import { useKiosk } from '../../../src-renderer/stores/kiosk/kiosk'
import { usePageClock } from '../../../src-renderer/stores/page-clock'
import { useService } from '../../../src-renderer/stores/service'
import { storesOn } from '../support/page'
import { FakeService } from '../support/service'

const OPENED = Date.parse('2026-11-22T06:57:00Z')
const SECOND_MS = 1_000
const health = (now: string) => ({
  status: 'ok',
  version: '0.1.0',
  now,
  training: false,
  mailFrom: 'example.jp',
  database: { status: 'ok', migration: '0001' },
  mail: { queued: 0, failed: 0 },
})

/** Running time of the page, as the test has it. */
let running: number
let service: FakeService

beforeEach(() => {
  running = 5_000
  service = new FakeService()
  setActivePinia(storesOn({ now: () => running, openedAt: OPENED }))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe('what time it is for people', () => {
  it('is the guess of the device until the service has spoken', () => {
    expect(useService().now()).toBe('2026-11-22T06:57:05.000Z')
  })

  it('is the time of the service, half the way of its answer later, and runs on with the page', async () => {
    service.answer('GET /health', () => {
      running += 400
      return health('2027-02-01T00:00:00Z')
    })
    await useService().load()
    expect(useService().now()).toBe('2027-02-01T00:00:00.200Z')
    running += 60_000
    expect(useService().now()).toBe('2027-02-01T00:01:00.200Z')
  })

  it('is what somebody was told who has just asked', () => {
    useService().tellTime('2026-12-24T15:00:00Z')
    running += 1
    expect(useService().now()).toBe('2026-12-24T15:00:00.001Z')
  })

  it('stays what is known when the service does not answer', async () => {
    useService().tellTime('2026-12-24T15:00:00Z')
    service.answer('GET /health', () => {
      throw new TypeError('Failed to fetch')
    })
    await useService().load()
    expect(useService().now()).toBe('2026-12-24T15:00:00.000Z')
  })
})

describe('a kiosk in a browser', () => {
  /** As much running time as the test says; the page looks at it each second. */
  function pass(milliseconds: number): void {
    running += milliseconds
    vi.advanceTimersByTime(SECOND_MS)
  }

  it('asks when nobody has touched it for 90 seconds of the page, and not before', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const kiosk = useKiosk()
    const leave = kiosk.follow()
    dispatchEvent(new Event('pointerdown'))
    pass(90 * SECOND_MS - 1)
    expect(kiosk.asking).toBe(false)
    pass(1)
    expect(kiosk.asking).toBe(true)
    expect(kiosk.seconds).toBe(30)
    pass(10 * SECOND_MS)
    expect(kiosk.seconds).toBe(20)
    kiosk.goOn()
    expect(kiosk.asking).toBe(false)
    leave()
  })
})

describe('the clock of a page', () => {
  it('is given, or is missing at once', () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    expect(() => createApp({}).runWithContext(usePageClock)).toThrow('This page has no clock')
  })
})
