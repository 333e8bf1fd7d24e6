import { beforeEach, describe, expect, it, vi } from 'vitest'
import { clerk, counts } from '../support/counter'
import { open, settle, text } from '../support/page'
import { FakeService, Refusal } from '../support/service'

let service: FakeService
const alarm = () => document.querySelector<HTMLElement>('.mail-alarm')

beforeEach(() => {
  service = new FakeService()
  service.answer('GET /staff/session', () => clerk())
  service.answer('GET /staff/applications', () => ({ items: [], total: 0, counts: counts({ examining: 0 }) }))
})

describe('the alarm below the header of staff', () => {
  it.each([
    ['stopped', 'メールの送信が止まっています。1通も送られていません。'],
    ['waiting', 'こちらの原因で、送れていないメールがあります。'],
  ] as const)('says that mail is %s, and leads an admin to the outbox', async (state, words) => {
    service.mailGoes(state)
    service.answer('GET /staff/session', () => clerk({ role: 'admin' }))
    service.answer('GET /staff/mails', () => ({
      items: [],
      total: 0,
      counts: { queued: 0, sent: 0, failed: 0, withdrawn: 0 },
      trouble: { stopped: null, waiting: [] },
      failures: [],
    }))
    const page = await open('/staff')
    expect(text(alarm()?.querySelector('p'))).toBe(words)
    expect(alarm()?.closest('[role=status]')).not.toBeNull()
    await page.press('送信箱を見る', alarm() ?? undefined)
    expect(page.path).toBe('/staff/admin/mails')
  })

  it('asks a clerk, who cannot mend it, to tell an admin', async () => {
    service.mailGoes('stopped')
    await open('/staff')
    expect(text(alarm()?.querySelector('p'))).toBe(
      'メールの送信が止まっています。1通も送られていません。 管理者に知らせてください。',
    )
    expect(alarm()?.querySelector('a')).toBeNull()
  })

  it('says nothing while mail goes out, nor to somebody who is not signed in', async () => {
    await open('/staff')
    expect(alarm()).toBeNull()
    service.mailGoes('stopped')
    service.answer('GET /staff/session', () => new Refusal('session.none'))
    const page = await open('/staff/login')
    expect(page.path).toBe('/staff/login')
    expect(alarm()).toBeNull()
  })

  it('comes and goes while the page stays open', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      await open('/staff')
      expect(alarm()).toBeNull()
      service.mailGoes('waiting')
      await vi.advanceTimersByTimeAsync(60_000)
      await settle()
      expect(alarm()).not.toBeNull()
      service.mailGoes(null)
      await vi.advanceTimersByTimeAsync(60_000)
      await settle()
      expect(alarm()).toBeNull()
    } finally {
      vi.useRealTimers()
    }
  })
})
