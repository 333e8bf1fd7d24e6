import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LANGUAGES } from '#domain/language'
import texts from '../../../resources/start-failure.json'

/** Runs the script as the page does, before there is anything else; it is the same for every test but for what it finds. */
async function run(): Promise<void> {
  vi.resetModules()
  const heard = vi.spyOn(globalThis, 'addEventListener')
  await import('../../../src-renderer/before-start')
  for (const [kind, listener, options] of heard.mock.calls)
    hearing.push(() => removeEventListener(kind, listener, options))
}
const broken = () => dispatchEvent(new ErrorEvent('error', { error: new SyntaxError('Unexpected token') }))
const heading = () => document.querySelector('h1')?.textContent

/** What one script hears is not told by the one of the next test. */
let hearing: (() => void)[] = []
afterEach(() => {
  for (const stop of hearing) stop()
  hearing = []
})
beforeEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
  localStorage.clear()
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['ja'])
  document.body.innerHTML = '<div id="app"></div>'
})

it('has words in every language', () => {
  expect(Object.keys(texts)).toEqual(LANGUAGES)
})

describe('a program that cannot begin', () => {
  it('says so in the language of the reader, with a way to try again', async () => {
    localStorage.setItem('zairyu.language', 'vi')
    await run()
    expect(heading()).toBeUndefined()
    broken()
    expect(heading()).toBe(texts.vi.title)
    expect(document.title).toBe(texts.vi.title)
    expect(document.querySelector('main button')?.textContent).toBe(texts.vi.again)
    expect(document.documentElement.lang).toBe('vi')
  })

  it('says so, too, when a file of the program did not come, but not for a picture', async () => {
    await run()
    const [picture, script] = [document.createElement('img'), document.createElement('script')]
    document.body.append(picture, script)
    picture.dispatchEvent(new Event('error'))
    expect(heading()).toBeUndefined()
    script.dispatchEvent(new Event('error'))
    expect(heading()).toBe(texts.ja.title)
  })

  it('says so after 40 seconds when nothing has failed and nothing has come', async () => {
    vi.useFakeTimers()
    await run()
    await vi.advanceTimersByTimeAsync(39_999)
    expect(heading()).toBeUndefined()
    await vi.advanceTimersByTimeAsync(1)
    expect(heading()).toBe(texts.ja.title)
  })

  it('leaves what stands on the page alone', async () => {
    await run()
    document.getElementById('app')?.append(document.createElement('p'))
    broken()
    expect(heading()).toBeUndefined()
  })
})

describe('whatever the browser says of itself', () => {
  it.each([
    { languages: ['C'], language: 'C', shown: 'ja' },
    { languages: ['en-US@posix'], language: 'en-US@posix', shown: 'en' },
    { languages: ['zh_TW.UTF-8', 'ko_KR.UTF-8'], language: 'C', shown: 'ko' },
    { languages: [], language: 'es', shown: 'es' },
    { languages: undefined, language: 'tl-PH', shown: 'tl' },
    { languages: null, language: undefined, shown: 'ja' },
    { languages: ['', '*', '-', 'i-klingon', 'x'.repeat(99)], language: '', shown: 'ja' },
  ])('of $languages, the page begins, in $shown', async ({ languages, language, shown }) => {
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue(languages as string[])
    vi.spyOn(navigator, 'language', 'get').mockReturnValue(language as string)
    await run()
    expect(document.documentElement.lang).toBe(shown)
  })

  it.each(['matchMedia', 'localStorage', 'sessionStorage'] as const)('without %s, the page begins', async (name) => {
    vi.stubGlobal(name, undefined)
    try {
      await run()
    } finally {
      vi.unstubAllGlobals()
    }
    expect(document.documentElement.dataset['scheme']).toBe('standard')
  })
})
