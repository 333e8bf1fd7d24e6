import { beforeEach, describe, expect, it } from 'vitest'
import { usePreferences } from '../../../src-renderer/stores/preferences'
import { open, settle, text } from '../support/page'
import { FakeService } from '../support/service'

beforeEach(() => {
  new FakeService()
  localStorage.clear()
})

/** Puts elements with a translation in the place of all texts, as a browser does it. Answers how many. */
function translate(): number {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (/\S/.test(node.textContent ?? '') && !node.parentElement?.closest('[translate=no], script, style'))
      texts.push(node as Text)
  for (const each of texts) {
    const [outer, inner] = [document.createElement('font'), document.createElement('font')]
    inner.textContent = `‹${each.textContent ?? ''}›`
    outer.append(inner)
    each.replaceWith(outer)
  }
  return texts.length
}

/** By what it is and not by what it is called: its words are translated. */
async function send(): Promise<void> {
  document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
  await settle()
}

describe('a page that its browser translates', () => {
  it.each([false, true])('shows the errors that there are, no others (readings: %s)', async (readings) => {
    const page = await open('/login')
    if (readings) {
      usePreferences().chooseReadings(true)
      await expect.poll(() => document.querySelectorAll('ruby').length).toBeGreaterThan(10)
    }
    expect(translate()).toBeGreaterThan(20)
    await send()
    const title = () => (page.summary?.querySelector('h2')?.cloneNode(true) as Element | undefined)?.textContent ?? ''
    expect(title()).toContain('2')
    translate()
    const id = document.querySelector('main input') as HTMLInputElement
    id.value = 'old-id-1'
    id.dispatchEvent(new Event('input'))
    await send()
    expect(page.summary?.querySelectorAll('li')).toHaveLength(1)
    expect(title()).toContain('1')
    expect(title()).not.toContain('2')
  })

  it('speaks the language that is chosen, and leads to the screen that is chosen', async () => {
    const page = await open('/login')
    translate()
    usePreferences().chooseLanguage('en')
    await expect.poll(() => document.documentElement.lang).toBe('en')
    await settle()
    const main = () => text(document.querySelector('main') as Element)
    expect(main()).not.toMatch(/[‹›\p{Script=Hiragana}]/u)
    expect(page.heading).toBe('User login')
    translate()
    await page.router.push('/contact')
    await settle()
    expect(page.heading).not.toContain('login')
    expect(main()).not.toContain('User login')
    translate()
    await page.router.back()
    await expect.poll(() => page.heading).toBe('User login')
    expect(main()).not.toContain('By phone')
  })
})
