import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hostWithPort, isKnownHost, isKnownOrigin } from '#main/http/guards/hosts.rules'

const known = ['https://example.jp', 'http://127.0.0.1:4180', 'http://[::1]:4180', 'https://入管.jp:8443']
const hosts = known.map((origin) => hostWithPort(new URL(origin)))

describe('the same host in another spelling', () => {
  it.each([
    'example.jp',
    'example.jp:443',
    'EXAMPLE.jp:0443',
    'Example.JP.',
    'example.jp.:443',
    '127.0.0.1:4180',
    '[::1]:4180',
    '[0:0:0:0:0:0:0:1]:4180',
    '入管.jp:8443',
    'xn--y5qp34h.jp:8443',
    'XN--Y5QP34H.JP.:8443',
  ])('knows %s', (host) => {
    expect(isKnownHost(host, hosts)).toBe(true)
  })

  it.each([
    '',
    '.',
    'example.jp:80',
    'example.jp:4180',
    'example.jp:',
    'example.jp:443:443',
    'example.jp..',
    'example.jp@evil.example',
    'evil.example@example.jp',
    'example.jp/',
    'example.jp#:443',
    'example.jp?',
    'example.jp\\',
    'sub.example.jp',
    'example.jp.evil.example',
    '127.0.0.1',
    '[::1]',
    '[::2]:4180',
    '::1:4180',
    '入管.jp',
  ])('does not take "%s" for one of its own', (host) => {
    expect(isKnownHost(host, hosts)).toBe(false)
  })

  it.each([
    ['https://example.jp', true],
    ['https://example.jp:443', true],
    ['https://EXAMPLE.jp.', true],
    ['https://xn--y5qp34h.jp:8443', true],
    ['http://example.jp', false],
    ['http://example.jp:443', false],
    ['https://example.jp:80', false],
    ['https://example.jp/', false],
    ['https://evil@example.jp', false],
    ['null', false],
    ['', false],
  ])('says of the Origin %s: %s', (origin, isOwn) => {
    expect(isKnownOrigin(origin, known)).toBe(isOwn)
  })

  it('never throws, and knows no host that is not listed, whatever the header holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!/example\.jp/i.test(text))
        expect(isKnownHost(text, ['example.jp:443'])).toBe(false)
        expect(isKnownOrigin(text, ['https://example.jp'])).toBe(false)
      }),
    )
  })

  it('knows the origin of its own desktop window, which is no address of the web', () => {
    expect(isKnownOrigin('app://main', ['app://main'])).toBe(true)
    expect(isKnownOrigin('https://main', ['app://main'])).toBe(false)
  })
})
