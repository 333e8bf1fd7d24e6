import { beforeEach, describe, expect, it } from 'vitest'
import { ACTIVITIES, type Activity } from '#contract/http/account/my-page'
import { byDay, canBeDisowned } from '../../../src-renderer/screens/activity/activity-kinds'
import { open, type Page, settle, text } from '../support/page'
import { account } from '../support/people'
import { FakeService, NOW, Refusal, UNREACHABLE } from '../support/service'

let service: FakeService

const event = (kind: Activity['kind'], changes: Partial<Activity> = {}): Activity => ({
  id: `${kind} ${changes.at ?? ''}`,
  at: NOW,
  kind,
  device: 'Microsoft Edge, Windows',
  subject: null,
  ...changes,
})

const rows = () => [...document.querySelectorAll('.activity > li')].map(text)
const dialog = () => document.querySelector<HTMLElement>('[role=alertdialog]')

beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
  service = new FakeService()
  service.signedIn()
  service.answer('GET /account', () => account())
  service.answer('GET /account/activity', () => ({ items: [event('session.opened')], total: 1 }))
  service.answer('POST /account/not-me', () => {
    service.answer('GET /session', () => new Refusal('session.none'))
    service.answer('POST /session/extension', () => new Refusal('session.none'))
  })
})

describe('the record of what happened', () => {
  it('is read day by day, with the time, what it was and on which device', async () => {
    service.answer('GET /account/activity', () => ({
      items: [
        event('session.opened'),
        event('mail.failed', { at: '2026-11-21T15:00:00.000Z', device: null, subject: '【入管庁】テストメール' }),
        event('receipt.registered', { at: '2026-11-21T14:59:59.000Z', subject: '在1番Y25071798' }),
      ],
      total: 3,
    }))
    await open('/my-page/activity')
    expect([...document.querySelectorAll('.activity__date')].map(text)).toEqual(['2026年11月22日', '2026年11月21日'])
    expect(rows()).toEqual([
      expect.stringMatching(/^15時57分ログインしました端末：Microsoft Edge, Windows/),
      expect.stringMatching(/^0時00分メールを送れませんでした【入管庁】テストメール$/),
      expect.stringMatching(/^23時59分証明書を受領登録しました在1番Y25071798/),
    ])
  })

  it.each(['ja', 'en'] as const)('has plain words for everything that the service can tell (%s)', async (language) => {
    service.answer('GET /account/activity', () => ({
      items: ACTIVITIES.map((kind) => event(kind)),
      total: ACTIVITIES.length,
    }))
    await open('/my-page/activity', language)
    const words = [...document.querySelectorAll('.activity strong')].map(text)
    expect(words).toHaveLength(ACTIVITIES.length)
    expect(new Set(words).size).toBe(words.length)
    for (const word of words) expect(word).not.toMatch(/activity|\w\.\w/)
  })

  it('offers 「これは自分ではない」 where a person acted, not where something happened by itself', () => {
    expect(ACTIVITIES.filter((kind) => !canBeDisowned(kind))).toEqual([
      'account.registered',
      'account.imported',
      'account.approved',
      'account.not-me',
      'account.test-mail',
      'session.closed',
      'mail.sent',
      'mail.queued',
      'mail.failed',
    ])
  })

  it('has pages like the list of receipts, by the address', async () => {
    const items = Array.from({ length: 20 }, (_, place) => event('session.opened', { id: String(place) }))
    service.answer('GET /account/activity', ({ query }) => ({
      items: query.get('page') === '2' ? [] : items,
      total: 41,
    }))
    const page = await open('/my-page/activity')
    expect(page.reads('41件のうち 1～20件')).toBe(true)
    await page.press('3 ページ')
    expect(page.path).toBe('/my-page/activity?page=3')
    await page.router.push('/my-page/activity?page=2')
    await settle()
    expect(page.reads('このページはありません。')).toBe(true)
  })

  it('keeps the order of the service and loses nothing when it is parted into days', () => {
    const items = ['2026-11-22', '2026-11-22', '2026-11-21', '2026-11-22'].map((day, place) =>
      event('session.opened', { id: String(place), at: `${day}T03:00:00.000Z` }),
    )
    const days = byDay(items, (at) => at.slice(0, 10))
    expect(days.map(({ day }) => day)).toEqual(['2026-11-22', '2026-11-21', '2026-11-22'])
    expect(days.flatMap((day) => day.items)).toEqual(items)
  })
})

describe('これは自分ではない', () => {
  async function ask(): Promise<Page> {
    const page = await open('/my-page/activity')
    await page.press('これは自分ではない：ログインしました、2026年11月22日 15時57分')
    return page
  }

  it('says what will happen, and does nothing when it is closed', async () => {
    const page = await ask()
    for (const part of [
      '15時57分',
      'Microsoft Edge',
      'ロックします',
      'この端末もログアウト',
      '1時間有効',
      'そのまま残ります',
    ])
      expect(text(dialog())).toContain(part)
    await page.press('閉じる', document)
    expect(dialog()).toBeNull()
    expect(service.bodiesOf('POST /account/not-me')).toEqual([])
  })

  it('locks and logs out, and says what was done and what to do next', async () => {
    const page = await ask()
    await page.press('ロックしてログアウトする', document)
    expect(service.bodiesOf('POST /account/not-me')).toHaveLength(1)
    expect(page.path).toBe('/not-me')
    expect(page.heading).toBe('利用者IDのロック')
    expect(page.reads('2026年11月22日 15時57分に、利用者IDをロックしました')).toBe(true)
    expect(page.reads('新しいパスワードを決める')).toBe(true)
    expect(text(document.querySelector('header'))).not.toContain('NGUYEN VAN AN')
  })

  it('says it again after a reload, but never when nothing was done', async () => {
    sessionStorage.setItem('zairyu.not-me', NOW)
    expect((await open('/not-me')).reads('利用者IDをロックしました')).toBe(true)
    sessionStorage.clear()
    expect((await open('/not-me')).reads('ロックしました')).toBe(false)
  })

  it('says when it could not be done, and can be tried again', async () => {
    service.answer('POST /account/not-me', () => UNREACHABLE)
    const page = await ask()
    await page.press('ロックしてログアウトする', document)
    expect(text(dialog())).toContain('サーバーにつながりません')
    expect(page.path).toBe('/my-page/activity')
  })
})
