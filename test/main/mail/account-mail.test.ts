import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { minuteInTokyo } from '#main/mail/composer/texts'
import { LANGUAGES } from '#domain/language'
import { registeredMail, registrationKnownMail, registrationMail } from '#main/features/registration/registration.mail'
import { sent } from './letters'

const link = {
  email: 'an@example.jp',
  token: 'TOKEN-1',
  code: 'ABCDEFGH',
  expiresAt: Temporal.Instant.from('2026-11-22T23:56:12.123Z'),
}

describe('the mails of the registration', () => {
  it.each(
    LANGUAGES.flatMap((language) => [
      [language, registrationMail] as const,
      [language, registrationKnownMail] as const,
    ]),
  )('have the link, the code and the exact end, once, in %s', (language, compose) => {
    const { text, html } = sent(compose({ ...link, language }))
    expect(text.split('zairyu://open/register/TOKEN-1')).toHaveLength(2)
    expect(text.match(/ABCD-EFGH/g)).toHaveLength(1)
    expect(html).toContain('href="zairyu://open/register/TOKEN-1"')
    expect(text).toContain('2026年11月23日 8時56分（日本時間）')
    expect(text.includes('23 November 2026 at 08:56 (Japan time)')).toBe(language === 'en')
    expect(text).toContain(minuteInTokyo(language, link.expiresAt))
    expect(text).toContain('心当たりのない方へ')
  })

  it('read in Japanese alone for a Japanese reader', () => {
    const draft = registrationMail({ ...link, language: 'ja' })
    expect(draft).toMatchObject({ subject: '【入管庁】利用者登録のご案内', language: 'ja', to: 'an@example.jp' })
    expect(sent(draft).text).not.toMatch(/[a-z]{4,} [a-z]{2,}/)
  })

  it('stand in English above and Japanese below for another reader', () => {
    const draft = registrationMail({ ...link, language: 'en' })
    expect(draft).toMatchObject({
      subject: '【入管庁】利用者登録のご案内 (Complete your user registration)',
      language: 'en, ja',
    })
    const { text } = sent(draft)
    expect(text.indexOf('Please complete your registration')).toBeLessThan(text.indexOf('利用者登録を続けてください'))
  })

  it('lead the owners of a known address to the login, and name no ID', () => {
    const { text } = sent(registrationKnownMail({ ...link, language: 'ja' }))
    expect(text.split('\n')).toContain('zairyu://open/login')
    expect(text.indexOf('/login')).toBeLessThan(text.indexOf('/register/'))
  })
})

describe('the mail with the user ID', () => {
  it.each(['ja', 'en', 'vi'] as const)('has it whole and ungrouped, with the next steps, in %s', (language) => {
    const person = { accountId: 'account-1', email: 'an@example.jp', nameEn: 'NGUYEN VAN AN', userId: 'K7RM2XQ9PA' }
    const draft = registeredMail({ ...person, language })
    const { text, html } = sent(draft)
    expect(draft).toMatchObject({ to: 'an@example.jp', accountId: 'account-1' })
    expect(text).toContain('\n  K7RM2XQ9PA\n')
    expect(html).toMatch(/<strong class="notranslate" translate="no"[^>]*>K7RM2XQ9PA<\/strong>/)
    expect(text).toContain('NGUYEN VAN AN 様')
    expect(text).toContain('「@rasens-immi.example.jp」')
    expect(text).toMatch(/^1\. .+\n2\. .+\n3\. .+\n4\. .+$/m)
    expect(text).not.toContain('://')
  })
})
