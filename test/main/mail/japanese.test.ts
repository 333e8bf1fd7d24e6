import { describe, expect, it } from 'vitest'
import { JAPANESE_STYLES, LANGUAGES } from '#domain/language'
import { registrationMail } from '#main/features/registration/registration.mail'
import { writeJapanese } from '#main/mail/mailer/japanese'
import { Temporal } from 'temporal-polyfill'
import { openPortal, tokenIn } from '../../support/portal'

const link = {
  token: 'TOKEN-1',
  code: 'ABCDEFGH',
  expiresAt: Temporal.Instant.from('2026-11-22T23:56:12.123Z'),
  email: 'an@example.jp',
}
const written = (style: (typeof JAPANESE_STYLES)[number]) =>
  writeJapanese(registrationMail({ ...link, language: 'ja' }), style)

describe('how Japanese is written in mails', () => {
  it('is without readings unless they are wanted', () => {
    const { text, html } = written('plain')
    expect(text).toContain('利用者登録を続けてください')
    expect(text + html).not.toMatch(/りようしゃ|<ruby>/)
  })

  it('has readings in brackets in plain text, and over the words in HTML', () => {
    const { text, html } = written('readings')
    expect(text).toContain('利用者(りようしゃ)登録(とうろく)を続(つづ)けてください')
    expect(html).toContain('<ruby>利用者<rp>(</rp><rt>りようしゃ</rt><rp>)</rp></ruby>')
    // Times, too: the link ends at 2026年11月23日 8時56分.
    expect(text).toContain('2026年(ねん)11月(がつ)23日(にち) 8時(じ)56分(ぷん)')
    expect(html).toContain('<ruby>分<rp>(</rp><rt>ぷん</rt><rp>)</rp></ruby>')
    // Link, code and addresses stay as they are.
    expect(text.split('\n').filter((line) => line.includes('/register/'))).toEqual(
      written('plain')
        .text.split('\n')
        .filter((line) => line.includes('/register/')),
    )
  })

  it('says it in やさしい日本語 where there is an easier way, once', () => {
    const [plain, easy] = [written('plain').text, written('easy').text]
    expect(easy).not.toBe(written('readings').text)
    expect(easy.split('\n\n')).toHaveLength(plain.split('\n\n').length)
    expect(easy).toContain('〈')
  })

  it('lets nothing out of what carries it inside of the program', () => {
    for (const style of JAPANESE_STYLES)
      for (const language of LANGUAGES) {
        const { text, html } = writeJapanese(registrationMail({ ...link, language }), style)
        expect(text + html).not.toMatch(/[\uE010-\uE015]|\{[^{}]*\|/)
      }
  })

  it('is chosen by its reader, with the language, and holds for the next mail', async () => {
    const portal = await openPortal()
    const { visitor } = await portal.signedIn()
    const chosen = await visitor.call('PUT', '/account/mail-language', { language: 'vi', mailJapanese: 'easy' })
    expect(chosen).toMatchObject({ status: 200, body: { language: 'vi', mailJapanese: 'easy' } })
    expect((await visitor.call('GET', '/account')).body).toMatchObject({ language: 'vi', mailJapanese: 'easy' })
    await visitor.call('POST', '/account/email-changes', { email: 'new@example.jp' })
    const mail = await portal.lastMailTo('new@example.jp')
    expect(mail.text).toMatch(/địa chỉ email/i)
    expect(mail.text).toMatch(/[一-龠]\([ぁ-ん]+\)/)
    expect(tokenIn(mail, 'email-change')).toHaveLength(43)
    const refused = await visitor.call('PUT', '/account/mail-language', { language: 'fr', mailJapanese: 'kana' })
    expect(refused.status).toBe(422)
    expect((refused.body['errors'] as { field: string }[]).map(({ field }) => field)).toEqual([
      'language',
      'mailJapanese',
    ])
  })
})
