import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type PageKind, rendererFiles } from '#main/http/renderer-files'

const PAGE = '<!doctype html><html lang="ja"><body></body></html>'

/** The page that is served for a screen. */
async function page(kind: PageKind, method = 'GET'): Promise<{ text: string; caching: string | null }> {
  const folder = mkdtempSync(join(tmpdir(), 'zairyu-files-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true })
  })
  writeFileSync(join(folder, 'index.html'), PAGE)
  const answer = await rendererFiles(folder, kind)(new Request('http://localhost/login', { method }))
  return { text: await answer.text(), caching: answer.headers.get('cache-control') }
}

describe('the page says what kind it is before anything is drawn', () => {
  it('the usual one nothing', async () => {
    expect((await page({ kiosk: null, training: false })).text).toBe(PAGE)
  })

  it('that of the training, which no browser may keep', async () => {
    const { text, caching } = await page({ kiosk: null, training: true })
    expect(text).toContain('<html data-mode="training" lang="ja">')
    expect(caching).toBe('no-store')
  })

  it('that of a kiosk with what is allowed there, of a training kiosk both', async () => {
    const kiosk = { print: true, keyboard: false }
    expect((await page({ kiosk, training: false })).text).toContain('<html data-kiosk="print" lang="ja">')
    const none = { print: false, keyboard: false }
    expect((await page({ kiosk: none, training: true })).text).toContain(
      '<html data-kiosk="" data-mode="training" lang="ja">',
    )
  })

  it('and to who asks for its head alone, no page', async () => {
    expect((await page({ kiosk: null, training: true }, 'HEAD')).text).toBe('')
  })
})
