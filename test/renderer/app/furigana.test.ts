import { beforeEach, describe, expect, it } from 'vitest'
import {
  bracketReadings,
  encodeRuby,
  readingPieces,
  withoutReadings,
} from '../../../src-renderer/i18n/readings/readings'
import { usePreferences } from '../../../src-renderer/stores/preferences'
import { open, settle, text } from '../support/page'
import { FakeService } from '../support/service'

beforeEach(() => {
  new FakeService()
  localStorage.removeItem('zairyu.furigana')
  localStorage.removeItem('zairyu.easy-japanese')
})

const KANJI = /[\p{Script=Han}々]/u
const CARRIERS = /[\uE000-\uE002]/
/** Texts that a reader sees, without those over which a reading stands, and those that are no texts of the program. */
function bareTexts(): string[] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const bare: string[] = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement
    if (!parent || parent.closest('ruby, [translate=no], option, script, style')) continue
    if (KANJI.test(node.textContent ?? '')) bare.push(node.textContent ?? '')
  }
  return bare
}
async function withFurigana(path: string) {
  const page = await open(path)
  usePreferences().chooseReadings(true)
  await expect.poll(() => document.documentElement.dataset['furigana']).toBe('on')
  await settle()
  return page
}

describe('the switch for furigana', () => {
  it.each([
    '/',
    '/procedures',
    '/contact',
    '/login',
    '/register',
    '/register/email',
    '/code',
    '/forgot-id',
    '/verify',
    '/staff/login',
  ])('leaves no kanji of %s without a reading', async (path) => {
    await withFurigana(path)
    expect(bareTexts()).toEqual([])
    expect(document.body.innerHTML).not.toMatch(CARRIERS)
    expect(document.title).not.toMatch(CARRIERS)
  })

  it('changes no name: of buttons, links, headings or the window', async () => {
    const plain = await open('/login')
    const names = () =>
      [...document.querySelectorAll(':is([aria-label], [title]):not([data-spoken])')].map(
        (one) => one.getAttribute('aria-label') ?? one.getAttribute('title'),
      )
    /** What is named by its content. */
    const NAMED = 'h1, h2, h3, a[href], button:not([aria-label]), legend'
    const words = () => new Set([...document.querySelectorAll(NAMED)].map((one) => text(one).replace(/\s/g, '')))
    const before = { names: names(), title: document.title, heading: plain.heading, words: words() }
    await plain.press('ふりがな', document)
    await expect.poll(() => document.querySelectorAll('ruby').length).toBeGreaterThan(10)
    expect({ names: names(), title: document.title }).toEqual({ names: before.names, title: before.title })
    // Beside readings browsers would put spaces: there the words stand once more, as the name.
    await expect.poll(() => document.querySelectorAll('[data-spoken]').length).toBeGreaterThan(10)
    for (const one of document.querySelectorAll(':is(h1, h2, h3, a, button)[data-spoken]'))
      expect(before.words).toContain(one.getAttribute('aria-label')?.replace(/\s/g, ''))
    expect(document.querySelector('h1')?.getAttribute('aria-label')).toBe(before.heading)
    // What is read out is the word alone: a reading is hidden from it.
    for (const one of document.querySelectorAll('rt, rp')) expect(one.getAttribute('aria-hidden')).toBe('true')
    expect(document.querySelector('button.switch')?.getAttribute('aria-pressed')).toBe('true')
    await plain.press('ふりがな', document)
    await expect.poll(() => document.querySelectorAll('ruby').length).toBe(0)
    expect(plain.heading).toBe(before.heading)
    expect(document.querySelectorAll('[data-spoken]')).toHaveLength(0)
    expect(document.querySelectorAll('input:not([aria-labelledby], [aria-label])')).toHaveLength(0)
  })

  it('keeps what was typed, and is remembered', async () => {
    const page = await open('/procedures')
    await page.type('手続きのことば', '受領')
    await page.press('ふりがな', document)
    await expect.poll(() => document.querySelectorAll('ruby').length).toBeGreaterThan(10)
    expect(document.querySelector<HTMLInputElement>('input[type=search]')?.value).toBe('受領')
    expect(localStorage.getItem('zairyu.furigana')).toBe('on')
    await open('/')
    expect(usePreferences().readings).toBe(true)
  })

  it('is there for Japanese only, and offers the same screen in やさしい日本語', async () => {
    const page = await open('/', 'vi')
    expect(document.querySelector('button.switch')).toBeNull()
    await page.speak('ja')
    const before = text(page.main)
    const select = document.querySelector<HTMLSelectElement>('select[aria-label=Language]')
    if (!select) throw new Error('no menu of languages')
    select.value = 'ja-easy'
    select.dispatchEvent(new Event('change'))
    await expect.poll(() => text(document.querySelector('main'))).not.toBe(before)
    await settle()
    expect(document.documentElement.lang).toBe('ja')
    // Who chooses it reads kanji with trouble: readings come with it, and can be turned off.
    expect(usePreferences().readings).toBe(true)
    expect(select.value).toBe('ja-easy')
  })
})

describe('readings', () => {
  const carried = (written: string) => encodeRuby(written)

  it('stand over their word, in brackets, or not at all', () => {
    const message = carried('{審査|しんさ}が{終|お}わる')
    expect(readingPieces(message)).toEqual([
      { text: '審査', reading: 'しんさ' },
      { text: 'が' },
      { text: '終', reading: 'お' },
      { text: 'わる' },
    ])
    expect(bracketReadings(message)).toBe('審査(しんさ)が終(お)わる')
    expect(withoutReadings(message)).toBe('審査が終わる')
    expect(withoutReadings(7)).toBe(7)
  })

  it.each([
    ['1', 'ぷん'],
    ['2', 'ふん'],
    ['3', 'ぷん'],
    ['4', 'ぷん'],
    ['5', 'ふん'],
    ['9', 'ふん'],
    ['10', 'ぷん'],
    ['57', 'ふん'],
    ['00', 'ふん'],
  ])('of %s分 follow the number', (minutes, reading) => {
    expect(readingPieces(carried(`あと${minutes}{分|ふん}`)).at(-1)).toEqual({ text: '分', reading })
  })
})
