import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LANGUAGES } from '#domain/language'
import { composeMail, TOKEN, type Block } from '#main/mail/composer/composer'
import { fillHtml, fillText } from '#main/mail/mailer/placeholder'
import { mailLanguages, minuteInTokyo, say, subjectIn } from '#main/mail/composer/texts'
import { Temporal } from 'temporal-polyfill'

const values = new Map([
  ['base', 'https://host.example.jp'],
  ['token', 'TOKEN-1'],
  ['code', 'ABCD-EFGH'],
])
const name = (value: string) => say('en', 'mail.registered.greeting', { name: { value } })
const compose = (...blocks: Block[]) => {
  const { text, html } = composeMail(['en', 'ja'], 'Subject', blocks)
  return { text: fillText(text, values), html: fillHtml(html, values) }
}
/** What a reader of the HTML sees: tags away, entities read. */
const seen = (html: string) =>
  html
    .replace(/<head>[^]*<\/head>/, '')
    .replace(/<(?:br|\/p|\/td|\/tr|\/li|\/h\d)[^>]*>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')

describe('a mail made from its blocks', () => {
  it.each([
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['"><img src=x onerror=alert(1)>', '"><img src=x onerror=alert(1)>'],
    ["O'NEIL & CO", "O'NEIL & CO"],
    ['AN\r\nBcc: eve@example.jp', 'AN Bcc: eve@example.jp'],
    ['AN\u2028【入管庁】', 'AN 【入管庁】'],
    ['\u202EGNOHP', 'GNOHP'],
    ['👩‍💻 Zoë', '👩‍💻 Zoë'],
    ['\uE000token\uE001', 'token'],
    ['{token} {{name}}', '{token} {{name}}'],
  ])('shows the name %j as harmless text', (typed, shown) => {
    const { text, html } = compose(
      { kind: 'paragraph', passages: [name(typed)] },
      { kind: 'plate', label: [say('en', 'mail.registered.userId')], value: typed },
      { kind: 'facts', rows: [{ label: [say('en', 'mail.certificate.name')], lines: [{ text: typed }] }] },
    )
    expect(text).toContain(`Dear ${shown},\n`)
    expect(text).toContain(`Name\n  ${shown}\n`)
    expect(seen(html)).toContain(`Dear ${shown},`)
    expect(html).not.toMatch(/<script|<img|onerror=[^&]*>/i)
    expect(html).not.toContain('TOKEN-1')
  })

  it('says the same in text and HTML, for any value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (typed) => {
        const { text, html } = compose({ kind: 'paragraph', passages: [name(typed)] })
        const line = text.split('\n').find((one) => one.startsWith('Dear '))
        expect(line).toBeDefined()
        expect(seen(html).split('\n')).toContain(line)
      }),
    )
  })

  it('marks values against translation and each passage with its language', () => {
    const { html } = compose({ kind: 'paragraph', passages: [name('AN')] })
    expect(html).toContain(
      '<span lang="en">Dear <span class="notranslate" translate="no" style="white-space:nowrap">AN</span>,</span>',
    )
    expect(html).toContain('<html lang="en">')
    expect(html).toContain('name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no"')
  })

  it('loads nothing and styles inline only', () => {
    const link: Block = {
      kind: 'link',
      label: [say('en', 'mail.login.action')],
      path: ['/register/', TOKEN],
      filled: true,
    }
    const { html } = compose(link, { kind: 'divider' })
    expect(html).not.toMatch(/<(img|script|style|link|iframe|object|svg|form|video|audio|base)\b/i)
    expect(html).not.toMatch(/\b(src|background|srcset)=|url\(|@import/i)
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual(
      Array(2).fill('https://host.example.jp/register/TOKEN-1'),
    )
  })

  it('prints a link whole on a line of its own', () => {
    const { text } = compose({
      kind: 'link',
      label: [say('en', 'mail.login.action')],
      path: ['/register/', TOKEN],
      filled: true,
    })
    expect(text.split('\n')).toContain('https://host.example.jp/register/TOKEN-1')
  })
})

describe('the words of mails', () => {
  it("stand above in the reader's language, and in Japanese below", () => {
    expect(LANGUAGES.map(mailLanguages)).toEqual(
      LANGUAGES.map((language) => (language === 'ja' ? ['ja'] : [language, 'ja'])),
    )
  })

  it('are refused without the value that they name', () => {
    expect(() => say('ja', 'mail.registered.greeting')).toThrow(RangeError)
  })

  it("begin with 【入管庁】 in every subject, the reader's language behind", () => {
    expect(subjectIn(['ja'], 'mail.registered.subject')).toBe('【入管庁】利用者登録が完了しました')
    expect(subjectIn(['en', 'ja'], 'mail.registered.subject')).toBe(
      '【入管庁】利用者登録が完了しました (User registration completed)',
    )
  })

  it('give times in Tokyo, never later than they are', () => {
    const end = Temporal.Instant.from('2026-11-23T15:05:59.999Z')
    expect(minuteInTokyo('ja', end)).toBe('2026年11月24日 0時05分')
    expect(minuteInTokyo('en', end)).toBe('24 November 2026 at 00:05')
  })
})
