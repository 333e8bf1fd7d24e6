import { beforeEach, describe, expect, it } from 'vitest'
import type { Language } from '#domain/language'
import { usePreferences } from '../../../src-renderer/stores/preferences'
import { open, settle, text } from '../support/page'
import { FakeService } from '../support/service'

const NEWS = {
  id: 'pause',
  publishedAt: '2026-11-22T00:00:00.000Z',
  important: false,
  title: { ja: String.raw`{休止|きゅうし}のお{知|し}らせ \{1}`, en: 'Pause {a|b}' },
  body: { ja: '{窓口|まどぐち}は**{休止|きゅうし}**します。', en: 'The counter {is|は} closed.' },
}
let news: typeof NEWS

beforeEach(() => {
  news = structuredClone(NEWS)
  localStorage.clear()
  const service = new FakeService()
  service.answer('GET /announcements', () => ({ items: [news], total: 1 }))
  service.answer('GET /announcements/:id', () => news)
})

async function openWith(path: string, readings: boolean, language: Language = 'ja') {
  const page = await open(path, language)
  if (readings) usePreferences().chooseReadings(true)
  await settle()
  return page
}
const ruby = (where: string) =>
  [...document.querySelectorAll(`${where} ruby`)].map(
    (one) => `${one.firstChild?.textContent}=${text(one.querySelector('rt'))}`,
  )
/** Without readings. */
function said(element: Element): string {
  const copy = element.cloneNode(true) as Element
  for (const reading of copy.querySelectorAll('rt, rp')) reading.remove()
  return text(copy)
}
const TITLE = ['休止=きゅうし', '知=し']

describe('the readings of an announcement', () => {
  it.each(['/', '/announcements'])('stand over its title on %s', async (path) => {
    await openWith(path, true)
    expect(ruby('.news__link')).toEqual(TITLE)
  })

  it('stand over title and text on its own screen, and in no name', async () => {
    const page = await openWith('/announcements/pause', true)
    expect(ruby('h1')).toEqual(TITLE)
    expect(ruby('[aria-current=page]')).toEqual(TITLE)
    expect(ruby('.safe-text')).toEqual(['窓口=まどぐち', '休止=きゅうし'])
    expect(ruby('.safe-text strong')).toEqual(['休止=きゅうし'])
    expect(document.title).toContain('】休止のお知らせ {1}')
    expect(said(page.main)).not.toContain('ふりがなのない')
    expect(document.documentElement.outerHTML).not.toMatch(/[\uE000-\uE002]/)
  })

  it.each(['/', '/announcements', '/announcements/pause'])('vanish from %s without the switch', async (path) => {
    const page = await openWith(path, false)
    expect(page.main.querySelector('ruby')).toBeNull()
    expect(page.reads('休止のお知らせ {1}')).toBe(true)
    expect(text(page.main)).not.toContain('|')
    expect(page.reads('ふりがなのない漢字')).toBe(false)
  })

  it('are no readings in another language: braces are braces', async () => {
    const page = await openWith('/announcements/pause', true, 'en')
    expect(page.heading).toBe('Pause {a|b}')
    expect(page.reads('The counter {is|は} closed.')).toBe(true)
    expect(page.main.querySelector('ruby')).toBeNull()
  })

  it('are missed in words where somebody reads with them', async () => {
    news.body.ja = '{窓口|まどぐち}は休みます。'
    const page = await openWith('/announcements/pause', true)
    expect([...page.main.querySelectorAll('p')].map(said)).toContain('このお知らせには、ふりがなのない漢字があります。')
  })

  it('are shown as they were stored where they are mistaken', async () => {
    news.body.ja = '{窓口|'
    const page = await openWith('/announcements/pause', true)
    expect(page.reads('{窓口|')).toBe(true)
  })
})
