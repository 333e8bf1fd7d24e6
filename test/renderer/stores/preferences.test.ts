import { beforeEach, describe, expect, it, vi } from 'vitest'
import { LANGUAGES } from '#domain/language'
import { firstLanguage, firstScheme } from '../../../src-renderer/stores/first-choice'

beforeEach(() => {
  localStorage.clear()
  vi.restoreAllMocks()
})

const system = (...languages: string[]) => vi.spyOn(navigator, 'languages', 'get').mockReturnValue(languages)
const dark = (matches: boolean) => vi.spyOn(window, 'matchMedia').mockReturnValue({ matches } as MediaQueryList)

describe('the language of the first visit', () => {
  it.each([
    { asked: ['en-US', 'ja'], shown: 'en' },
    { asked: ['ja-JP'], shown: 'ja' },
    { asked: ['de-CH', 'en-GB'], shown: 'en' },
    { asked: ['de', 'fr'], shown: 'ja' },
  ])('is $shown for a system that asks for $asked', ({ asked, shown }) => {
    system(...asked)
    expect(firstLanguage(LANGUAGES)).toBe(shown)
  })

  it('is the chosen one from then on', () => {
    system('ja-JP')
    localStorage.setItem('zairyu.language', 'en')
    expect(firstLanguage(LANGUAGES)).toBe('en')
  })

  it('does not trust what it finds in the storage', () => {
    system('ja-JP')
    localStorage.setItem('zairyu.language', 'xx')
    localStorage.setItem('zairyu.scheme', '"><script>')
    expect(firstLanguage(LANGUAGES)).toBe('ja')
    expect(firstScheme()).toBe('standard')
  })
})

describe('the colours of the first visit', () => {
  it('are black where the system prefers dark, standard elsewhere', () => {
    dark(true)
    expect(firstScheme()).toBe('black')
    dark(false)
    expect(firstScheme()).toBe('standard')
  })
})
