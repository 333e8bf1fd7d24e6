import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ShellBridge } from '#contract/ipc/ipc'
import type { SessionStatus } from '#domain/session-deadline'
import { useToast } from '../../../src-renderer/composables/toast'
import { useService } from '../../../src-renderer/stores/service'
import { useSession } from '../../../src-renderer/stores/session/session'
import { open, settle, text, type Page } from '../support/page'
import { FakeService, NOW, Refusal, session, UNREACHABLE } from '../support/service'

const START = Date.parse(NOW)
const HOURS_3 = 3 * 60 * 60_000

/** A service with a clock and a session that follow the time of the test. */
let service: FakeService
let lastMove: number
/** How far the clock was moved, in milliseconds. */
let moved: number

const now = () => START + performance.now() - begun + moved
const iso = (milliseconds: number) => new Date(milliseconds).toISOString()
let begun: number

beforeEach(() => {
  vi.useFakeTimers({
    shouldAdvanceTime: true,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'],
  })
  sessionStorage.clear()
  localStorage.clear()
  useToast().close()
  begun = performance.now()
  moved = 0
  lastMove = START
  service = new FakeService()
  const isOpen = () => now() < lastMove + HOURS_3
  const none = () => new Refusal('session.none')
  service.answer('GET /health', () => ({
    status: 'ok',
    version: '0.1.0',
    now: iso(now()),
    training: false,
    mailFrom: 'example.jp',
    database: { status: 'ok', migration: '0001' },
    mail: { queued: 0, failed: 0 },
  }))
  service.answer('GET /session', () => (isOpen() ? { ...session(), deadline: iso(lastMove + HOURS_3) } : none()))
  service.answer('POST /session/extension', () => {
    if (!isOpen()) return none()
    lastMove = now()
    return { deadline: iso(lastMove + HOURS_3) }
  })
  service.answer('GET /receipts', () => ({ items: [], total: 0, asOf: NOW }))
})
afterEach(async () => {
  // What the page still has on its way would speak up in the next page.
  await settle()
  await pass(1)
  await settle()
  delete window.zairyu
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const dialog = () => document.querySelector('[role=alertdialog]')
const bar = () => document.querySelector('section.bar')
/** What the polite live regions say now. */
const said = () =>
  [...document.querySelectorAll('[aria-live=polite]')]
    .map(text)
    .filter((words) => words.includes('ログアウト'))
    .join()

/** Whether the page has noticed what time it is at the service. */
const knowsTime = () => Math.abs(Date.parse(useService().now()) - now()) < 500
/** Waits until something is to be seen; time goes on meanwhile, at most a second. */
const until = (seen: () => boolean) =>
  vi.waitFor(() => {
    expect(seen()).toBe(true)
  })

/** Sets the clock to so many seconds before the deadline of the service, and lets the page look at it until `seen`. */
async function setLeft(seconds: number, seen = () => dialog() !== null): Promise<void> {
  moved += lastMove + HOURS_3 - seconds * 1_000 - now()
  dispatchEvent(new Event('focus'))
  await until(seen)
}
async function pass(seconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(seconds * 1_000 + 50)
}
const press = (page: Page, name: string, within: Element | null) => page.press(name, within ?? document.body)
const escape = async () => {
  const active = document.activeElement ?? document.body
  active.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }))
  await pass(0)
}

