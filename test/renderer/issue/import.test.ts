import { beforeEach, describe, expect, it } from 'vitest'
import { inputFile } from '../../support/inputs'
import { clerk } from '../support/counter'
import { open, settle, type Page } from '../support/page'
import { FakeService } from '../support/service'

let service: FakeService
beforeEach(() => {
  service = new FakeService()
  service.answer('GET /staff/session', () => clerk())
})

/** Chooses a file as a browser does: the same one twice is a change only where the field was emptied in between. */
async function choose(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const input = page.main.querySelector<HTMLInputElement>('input[type=file]')
  if (!input) throw new Error('there is no file field')
  if (input.value.endsWith(name)) return
  const files = [new File([new Uint8Array(bytes)], name)]
  Object.defineProperty(input, 'files', { configurable: true, value: files })
  let path = `C:\\fakepath\\${name}`
  Object.defineProperty(input, 'value', { configurable: true, get: () => path, set: (value: string) => (path = value) })
  input.dispatchEvent(new Event('change', { bubbles: true }))
  await settle()
  await expect.poll(() => page.reads(name)).toBe(true)
}
const lines = (page: Page) => page.main.querySelector('textarea')?.value

describe('choosing a file of certificates', () => {
  it('reads it anew when it is chosen again', async () => {
    const page = await open('/staff/import')
    await choose(page, 'today.jsonl', Buffer.from('{"certificateNumber":"在1番Y1"}'))
    expect(lines(page)).toContain('在1番Y1')
    await choose(page, 'today.jsonl', Buffer.from('\uFEFF{"certificateNumber":"在1番Y2"}'))
    expect(lines(page)).toBe('{"certificateNumber":"在1番Y2"}')
  })

  it.each([
    ['cp932.jsonl', 'Shift_JIS'],
    ['utf16le.jsonl', 'UTF-16'],
  ])('is told what is wrong with %s, and keeps what stood there', async (name, looksLike) => {
    const page = await open('/staff/import')
    await choose(page, 'today.jsonl', Buffer.from('{}'))
    await choose(page, name, inputFile(name))
    expect(page.reads(looksLike)).toBe(true)
    expect(page.reads('UTF-8 ではありません')).toBe(true)
    const input = page.main.querySelector('input[type=file]')
    expect(input?.getAttribute('aria-invalid')).toBe('true')
    expect(document.getElementById(input?.getAttribute('aria-describedby') ?? '')?.textContent).toContain(looksLike)
    expect(lines(page)).toBe('{}')
    await choose(page, name, Buffer.from('{"mended":true}'))
    expect(lines(page)).toBe('{"mended":true}')
    expect(input?.getAttribute('aria-invalid')).toBeNull()
  })

  it('names the line of a text that was destroyed before', async () => {
    const page = await open('/staff/import')
    await choose(page, 'today.jsonl', Buffer.from('{"a":"さ"}\n{"a":"\uFFFD"}'))
    await page.press('取り込む')
    expect(page.reads('2行目に壊れた文字')).toBe(true)
  })
})
