import { beforeEach, describe, expect, it } from 'vitest'
import { useToast } from '../../../src-renderer/composables/toast'
import { useFailure } from '../../../src-renderer/stores/failure'
import { open, settle, text } from '../support/page'
import { FakeService, NOW, Refusal, session, UNREACHABLE } from '../support/service'

let service: FakeService
const announcement = (id: string, title: string) => ({
  id,
  publishedAt: '2026-11-20T00:00:00.000Z',
  title: { ja: title, en: `${title} (English)` },
  body: { ja: '一行目。\n\n二行目。', en: 'First.\n\nSecond.' },
})

beforeEach(() => {
  service = new FakeService()
})

describe('every screen', () => {
  it('has one h1, its name in the title, and a breadcrumb that starts with ホーム', async () => {
    const page = await open('/contact')
    expect(document.querySelectorAll('h1')).toHaveLength(1)
    expect(document.title).toBe('【在留申請オンラインシステム】お問い合わせ先')
    expect(text(document.querySelector('nav.breadcrumb'))).toBe('ホームお問い合わせ先')
    expect(page.main.tagName).toBe('MAIN')
  })

  it('gets the focus on its heading after a move, and is said aloud', async () => {
    const page = await open('/')
    expect(document.activeElement).toBe(document.body)
    await page.press('お知らせ一覧')
    expect(page.path).toBe('/announcements')
    expect(document.activeElement).toBe(document.querySelector('h1'))
    expect(text(document.querySelector('[aria-live=polite]'))).toBe('お知らせ一覧を表示しました')
  })

  it('tells an address that leads nowhere', async () => {
    expect((await open('/no/such/screen')).heading).toBe('ページが見つかりません')
  })

  it('closes a toast with the next screen', async () => {
    const page = await open('/')
    useToast().show('受領登録をしました')
    await settle()
    expect(page.reads('受領登録をしました')).toBe(true)
    await page.press('お知らせ一覧')
    expect(page.reads('受領登録をしました')).toBe(false)
  })
})

describe('the header', () => {
  it('offers to register and to log in', async () => {
    await open('/contact')
    expect(text(document.querySelector('header'))).toContain('新規登録ログイン')
  })

  it('names who is signed in, whole where it is cut off, and the login before', async () => {
    const name = 'MARIA GUADALUPE FERNANDEZ DE LA CRUZ RODRIGUEZ'
    service.answer('GET /session', () => ({ ...session(name), previousLoginAt: '2025-07-28T01:12:00.000Z' }))
    service.answer('GET /receipts', () => ({ items: [], total: 0, asOf: NOW }))
    await open('/receipts')
    const header = document.querySelector('header')
    expect(text(header)).toContain('前回ログイン日時 2025年7月28日 10時12分')
    expect(text(header)).not.toContain('新規登録')
    expect(header?.querySelector(`[title="${name}"]`)?.textContent).toBe(name)
  })

  it('names every language in itself', async () => {
    await open('/')
    const options = [...document.querySelectorAll('select[aria-label=Language] option')].map(text)
    expect(options).toEqual([
      '日本語',
      'やさしい日本語',
      'English',
      '中文(简体字)',
      '中文(繁體字)',
      '한국어',
      'Español',
      'Tiếng Việt',
      'Tagalog',
    ])
  })
})

describe('a change of language', () => {
  it('keeps what was typed and changes title, screen and html[lang]', async () => {
    const page = await open('/procedures')
    await page.type('手続きのことば', '受領')
    await page.speak('en')
    expect(document.title).toBe('【Online Residence Application System】Search procedures')
    expect(page.field('Words to look for').value).toBe('受領')
    expect(page.heading).toBe('Search procedures')
  })
})

describe('a change of colours', () => {
  it('is shown, marked and remembered', async () => {
    const page = await open('/')
    await page.press('黒', document)
    expect(document.documentElement.dataset['scheme']).toBe('black')
    expect(page.control('黒').getAttribute('aria-pressed')).toBe('true')
    expect(localStorage.getItem('zairyu.scheme')).toBe('black')
  })
})

