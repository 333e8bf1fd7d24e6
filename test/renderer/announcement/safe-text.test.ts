import { mount } from '@vue/test-utils'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { carryWritten, withoutReadings } from '../../../src-renderer/i18n/readings/readings'
import SafeText from '../../../src-renderer/screens/announcement/SafeText.vue'

const shown = (text: string) => mount(SafeText, { props: { text } })

describe('the body of an announcement', () => {
  it('has paragraphs, line breaks, headings below the h1, lists and emphasis', () => {
    const body = shown('# 見出し\n\n一行目\n二行目\n\n- **強調**\n- *斜体*\n\n3. 三')
    expect(body.find('h2').text()).toBe('見出し')
    expect(body.find('h1').exists()).toBe(false)
    expect(body.find('p').findAll('br')).toHaveLength(1)
    expect(body.findAll('ul li')).toHaveLength(2)
    expect(body.find('strong').text()).toBe('強調')
    expect(body.find('ol').attributes('start')).toBe('3')
  })

  it.each(['https://www.moj.go.jp/isa/', 'mailto:info@example.jp'])('links to %s', (address) => {
    const link = shown(`[案内](${address})`).find('a')
    expect(link.attributes()).toMatchObject({ href: address, rel: 'noopener noreferrer' })
  })

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html,x)',
    '[x](http://example.jp/)',
    '[x](/staff)',
    '[x](//example.jp)',
    '[x](https:/example.jp)',
    '[x](zairyu://open)',
    '<javascript:alert(1)>',
    'https://example.jp/',
    '[x]: javascript:alert(1)\n\n[x]',
  ])('does not link %s', (text) => {
    expect(shown(text).find('a').exists()).toBe(false)
  })

  it.each([
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    'a <b onclick="x">b</b>',
    '![x](https://example.jp/x.png)',
  ])('shows %s as it was typed', (text) => {
    const body = shown(text)
    expect(body.find('img, script, b').exists()).toBe(false)
    expect(body.text()).toContain(text.startsWith('!') ? '!' : '<')
  })

  it('leaves the title of a link, and every other attribute, out', () => {
    expect(Object.keys(shown('[x](https://example.jp/ "onclick")').find('a').attributes())).toEqual(['href', 'rel'])
  })
})

describe('readings in the body of an announcement', () => {
  const read = (text: string) => shown(carryWritten(text, true))
  const over = (text: string) =>
    read(text)
      .findAll('ruby')
      .map((one) => `${one.element.firstChild?.textContent}=${one.find('rt').text()}`)

  it.each([
    '{在留|ざいりゅう}資格',
    'お知らせ：**{在留|ざいりゅう}**です',
    'あ**{在留|ざいりゅう}**い',
    '# {在留|ざいりゅう}',
    '- {在留|ざいりゅう}',
    '> {在留|ざいりゅう}',
    '[{在留|ざいりゅう}](https://example.jp/)',
    '| a | b |\n| - | - |\n| {在留|ざいりゅう} | c |',
    '`{在留|ざいりゅう}`',
    '    {在留|ざいりゅう}',
  ])('stand over their word in %j', (text) => {
    expect(over(text)).toEqual(['在留=ざいりゅう'])
    expect(read(text).text()).not.toMatch(/[{|}\uE000-\uE002]/)
    expect(shown(carryWritten(text, false)).find('ruby').exists()).toBe(false)
    expect(shown(carryWritten(text, false)).text()).not.toMatch(/[{|}]/)
  })

  it('are for the eye, with brackets where nothing can stand above', () => {
    const ruby = read('{在留|ざいりゅう}').find('ruby')
    expect(ruby.text()).toBe('在留(ざいりゅう)')
    for (const one of ruby.findAll('rt, rp')) expect(one.attributes('aria-hidden')).toBe('true')
  })

  it('are as written, also over a counter', () => {
    expect(over('5{分|ぶ}咲き、1{分|ぷん}')).toEqual(['分=ぶ', '分=ぷん'])
  })

  it.each([
    [String.raw`\{在留|ざいりゅう}`, '{在留|ざいりゅう}'],
    ['{在留|', '{在留|'],
    ['{任意}', '{任意}'],
  ])('are none in %j', (text, words) => {
    expect(read(text).find('ruby').exists()).toBe(false)
    expect(read(text).text()).toBe(words)
  })

  it('do not reach an address', () => {
    const link = read('[x](https://example.jp/{在留|ざいりゅう}?a={資格|しかく})').find('a')
    expect(decodeURI(link.attributes('href') ?? '')).toBe('https://example.jp/在留?a=資格')
  })

  it('open no way for anything else: no text makes other elements, attributes or addresses', () => {
    const ALLOWED = new Set(
      'div p br hr h2 h3 h4 h5 h6 ul ol li strong em s a code pre blockquote table thead tbody tr th td ruby rt rp'.split(
        ' ',
      ),
    )
    const ATTRIBUTES = new Set(['class', 'href', 'rel', 'start', 'aria-hidden'])
    const bits = fc.constantFrom(
      ...'{ | } \\ < > [ ] ( ) * _ # - ` ! & \n {在留|ざいりゅう} {在留| <b> <img/src=x/onerror=a> <script> javascript: https://a.jp {<b>|あ} {あ|<b>}'.split(
        ' ',
      ),
      ' ',
      '\uE000',
      '\uE001',
      '\uE002',
      '\u0000',
    )
    const texts = fc.array(fc.oneof({ weight: 4, arbitrary: bits }, fc.string({ unit: 'grapheme', maxLength: 6 })), {
      maxLength: 24,
    })
    fc.assert(
      fc.property(texts, fc.boolean(), (parts, withReadings) => {
        const body = shown(carryWritten(parts.join(''), withReadings)).element
        for (const element of [body, ...body.querySelectorAll('*')]) {
          expect(ALLOWED).toContain(element.localName)
          for (const { name } of element.attributes) expect(ATTRIBUTES).toContain(name)
          const address = element.getAttribute('href')
          if (address !== null) expect(address).toMatch(/^(?:https:|mailto:)/i)
        }
        expect(body.textContent).not.toMatch(/[\uE000-\uE002]/)
        if (!withReadings) expect(body.querySelector('ruby')).toBeNull()
      }),
      { numRuns: 400 },
    )
  })

  it('are left out of a text without changing the rest', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(withoutReadings(carryWritten(text, true))).toBe(carryWritten(text, false))
      }),
    )
  })
})