describe('the dialog before the idle logout (M2.6)', () => {
  it('comes when 10 minutes are left, by the page’s own timer, with the time and the focus on OK', async () => {
    await open('/receipts')
    await setLeft(603, knowsTime)
    expect(dialog()).toBeNull()
    await pass(4)
    await until(() => dialog() !== null)
    expect(text(dialog())).toContain('まもなくログアウトされます')
    expect(text(dialog())).toContain('自動的にログアウトする時刻18時57分')
    expect(text(document.activeElement)).toBe('OK')
    const described = dialog()?.getAttribute('aria-describedby')?.split(' ') ?? []
    expect(described.map((id) => text(document.getElementById(id))).join()).toContain('3時間延長されます')
  })

  it('extends by 3 hours with OK, says so, and gives the focus back', async () => {
    const page = await open('/receipts')
    const before = page.control('マイページへ')
    before.focus()
    await setLeft(500)
    await press(page, 'OK', dialog())
    await until(() => dialog() === null && document.activeElement === before)
    expect(page.reads('延長しました')).toBe(true)
    expect(Date.parse(useSession().current?.deadline ?? '') - now()).toBeGreaterThan(HOURS_3 - 5_000)
  })

  it.each(['キャンセル', 'Esc'])('becomes a bar with %s, until the logout', async (way) => {
    const page = await open('/receipts')
    await setLeft(500)
    if (way === 'Esc') await escape()
    else await press(page, 'キャンセル', dialog())
    await until(() => dialog() === null && bar() !== null)
    expect(text(bar())).toMatch(/^18時57分 に自動的にログアウトされます（あと9分）。/)
    expect(service.bodiesOf('POST /session/extension')).toEqual([])
    await setLeft(1, knowsTime)
    await pass(2)
    await until(() => page.path === '/login?to=/receipts' && page.reads('自動的にログアウトしました'))
    expect(bar()).toBeNull()
    expect(page.reads('2026年11月22日 18時57分にログアウト')).toBe(true)
  })

  it('says that the network is away and stays, with the focus on OK', async () => {
    const page = await open('/receipts')
    await setLeft(500)
    service.answer('POST /session/extension', () => UNREACHABLE)
    await press(page, 'OK', dialog())
    await until(() => text(dialog()?.querySelector('[role=alert]')).includes('延長できませんでした'))
    expect(text(document.activeElement)).toBe('OK')
  })

  it('goes when the session was extended elsewhere', async () => {
    await open('/receipts')
    await setLeft(500)
    lastMove = now()
    dispatchEvent(new Event('online'))
    await until(() => dialog() === null)
  })
})

describe('the bar after キャンセル', () => {
  it('extends by one press', async () => {
    const page = await open('/receipts')
    await setLeft(500)
    await escape()
    await until(() => bar() !== null)
    await press(page, '延長する', bar())
    await until(() => bar() === null)
    expect(page.reads('延長しました')).toBe(true)
  })

  it('goes with a move to another screen, which counts as activity', async () => {
    const page = await open('/receipts')
    await setLeft(500)
    await escape()
    await until(() => bar() !== null)
    await press(page, 'ホーム', document.querySelector('nav.breadcrumb'))
    await until(() => bar() === null)
    expect(service.bodiesOf('POST /session/extension')).toHaveLength(1)
  })
})

describe('a screen reader', () => {
  it('hears of the logout at 5 minutes, 1 minute and 30 seconds, and nothing in between', async () => {
    await open('/receipts')
    await setLeft(500)
    const heard: string[] = []
    for (let left = 500; left > 5; left -= 5) {
      await vi.advanceTimersByTimeAsync(5_000)
      if (said() !== (heard.at(-1) ?? '')) heard.push(said())
    }
    expect(heard).toEqual([
      'あと5分で自動的にログアウトされます。',
      'あと1分で自動的にログアウトされます。',
      'あと30秒で自動的にログアウトされます。',
    ])
  })

  it('hears the same while the bar is there, which itself is no live region', async () => {
    await open('/receipts')
    await setLeft(400)
    await escape()
    await until(() => bar() !== null)
    expect(bar()?.closest('[role=status], [aria-live]')).toBeNull()
    expect(said()).toBe('')
    await pass(102)
    expect(said()).toBe('あと5分で自動的にログアウトされます。')
  })
})

describe('the page in the browser shell', () => {
  it('asks once a minute while it is signed in, and never prolongs by that', async () => {
    await open('/receipts')
    const asked = () => service.bodiesOf('GET /session').length
    const before = asked()
    await pass(185)
    expect(asked() - before).toBe(3)
    expect(service.bodiesOf('POST /session/extension')).toEqual([])
  })

  it('asks nothing while nobody is signed in', async () => {
    service.answer('GET /session', () => new Refusal('session.none'))
    await open('/contact')
    const before = service.asked.length
    await pass(300)
    expect(service.asked).toHaveLength(before)
  })

  it('notices a moved clock within a minute', async () => {
    await open('/receipts')
    moved += HOURS_3 - 300_000
    await pass(60)
    await until(() => dialog() !== null)
  })

  it('logs out at the deadline also when the service does not answer', async () => {
    const page = await open('/receipts')
    await setLeft(20)
    service.answer('GET /session', () => UNREACHABLE)
    service.answer('GET /health', () => UNREACHABLE)
    await pass(21)
    await until(() => page.path === '/login?to=/receipts' && page.reads('自動的にログアウトしました'))
  })

  it('does not call it automatic when the session ended earlier', async () => {
    const page = await open('/receipts')
    service.answer('GET /session', () => new Refusal('session.none'))
    await setLeft(900, () => page.path === '/login?to=/receipts')
    await pass(2)
    expect(page.reads('自動的にログアウトしました')).toBe(false)
  })

  it('keeps a screen for everybody, says what happened there, and can be told that it was read', async () => {
    const page = await open('/procedures')
    await useSession().ready()
    await page.type('手続きのことば', '受領')
    await setLeft(-1, () => page.reads('に自動的にログアウトしました。'))
    expect(page.heading).toBe('手続き検索')
    expect(page.field('手続きのことば').value).toBe('受領')
    await press(page, '閉じる', document.querySelector('.bar'))
    expect(page.reads('に自動的にログアウトしました。')).toBe(false)
  })
})

