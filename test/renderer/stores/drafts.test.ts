import { setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { useDraft } from '../../../src-renderer/composables/form/draft'
import { useChange } from '../../../src-renderer/screens/account/details-change/change.store'
import { type DraftOwner, useDrafts } from '../../../src-renderer/stores/drafts/drafts'
import { useService } from '../../../src-renderer/stores/service'
import { useSession } from '../../../src-renderer/stores/session/session'
import { storesOn } from '../support/page'
import { FakeService, NOW, Refusal, session, UNREACHABLE } from '../support/service'

const initial = { name: '', password: '' }
const link = { link: 'k3yOfTheMail', until: '2026-11-23T06:30:00.000Z' }
/** Two people, each with a key of his own. */
const KEYS: Record<string, string> = { AN: 'A'.repeat(43), BINH: 'B'.repeat(42) + 'A' }
const storage = localStorage
/** As a policy of the browser blocks it. */
const blockedStorage = new Proxy({} as Storage, {
  get() {
    throw new DOMException('blocked', 'SecurityError')
  },
})
let service: FakeService
let signedIn: string | null

const raw = () => JSON.stringify({ ...localStorage, ...sessionStorage })
const kept = () => Object.keys(localStorage).filter((key) => key.startsWith('zairyu.draft.'))

/** A window of the program: what is in memory only is gone. */
async function openWindow(): Promise<void> {
  setActivePinia(storesOn())
  await useService().load()
  await useSession().refresh()
}

async function draft(owner: DraftOwner = 'person', name = 'details') {
  const opened = useDraft(name, initial, { owner, secret: ['password'] })
  await opened.ready()
  return opened
}

async function type(opened: Awaited<ReturnType<typeof draft>>, name: string): Promise<void> {
  opened.values.name = name
  await nextTick()
  await useDrafts().settled()
}

/** Another person signs in on the same device, or nobody is signed in. */
async function sitsDown(who: string | null): Promise<void> {
  signedIn = who
  await useSession().refresh()
}

beforeEach(async () => {
  vi.unstubAllGlobals()
  localStorage.clear()
  sessionStorage.clear()
  signedIn = 'AN'
  service = new FakeService()
  service.answer('GET /session', () =>
    signedIn ? { ...session(signedIn), userId: signedIn } : new Refusal('session.none'),
  )
  service.answer('GET /session/draft-key', () => (signedIn ? { key: KEYS[signedIn] } : new Refusal('session.none')))
  await openWindow()
})

describe.each<{ whose: string; owner: DraftOwner }>([
  { whose: 'of a person', owner: 'person' },
  { whose: 'of the holder of a link', owner: link },
  { whose: 'of this window', owner: 'window' },
])('a draft $whose', ({ owner }) => {
  it('is there again on another screen and after a reload, and the device shows nothing of it', async () => {
    const first = await draft(owner)
    first.values.password = 'Secret#2026'
    await type(first, 'NGUYEN VAN AN')
    expect(first.savedAt.value?.slice(0, 16)).toBe(NOW.slice(0, 16))
    expect((await draft(owner)).values).toBe(first.values)
    expect(raw()).not.toMatch(/NGUYEN|Secret|details/)

    await openWindow()
    const second = await draft(owner)
    expect(second.values).toEqual({ name: 'NGUYEN VAN AN', password: '' })
    expect(second.restored.value).toBe(true)
  })

  it('is wiped when the task is done, and begins anew', async () => {
    const done = await draft(owner)
    await type(done, 'NGUYEN VAN AN')
    done.forget()
    expect((await draft(owner)).values.name).toBe('')
    expect(kept()).toEqual([])
  })

  it('leaves nothing when everything typed is taken away again', async () => {
    const opened = await draft(owner)
    await type(opened, 'NGUYEN VAN AN')
    expect(kept()).toHaveLength(1)
    await type(opened, '')
    expect(kept()).toEqual([])
  })

  it('works in memory where storage is blocked or Web Crypto is missing', async () => {
    vi.stubGlobal('localStorage', blockedStorage)
    const opened = await draft(owner)
    await type(opened, 'NGUYEN VAN AN')
    expect(opened.savedAt.value).toBeNull()
    expect((await draft(owner)).values.name).toBe('NGUYEN VAN AN')

    vi.stubGlobal('localStorage', storage)
    vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
    await openWindow()
    const insecure = await draft(owner)
    await type(insecure, 'NGUYEN VAN AN')
    expect(insecure.savedAt.value).toBeNull()
    expect(kept()).toEqual([])
  })

  it('keeps what is typed before the device has been read', async () => {
    await type(await draft(owner), 'NGUYEN VAN AN')
    await openWindow()
    const early = useDraft('details', initial, { owner, secret: ['password'] })
    early.values.name = 'TRAN'
    await useDrafts().settled()
    expect(early.values.name).toBe('TRAN')
  })
})

describe('another person on the same device', () => {
  it('finds nothing of the one before, who finds everything again', async () => {
    await type(await draft(), 'NGUYEN VAN AN')
    await sitsDown(null)
    await sitsDown('BINH')
    const other = await draft()
    expect(other.values.name).toBe('')
    await type(other, 'LE VAN BINH')
    expect(kept()).toHaveLength(2)
    await sitsDown(null)
    await sitsDown('AN')
    expect((await draft()).values.name).toBe('NGUYEN VAN AN')
  })

  it('finds nothing in another window either, though the page there has not noticed yet', async () => {
    signedIn = 'BINH'
    const opened = await draft()
    await type(opened, 'NGUYEN VAN AN')
    expect(kept()).toEqual([])
    expect(opened.values.name).toBe('NGUYEN VAN AN')
  })

  it('finds nothing that was typed with another link', async () => {
    await type(await draft(link), 'NGUYEN VAN AN')
    expect((await draft({ ...link, link: 'another' })).values.name).toBe('')
  })

  it('finds nothing that was typed in this window before the logout, nor in another window', async () => {
    const opened = await draft('window')
    await type(opened, 'NGUYEN VAN AN')
    await sitsDown(null)
    await useDrafts().settled()
    expect((await draft('window')).values.name).toBe('')
    await type(await draft('window'), 'TRAN')
    sessionStorage.clear()
    await openWindow()
    expect((await draft('window')).values.name).toBe('')
  })
})

describe('the end of a session', () => {
  it('keeps the last letter, and the login brings all back', async () => {
    const opened = await draft()
    opened.values.name = 'NGUYEN VAN AN'
    await sitsDown(null)
    await useDrafts().settled()
    await sitsDown('AN')
    expect((await draft()).values.name).toBe('NGUYEN VAN AN')
  })
})

describe('a key that does not come', () => {
  it('is asked for again at the next letter, and nothing kept is written over', async () => {
    await type(await draft(), 'NGUYEN VAN AN')
    await openWindow()
    service.answer('GET /session/draft-key', () => UNREACHABLE)
    const opened = await draft()
    expect(opened.opened.value).toBe(true)
    expect(opened.values.name).toBe('')
    service.answer('GET /session/draft-key', () => ({ key: KEYS['AN'] }))
    opened.values.password = 'x'
    await nextTick()
    await useDrafts().settled()
    expect(opened.values.name).toBe('NGUYEN VAN AN')
  })
})

describe('a change of password, and of the key with it', () => {
  const NEW_KEY = 'C'.repeat(42) + 'A'
  const changePassword = () =>
    useChange().carryDrafts(() => {
      service.answer('GET /session/draft-key', () => ({ key: NEW_KEY }))
      return Promise.resolve('changed')
    })

  it('keeps what was typed and not sent, and nothing that the old key opens', async () => {
    const opened = useChange().email()
    await opened.ready()
    opened.values.email = 'an@mirai.example.jp'
    await nextTick()
    await useDrafts().settled()
    await openWindow()
    expect(await changePassword()).toBe('changed')
    expect(kept()).toHaveLength(1)
    await openWindow()
    const again = useChange().email()
    await again.ready()
    expect(again.values.email).toBe('an@mirai.example.jp')
    service.answer('GET /session/draft-key', () => ({ key: KEYS['AN'] }))
    await openWindow()
    const byOldKey = useChange().email()
    await byOldKey.ready()
    expect(byOldKey.values.email).toBe('')
  })

  it('keeps nothing where nothing was typed', async () => {
    await changePassword()
    expect(kept()).toEqual([])
  })
})

describe('the start of the program', () => {
  it('removes what has expired by the clock of the service', async () => {
    await type(await draft(link), 'NGUYEN VAN AN')
    useDrafts().tidy()
    expect(kept()).toHaveLength(1)
    service.answer('GET /health', () => ({
      status: 'ok',
      version: '0.1.0',
      now: link.until,
      training: false,
      mailFrom: 'example.jp',
      database: { status: 'ok', migration: '0001' },
      mail: { queued: 0, failed: 0 },
    }))
    await openWindow()
    useDrafts().tidy()
    expect(kept()).toEqual([])
  })

  it('removes nothing while it is not known what time it is', async () => {
    await type(await draft(link), 'NGUYEN VAN AN')
    service.answer('GET /health', () => UNREACHABLE)
    await openWindow()
    useDrafts().tidy()
    expect(kept()).toHaveLength(1)
  })
})
