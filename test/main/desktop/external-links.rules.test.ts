import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { externalLink } from '#main/desktop/external-links.rules'

const REFUSED = { ok: false, problem: 'link.refused' }
const read = (address: string) => {
  const link = externalLink(address)
  return link.ok ? link.value : null
}

describe('a link that leads out of the program', () => {
  it.each([
    ['https://www.moj.go.jp/isa/?a=1#top', 'page', 'www.moj.go.jp', 'https://www.moj.go.jp/isa/?a=1#top'],
    ['https://example.jp:8443', 'page', 'example.jp:8443', 'https://example.jp:8443/'],
    ['HTTPS://EXAMPLE.JP/', 'page', 'example.jp', 'https://example.jp/'],
    ['mailto:info@example.jp', 'mail', 'info@example.jp', 'mailto:info@example.jp'],
    ['tel:0570-013904', 'phone', '0570-013904', 'tel:0570-013904'],
    ['tel:+81-3-5796-7112', 'phone', '+81-3-5796-7112', 'tel:+81-3-5796-7112'],
  ])('%s is a %s to %s', (address, kind, place, href) => {
    expect(read(address)).toEqual({ kind, place, href })
  })

  it('names a host in letters that cannot be mistaken for others', () => {
    expect(read('https://www.mоj.go.jp/')?.place).toBe('www.xn--mj-fmc.go.jp')
  })

  it('takes no text and no attachment into a mail', () => {
    expect(read('mailto:info@example.jp?attach=/etc/passwd&body=x')?.href).toBe('mailto:info@example.jp')
  })

  it.each([
    'http://example.jp/',
    'https://www.moj.go.jp@evil.example/',
    'https://me:secret@example.jp/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'app://main/',
    'zairyu://open/register/x',
    'ms-msdt:/id',
    'smb://server/share',
    '\\\\server\\share',
    'mailto:',
    'mailto:a@b,c@d.example',
    'mailto:%22x%22@example.jp',
    'tel:',
    'tel:*21*0312345678%23',
    'not an address',
    '',
  ])('is refused: %s', (address) => {
    expect(externalLink(address)).toEqual(REFUSED)
  })

  it('is refused beyond 2,000 characters', () => {
    const of = (length: number) => 'https://example.jp/'.padEnd(length, 'a')
    expect(externalLink(of(2_000)).ok).toBe(true)
    expect(externalLink(of(2_001))).toEqual(REFUSED)
  })

  it('is only ever https, mailto or tel, and names the host it leads to', () => {
    const prefixes = fc.constantFrom('', 'https://', 'https://a.example/', 'https://@', 'mailto:', 'tel:', 'file:')
    const prefixed = fc.tuple(prefixes, fc.string()).map((parts) => parts.join(''))
    fc.assert(
      fc.property(prefixed, (address) => {
        const link = read(address)
        if (!link) return
        expect(link.href).toMatch(/^(https|mailto|tel):/)
        if (link.kind === 'page') expect(new URL(link.href).host).toBe(link.place)
      }),
    )
  })
})