describe.each(['BroadcastChannel', 'the storage'])('another tab, heard over %s', (way) => {
  const channels = new Set<{ onmessage: ((event: { data: object }) => void) | null }>()
  class Channel {
    onmessage: ((event: { data: object }) => void) | null = null
    constructor() {
      channels.add(this)
    }
    postMessage(data: object): void {
      for (const other of channels) if (other !== this) other.onmessage?.({ data })
    }
    close(): void {
      channels.delete(this)
    }
  }
  function tab(message: object): void {
    if (way === 'BroadcastChannel') new Channel().postMessage(message)
    else dispatchEvent(new StorageEvent('storage', { key: 'zairyu.tabs', newValue: JSON.stringify(message) }))
  }
  beforeEach(() => {
    vi.stubGlobal('BroadcastChannel', way === 'BroadcastChannel' ? Channel : undefined)
  })

  it('cancels, extends and ends here what it cancels, extends and ends there', async () => {
    const page = await open('/receipts')
    await setLeft(500)
    tab({ kind: 'declined', deadline: iso(lastMove + HOURS_3) })
    await until(() => dialog() === null && bar() !== null)

    lastMove = now()
    tab({ kind: 'deadline', deadline: iso(lastMove + HOURS_3) })
    await until(() => bar() === null)

    service.answer('GET /session', () => new Refusal('session.none'))
    tab({ kind: 'deadline', deadline: null })
    await until(() => page.path === '/login?to=/receipts')

    service.signedIn()
    tab({ kind: 'deadline', deadline: session().deadline })
    await until(() => page.path === '/receipts')
  })
})

describe('the page in the desktop shell', () => {
  it('follows the timer of the main process and asks it, not the service', async () => {
    const told = new Set<(status: SessionStatus) => void>()
    const deadline = () => iso(lastMove + HOURS_3)
    const shell = {
      takeLink: () => Promise.resolve(null),
      onLinkOpened: () => () => undefined,
      onFailed: () => () => undefined,
      failure: () => Promise.resolve(null),
      tellLanguage: () => Promise.resolve(),
      sessionStatus: vi.fn(() => Promise.resolve({ deadline: deadline(), now: iso(now()) })),
      extendSession: vi.fn(() => Promise.reject(new Error('service.busy'))),
      onSessionChanged: (listener: (status: SessionStatus) => void) => {
        told.add(listener)
        return () => told.delete(listener)
      },
    }
    window.zairyu = shell as unknown as ShellBridge
    const page = await open('/receipts')
    const asked = service.asked.length
    const tell = (status: SessionStatus) => {
      for (const listener of told) listener(status)
    }
    moved = HOURS_3 - 400_000
    tell({ deadline: deadline(), now: iso(now()) })
    await until(() => dialog() !== null)
    await press(page, 'OK', dialog())
    await until(() => text(dialog()?.querySelector('[role=alert]')).includes('延長できませんでした'))
    shell.extendSession.mockImplementation(() => {
      lastMove = now()
      return Promise.resolve({ deadline: deadline(), now: iso(now()) }) as never
    })
    await press(page, 'OK', dialog())
    await until(() => dialog() === null)
    expect(page.reads('延長しました')).toBe(true)
    expect(service.asked).toHaveLength(asked)

    moved += HOURS_3
    tell({ deadline: null, now: iso(now()) })
    await until(() => page.path === '/login?to=/receipts' && page.reads('自動的にログアウトしました'))
  })
})
