import { beforeEach, describe, expect, it } from 'vitest'
import { clerk, counts } from '../support/counter'
import { open } from '../support/page'
import { FakeService, NOW, Refusal } from '../support/service'

let service: FakeService
beforeEach(() => {
  sessionStorage.clear()
  service = new FakeService()
  service.answer('GET /staff/session', () => new Refusal('staff.none'))
  service.answer('GET /staff/applications', () => ({ items: [], total: 0, counts: counts() }))
})

describe('the login of staff', () => {
  it('stands before every screen behind the counter and leads back to it', async () => {
    service.answer('POST /staff/session', () => clerk())
    const page = await open('/staff?state=failed')
    expect(page.heading).toBe('職員ログイン')
    await page.type('ログイン名', ' Hanako ')
    await page.type('パスワード', 'correct horse battery')
    await page.press('ログイン')
    expect(service.bodiesOf('POST /staff/session')).toEqual([
      { loginName: 'hanako', password: 'correct horse battery' },
    ])
    expect(page.path).toBe('/staff?state=failed')
    expect(page.reads('佐藤 花子')).toBe(true)
  })

  it.each(['/my-page', '//evil.example', '/staff/login', '/staffing'])('does not lead to %s', async (to) => {
    service.answer('POST /staff/session', () => clerk())
    const page = await open(`/staff/login?to=${encodeURIComponent(to)}`)
    await page.type('ログイン名', 'hanako')
    await page.type('パスワード', 'correct horse battery')
    await page.press('ログイン')
    expect(page.path).toBe('/staff')
  })

  it('marks both fields and says how many tries are left', async () => {
    service.answer('POST /staff/session', () => new Refusal('staff.wrong', { triesLeft: 2 }))
    const page = await open('/staff/login')
    await page.type('ログイン名', 'hanako')
    await page.type('パスワード', 'wrong')
    await page.press('ログイン')
    expect(page.summary?.textContent).toContain('あと2回')
    for (const label of ['ログイン名', 'パスワード'])
      expect(page.field(label).getAttribute('aria-invalid')).toBe('true')
  })

  it('says that the browser has not kept the login, and nothing of a time of logout', async () => {
    service.keepsCookies = false
    service.answer('POST /staff/session', () => clerk())
    const page = await open('/staff/login')
    await page.type('ログイン名', 'hanako')
    await page.type('パスワード', 'correct horse battery')
    await page.press('ログイン')
    expect(page.path).toBe('/staff/login')
    expect(page.summary?.textContent).toContain('Cookie')
    expect(page.reads('ログアウトしました')).toBe(false)
  })

  it.each([
    { when: 'before its time', deadline: '2026-11-22T07:12:00.000Z', told: false },
    { when: 'at its time', deadline: NOW, told: true },
  ])('speaks of a logout by itself only where there was one: the session is gone $when', async ({ deadline, told }) => {
    service.answer('GET /staff/session', () => clerk({ deadline }))
    await open('/staff')
    service.answer('GET /staff/session', () => new Refusal('staff.none'))
    const page = await open('/staff')
    expect(page.path).toContain('/staff/login')
    expect(page.reads('ログアウトしました')).toBe(told)
  })

  it('has a frame of its own, and the applicants’ screens keep theirs', async () => {
    const page = await open('/staff/login')
    expect(document.querySelector('.staff-header')).not.toBeNull()
    expect(document.querySelector('.site-header')).toBeNull()
    expect(document.documentElement.dataset['density']).toBe('compact')
    await page.router.push('/')
    expect(document.querySelector('.staff-header')).toBeNull()
    expect(document.documentElement.dataset['density']).toBeUndefined()
  })

  it('shows the administration to admins alone', async () => {
    for (const role of ['clerk', 'admin'] as const) {
      service.answer('GET /staff/session', () => clerk({ role }))
      const page = await open('/staff')
      expect([role, document.querySelector('.staff-header nav')?.textContent?.includes('管理')]).toEqual([
        role,
        role === 'admin',
      ])
      expect(page.heading).toBe('申請一覧')
    }
  })
})
