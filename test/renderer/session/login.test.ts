import { beforeEach, describe, expect, it } from 'vitest'
import { open } from '../support/page'
import { FakeService, receipt, Refusal, session, UNREACHABLE, NOW } from '../support/service'

let service: FakeService

beforeEach(() => {
  service = new FakeService()
  service.answer('GET /receipts', () => ({ items: [receipt('在1番Y25071798')], total: 1, asOf: NOW }))
})

async function tryLogin(
  page: Awaited<ReturnType<typeof open>>,
  userId: string,
  password = 'Secret#2026',
): Promise<void> {
  await page.type('利用者ID', userId)
  await page.type('パスワード', password)
  await page.press('ログイン')
}

describe('logging in', () => {
  it('leads to the receipt list', async () => {
    service.answer('POST /session', () => session())
    const page = await open('/login')
    expect(page.heading).toBe('利用者ログイン')
    await tryLogin(page, 'old-id-1')
    expect(page.path).toBe('/receipts')
    expect(page.reads('NGUYEN VAN AN')).toBe(true)
  })

  it.each([
    { to: '/my-page/details', lands: '/my-page/details' },
    { to: '//evil.example', lands: '/receipts' },
    { to: 'https://evil.example', lands: '/receipts' },
    { to: '/nowhere/at/all', lands: '/receipts' },
  ])('leads to $lands when it was asked for by $to', async ({ to, lands }) => {
    service.answer('POST /session', () => session())
    service.answer('GET /account', () => new Refusal('service.busy'))
    const page = await open(`/login?to=${encodeURIComponent(to)}`)
    await tryLogin(page, 'old-id-1')
    expect(page.path).toBe(lands)
  })

  it('asks about a wrong check character first, and sends the ID when it is pressed again', async () => {
    service.answer('POST /session', () => new Refusal('session.wrong', { triesLeft: 4 }))
    const page = await open('/login')
    await tryLogin(page, 'k7rm 2xq9 pb')
    expect(service.bodiesOf('POST /session')).toEqual([])
    expect(page.mistakes).toHaveLength(1)
    expect(page.field('利用者ID').getAttribute('aria-invalid')).toBe('true')
    expect(page.field('パスワード').getAttribute('aria-invalid')).toBeNull()
    await page.press('ログイン')
    expect(service.bodiesOf('POST /session')).toHaveLength(1)
  })

  it('marks both fields after a wrong password and says in the summary alone how many tries are left', async () => {
    service.answer('POST /session', () => new Refusal('session.wrong', { triesLeft: 3 }))
    const page = await open('/login')
    await tryLogin(page, 'old-id-1')
    expect(document.activeElement).toBe(page.summary)
    expect(page.summary?.textContent).toContain('あと3回')
    for (const label of ['利用者ID', 'パスワード']) expect(page.field(label).getAttribute('aria-invalid')).toBe('true')
    expect(document.querySelector('form')?.textContent).not.toContain('あと3回')
    expect(page.field('利用者ID').value).toBe('old-id-1')
  })

  it('tells a locked ID when it can be used again, and how long that is', async () => {
    service.answer('POST /session', () => new Refusal('session.locked', { until: '2026-11-23T06:49:00.000Z' }))
    const page = await open('/login')
    await tryLogin(page, 'old-id-1')
    expect(page.reads('2026年11月23日 15時49分')).toBe(true)
    expect(page.reads('あと 23時間52分')).toBe(true)
    await page.press('ログインへ戻る')
    expect(page.field('パスワード').value).toBe('')
  })

  it('keeps what was typed when the service cannot be reached', async () => {
    service.answer('POST /session', () => UNREACHABLE)
    const page = await open('/login')
    await tryLogin(page, 'old-id-1')
    expect(page.summary).not.toBeNull()
    expect(page.field('パスワード').value).toBe('Secret#2026')
  })

  it('says that the browser has not kept the login, instead of coming back without a word', async () => {
    service.keepsCookies = false
    service.answer('POST /session', () => session())
    const page = await open('/login')
    await tryLogin(page, 'old-id-1')
    expect(page.path).toBe('/login')
    expect(document.activeElement).toBe(page.summary)
    expect(page.summary?.textContent).toContain('Cookie')
    expect(page.reads('NGUYEN VAN AN')).toBe(false)
    expect(page.field('パスワード').value).toBe('Secret#2026')
  })

  it('believes a login after which the line goes down', async () => {
    service.answer('POST /session', () => session())
    const page = await open('/login')
    service.keepsCookies = false
    service.answer('GET /session', () => UNREACHABLE)
    await tryLogin(page, 'old-id-1')
    expect(page.path).toBe('/receipts')
  })

  it('leads from a screen that needs a session through the login back to it', async () => {
    service.answer('POST /session', () => session())
    const page = await open('/receipts?page=1&size=50')
    expect(page.heading).toBe('利用者ログイン')
    await tryLogin(page, 'old-id-1')
    expect(page.path).toBe('/receipts?page=1&size=50')
  })
})

describe('logging out', () => {
  it('asks, then ends on the top page with a word of it', async () => {
    service.signedIn()
    service.answer('DELETE /session', () => undefined)
    const page = await open('/logout')
    expect(page.heading).toBe('利用者ログアウト確認')
    await page.press('ログアウトする')
    expect(page.path).toBe('/')
    expect(page.reads('ログアウトしました')).toBe(true)
  })
})
