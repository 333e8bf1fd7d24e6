import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { guardPage } from '#main/desktop/page-guard'

/** A page as the guard sees it; `does` answers whether something may happen. */
function page(shown = 'app://main/') {
  const events = new EventEmitter()
  const led: string[] = []
  let opens: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })
  guardPage(
    {
      getURL: () => shown,
      on: events.on.bind(events),
      setWindowOpenHandler: (handler: typeof opens) => (opens = handler),
    } as never,
    (address) => Promise.resolve(void led.push(address)),
  )
  const may = (event: string, details: object = {}) => {
    let allowed = true
    events.emit(event, { ...details, preventDefault: () => (allowed = false) })
    return allowed
  }
  return { may, led, opens: (url: string) => opens({ url }).action }
}

describe('a page of the program', () => {
  it('moves between its own screens', () => {
    const { may, led } = page()
    expect(may('will-frame-navigate', { url: 'app://main/login', isMainFrame: true })).toBe(true)
    expect(may('will-redirect', { url: 'app://main/login' })).toBe(true)
    expect(led).toEqual([])
  })

  it.each(['https://example.jp/', 'app://other/', 'file:///etc/passwd', 'data:text/html,x', 'javascript:1'])(
    'never leaves for %s, however it is sent there',
    (url) => {
      const { may, opens } = page()
      expect(may('will-frame-navigate', { url, isMainFrame: true })).toBe(false)
      expect(may('will-frame-navigate', { url, isMainFrame: false })).toBe(false)
      expect(may('will-redirect', { url })).toBe(false)
      expect(opens(url)).toBe('deny')
    },
  )

  it('opens no window, not even of its own', () => {
    const { opens, led } = page()
    expect(opens('app://main/login')).toBe('deny')
    expect(led).toEqual([])
  })

  it('embeds no webview', () => {
    expect(page().may('will-attach-webview')).toBe(false)
  })

  it('has the reader asked where its links lead, from its top frame alone', () => {
    const { may, opens, led } = page()
    may('will-frame-navigate', { url: 'https://one.example/', isMainFrame: true })
    may('will-frame-navigate', { url: 'https://frame.example/', isMainFrame: false })
    opens('https://two.example/')
    expect(led).toEqual(['https://one.example/', 'https://two.example/'])
  })

  it('of another origin has nobody asked', () => {
    const { may, opens, led } = page('data:text/html,x')
    may('will-frame-navigate', { url: 'https://one.example/', isMainFrame: true })
    opens('https://two.example/')
    expect(led).toEqual([])
  })
})
