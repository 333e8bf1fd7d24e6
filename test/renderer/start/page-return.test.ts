import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useSession } from '../../../src-renderer/stores/session/session'
import { useStaffSession } from '../../../src-renderer/stores/session/staff-session'
import { clerk, counts, item } from '../support/counter'
import { open, type Page, settle } from '../support/page'
import { FakeService, Refusal, session, UNREACHABLE } from '../support/service'

let service: FakeService
/** Answers what the service is asked next only when the test says so. */
let answer: (reply: unknown) => void
let reload: ReturnType<typeof vi.spyOn>

beforeEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  sessionStorage.clear()
  localStorage.clear()
  service = new FakeService()
  service.answer('GET /receipts', () => ({ items: [], total: 0, asOf: '2026-11-22T06:57:00.000Z' }))
  service.answer('GET /staff/session', () => new Refusal('staff.none'))
  service.answer('GET /staff/applications', () => ({ items: [item()], total: 1, counts: counts() }))
  reload = vi.spyOn(location, 'reload').mockImplementation(() => undefined)
})

const turn = (kind: 'pagehide' | 'pageshow', persisted: boolean) =>
  dispatchEvent(Object.assign(new Event(kind), { persisted }))
const hidden = () => document.documentElement.dataset['away'] !== undefined
const asked = (call: string) => service.asked.filter((entry) => entry.call === call).length

/** Leaves the page for another, and comes back to it by Back; meanwhile the service comes to answer otherwise. */
async function leaveAndReturn(call: 'GET /session' | 'GET /staff/session', reply: () => unknown): Promise<void> {
  turn('pagehide', true)
  expect(hidden()).toBe(true)
  const replied = new Promise<unknown>((resolve) => (answer = resolve))
  service.answer(call, () => replied)
  turn('pageshow', true)
  await settle()
  // Nothing is to be seen while the service has not answered.
  expect(hidden()).toBe(true)
  service.answer(call, reply)
  answer(reply())
  await settle()
}

const signedIn = async (): Promise<Page> => {
  service.signedIn('NGUYEN VAN AN')
  const page = await open('/receipts')
  expect(page.reads('NGUYEN VAN AN')).toBe(true)
  return page
}

describe('a page that the browser kept, and shows again by Back', () => {
  it('is shown as it was to the one who is still signed in', async () => {
    const page = await signedIn()
    await leaveAndReturn('GET /session', () => session('NGUYEN VAN AN'))
    expect(hidden()).toBe(false)
    expect(page.path).toBe('/receipts')
    expect(page.reads('NGUYEN VAN AN')).toBe(true)
  })

  it('gives way to the login when the reader has logged out meanwhile', async () => {
    const page = await signedIn()
    await leaveAndReturn('GET /session', () => new Refusal('session.none'))
    expect(hidden()).toBe(false)
    expect(page.path).toBe('/login?to=/receipts')
    expect(page.reads('NGUYEN VAN AN')).toBe(false)
  })

  it('begins anew, unseen, when somebody else has signed in meanwhile', async () => {
    await signedIn()
    await leaveAndReturn('GET /session', () => ({ ...session('LE VAN DUC'), userId: 'M8RM2XQ9PB' }))
    expect(reload).toHaveBeenCalledOnce()
    expect(hidden()).toBe(true)
  })

  it('is taken away when nobody can say who is signed in', async () => {
    const page = await signedIn()
    await leaveAndReturn('GET /session', () => UNREACHABLE)
    expect(hidden()).toBe(false)
    expect(page.heading).toBe('画面を開けません')
    expect(page.reads('NGUYEN VAN AN')).toBe(false)
  })

  it('loses the name in its header where everybody may see it and nobody can say who is signed in', async () => {
    service.signedIn('NGUYEN VAN AN')
    const page = await open('/procedures')
    await useSession().ready()
    await settle()
    expect(page.reads('NGUYEN VAN AN')).toBe(true)
    await leaveAndReturn('GET /session', () => UNREACHABLE)
    expect(hidden()).toBe(false)
    expect(page.path).toBe('/procedures')
    expect(page.reads('NGUYEN VAN AN')).toBe(false)
  })

  it('is shown at once where nobody is signed in', async () => {
    const page = await open('/procedures')
    const before = asked('GET /session')
    turn('pagehide', true)
    turn('pageshow', true)
    await settle()
    expect(hidden()).toBe(false)
    expect(asked('GET /session')).toBe(before)
    expect(page.path).toBe('/procedures')
  })

  it('is asked about, too, when the browser had put the tab to sleep', async () => {
    const page = await signedIn()
    document.dispatchEvent(new Event('freeze'))
    expect(hidden()).toBe(true)
    service.answer('GET /session', () => new Refusal('session.none'))
    document.dispatchEvent(new Event('resume'))
    await settle()
    expect(hidden()).toBe(false)
    expect(page.path).toBe('/login?to=/receipts')
  })

  it('is not hidden when it is left for good or shown for the first time', async () => {
    await signedIn()
    const before = asked('GET /session')
    turn('pagehide', false)
    turn('pageshow', false)
    expect(hidden()).toBe(false)
    expect(asked('GET /session')).toBeLessThanOrEqual(before + 1)
  })
})

