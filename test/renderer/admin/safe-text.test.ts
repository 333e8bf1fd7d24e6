import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
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