describe('a screen that needs a session', () => {
  it('leads through the login', async () => {
    const page = await open('/my-page/details?x=1')
    expect(page.path).toBe('/login?to=/my-page/details?x=1')
  })

  it('is shown instead of the login to somebody who is signed in', async () => {
    service.signedIn()
    service.answer('GET /receipts', () => ({ items: [], total: 0, asOf: NOW }))
    expect((await open('/login?to=/receipts')).path).toBe('/receipts')
  })
})

describe('the service is away', () => {
  it('says so, and stops saying so when it is back', async () => {
    const page = await open('/contact')
    service.answer('GET /announcements', () => UNREACHABLE)
    await page.press('ホーム')
    expect(page.reads('サーバーにつながりません')).toBe(true)
    service.answer('GET /announcements', () => ({ items: [announcement('a', '点検のお知らせ')], total: 1 }))
    await page.press('もう一度つなぐ', document)
    await page.press('もう一度試す')
    expect(page.reads('サーバーにつながりません')).toBe(false)
    expect(page.reads('点検のお知らせ')).toBe(true)
  })
})

describe('training', () => {
  it('is written on every screen, with the clock of the service', async () => {
    service.answer('GET /health', () => ({
      status: 'ok',
      version: '0.1.0',
      now: NOW,
      training: true,
      mailFrom: 'example.jp',
      database: { status: 'ok', migration: '0001' },
      mail: { queued: 0, failed: 0 },
    }))
    const page = await open('/contact')
    expect(page.reads('TRAINING')).toBe(true)
    expect(page.reads('2026年11月22日 15時57分')).toBe(true)
    delete document.documentElement.dataset['mode']
  })
})

describe('announcements', () => {
  it('show the newest five on the top page', async () => {
    const items = [1, 2, 3, 4, 5, 6].map((number) => announcement(`a${number}`, `お知らせその${number}`))
    service.answer('GET /announcements', () => ({ items, total: 6 }))
    const page = await open('/')
    expect(page.reads('お知らせその5')).toBe(true)
    expect(page.reads('お知らせその6')).toBe(false)
  })

  it('say when none could be read', async () => {
    service.answer('GET /announcements', () => new Refusal('service.failed', { incident: '7F3K-22QD' }))
    const page = await open('/announcements')
    expect(page.reads('システムに問題が起きました')).toBe(true)
    expect(page.reads('7F3K-22QD')).toBe(true)
  })
})

describe('the search for procedures', () => {
  it('finds by the words of the reader, whatever their width or kana', async () => {
    const page = await open('/procedures')
    await page.type('手続きのことば', 'ログイン　ぱすわーど')
    expect(page.path).toContain('q=')
    expect(page.reads('2件の手続き')).toBe(true)
    expect(page.reads('ログインする')).toBe(true)
  })

  it('offers a way on where nothing fits', async () => {
    const page = await open('/procedures?q=zzz')
    expect(page.reads('当てはまる手続きはありません')).toBe(true)
    await page.press('すべての手続きを表示する')
    expect(page.path).toBe('/procedures')
  })
})

describe('what nobody expected', () => {
  it('shows the number for the help desk and gives the screen back with everything typed', async () => {
    const page = await open('/procedures')
    await page.type('手続きのことば', '受領')
    useFailure().fail(Object.assign(new Error('x'), { incident: '7F3K-22QD' }))
    await settle()
    expect(page.heading).toBe('この画面を表示できません')
    expect(document.title).toBe('【在留申請オンラインシステム】この画面を表示できません')
    expect(page.reads('7F3K-22QD')).toBe(true)
    await page.press('もう一度試す')
    expect(page.heading).toBe('手続き検索')
    expect(page.field('手続きのことば').value).toBe('受領')
  })
})
