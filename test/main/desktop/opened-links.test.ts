import { describe, expect, it } from 'vitest'
import { openedLinks } from '#main/desktop/opened-links'

function page() {
  const seen: string[] = []
  const links = openedLinks((screen) => void seen.push(screen))
  return { links, seen }
}

describe('a link that is opened', () => {
  it('waits until the page asks, and is given once', () => {
    const { links, seen } = page()
    links.open('/register/a')
    expect([links.take(), links.take()]).toEqual(['/register/a', null])
    expect(seen).toEqual([])
  })

  it('is told at once to a page that listens', () => {
    const { links, seen } = page()
    expect(links.take()).toBeNull()
    links.open('/receipts/b')
    expect(seen).toEqual(['/receipts/b'])
  })

  it('waits while the page is loaded anew', () => {
    const { links, seen } = page()
    links.take()
    links.forgetListener()
    links.open('/register/c')
    expect(seen).toEqual([])
    expect(links.take()).toBe('/register/c')
  })

  it('is the last one, where several wait', () => {
    const { links } = page()
    links.open('/register/a')
    links.open('/register/b')
    expect(links.take()).toBe('/register/b')
  })
})
