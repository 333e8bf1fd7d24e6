import { beforeEach, describe, expect, it } from 'vitest'
import { clerk, counts, item } from '../support/counter'
import { open, settle, text } from '../support/page'
import { FakeService, Refusal } from '../support/service'

let service: FakeService
const wishes = () =>
  service.asked.filter(({ call }) => call === 'GET /staff/applications').map(({ at }) => Object.fromEntries(at.query))
const press = async (key: string) => {
  const on = document.activeElement ?? document.body
  on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  await settle()
}

beforeEach(() => {
  localStorage.clear()
  service = new FakeService()
  service.answer('GET /staff/session', () => clerk())
  service.answer('GET /staff/applications', () => ({
    items: [item(), item({ id: 'a2', receiptNumber: 'TYO-2026-000002', state: 'failed' })],
    total: 45,
    counts: counts({ examining: 44, failed: 1 }),
  }))
})

describe('the work list', () => {
  it('asks for what its address says, and what does not fit there is as at first', async () => {
    await open('/staff?state=sent&q=TYO&sort=receiptNumber&page=2&size=50')
    await open('/staff?state=lost&sort=colour&page=-1&size=7')
    expect(wishes()).toEqual([
      { state: 'sent', q: 'TYO', sort: 'receiptNumber', page: '2', size: '50' },
      { sort: '-updatedAt', page: '1', size: '20' },
    ])
  })

  it('keeps everything in the address: tabs, search, order and pages', async () => {
    const page = await open('/staff')
    expect([...document.querySelectorAll('.tabs a')].map(text)).toEqual([
      'すべて 45',
      '受付 0',
      '審査中 44',
      '交付 0',
      '送信失敗 1',
      '送信済 0',
      '受領登録済 0',
      '期限経過 0',
      '不交付 0',
    ])
    await page.press('審査中 44')
    expect(page.path).toBe('/staff?state=examining')
    await page.type('受付番号・利用者ID・氏名・証明書番号', ' tran ')
    await page.press('探す')
    expect(page.path).toBe('/staff?state=examining&q=tran')
    await page.press('受付番号')
    expect(page.path).toBe('/staff?state=examining&q=tran&sort=-receiptNumber')
    await page.press('3 ページ')
    expect(page.path).toBe('/staff?state=examining&q=tran&sort=-receiptNumber&page=3')
    await page.press('すべて 45')
    expect(page.path).toBe('/staff?q=tran&sort=-receiptNumber')
  })

  it('is walked with j, k and the arrows, and searched with a slash', async () => {
    await open('/staff')
    const row = () => text(document.activeElement)
    await press('j')
    expect(row()).toBe('TYO-2026-000001')
    await press('ArrowDown')
    expect(row()).toBe('TYO-2026-000002')
    await press('j')
    expect(row()).toBe('TYO-2026-000002')
    await press('k')
    expect(row()).toBe('TYO-2026-000001')
    await press('/')
    expect(document.activeElement).toBe(document.querySelector('input[type=search]'))
    await press('j')
    expect(document.activeElement).toBe(document.querySelector('input[type=search]'))
  })

  it('lets single keys be turned off, which this machine remembers', async () => {
    await open('/staff')
    document.querySelector<HTMLInputElement>('input[type=checkbox]')?.click()
    await settle()
    await open('/staff')
    await press('/')
    expect(document.activeElement).not.toBe(document.querySelector('input[type=search]'))
  })

  it('says why it is empty', async () => {
    service.answer('GET /staff/applications', () => ({ items: [], total: 0, counts: counts({ examining: 0 }) }))
    const page = await open('/staff?q=nobody')
    expect(page.reads('当てはまる申請はありません')).toBe(true)
    await page.press('条件を消す')
    expect(page.path).toBe('/staff')
    expect(page.reads('窓口で受け付けると、ここに並びます。')).toBe(true)
  })

  it('says so when the service cannot answer', async () => {
    service.answer('GET /staff/applications', () => new Refusal('service.busy'))
    const page = await open('/staff')
    expect(page.reads('ただいま混み合っています')).toBe(true)
  })
})