describe('a screen behind the counter', () => {
  const atTheCounter = async (): Promise<Page> => {
    service.answer('GET /staff/session', () => clerk())
    const page = await open('/staff')
    expect(page.reads('NGUYEN VAN AN')).toBe(true)
    return page
  }

  it('that the browser kept gives way to the login when the clerk has logged out meanwhile', async () => {
    const page = await atTheCounter()
    await leaveAndReturn('GET /staff/session', () => new Refusal('staff.none'))
    expect(hidden()).toBe(false)
    expect(page.path).toBe('/staff/login?to=/staff')
    expect(page.reads('NGUYEN VAN AN')).toBe(false)
  })

  it('is shown as it was to the one who is still signed in', async () => {
    const page = await atTheCounter()
    await leaveAndReturn('GET /staff/session', () => clerk())
    expect(hidden()).toBe(false)
    expect(page.reads('NGUYEN VAN AN')).toBe(true)
  })

  it.each([
    ['focus', () => window],
    ['online', () => window],
    ['visibilitychange', () => document],
    ['resume', () => document],
  ] as const)('asks for the session, not only for the time, at %s', async (event, target) => {
    const page = await atTheCounter()
    service.answer('GET /staff/session', () => new Refusal('staff.none'))
    target().dispatchEvent(new Event(event))
    await settle()
    expect(page.path).toBe('/staff/login?to=/staff')
  })

  it('asks once a minute while it is looked at', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setInterval', 'clearInterval'] })
    const page = await atTheCounter()
    service.answer('GET /staff/session', () => new Refusal('staff.none'))
    await vi.advanceTimersByTimeAsync(60_000)
    await settle()
    expect(page.path).toBe('/staff/login?to=/staff')
  })

  it('tells nobody that they were idle when they logged out elsewhere before their time', async () => {
    const page = await atTheCounter()
    service.answer('GET /staff/session', () => new Refusal('staff.none'))
    dispatchEvent(new Event('focus'))
    await settle()
    expect(useStaffSession().timedOutAt).toBeNull()
    expect(page.reads('15分操作がなかったため')).toBe(false)
  })

  it('tells the one whose time was over', async () => {
    service.answer('GET /staff/session', () => clerk({ deadline: '2026-11-22T06:56:59.000Z' }))
    const page = await open('/staff/login')
    service.answer('GET /staff/session', () => new Refusal('staff.none'))
    await useStaffSession().refresh()
    await settle()
    expect(useStaffSession().timedOutAt).toBe('2026-11-22T06:56:59.000Z')
    expect(page.path).not.toBe('')
  })
})
