import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { minuteInTokyo, sayPlainly } from '#main/mail/composer/texts'
import { passwordResetMail, userIdReminderMail } from '#main/features/recovery/recovery.mail'
import { expectGoodMail, READERS, sent } from './letters'

const reader = { accountId: 'account-1', email: 'an@example.jp' }
const link = { token: 'TOKEN-1', code: 'ABCDEFGH', expiresAt: Temporal.Instant.from('2026-11-22T23:56:12.123Z') }
const an = { userId: 'K7RM2XQ9PA', nameEn: 'NGUYEN VAN AN' }

describe('the mail to somebody who forgot the user ID (M2.4)', () => {
  it.each(READERS)('keeps what every mail promises and leads to the login only, in %s', (language) => {
    const draft = userIdReminderMail({ ...reader, language, userIds: [an] })
    expect(draft).toMatchObject({ kind: 'user-id-reminder', to: 'an@example.jp', accountId: 'account-1', secrets: {} })
    expectGoodMail(draft, language, ['/login'])
  })

  it.each(READERS)('lists every ID once, each on a plate of its own, ungrouped, in %s', (language) => {
    const userIds = [an, { userId: 'old-id_2019', nameEn: 'NGUYEN VAN AN' }, { userId: 'M3TQ8WYB4C', nameEn: null }]
    const { text, html } = sent(userIdReminderMail({ ...reader, language, userIds }))
    const other = language === 'ja' ? '' : ' / 利用者ID'
    const owner = sayPlainly(language, 'mail.reminder.userIdOf').parts.join('')
    const of = owner.replace('{name}', 'NGUYEN VAN AN') + other
    const unnamed = sayPlainly(language, 'mail.registered.userId').parts.join('') + other
    if (language === 'en') expect(of).toBe('User ID of NGUYEN VAN AN / 利用者ID')
    expect(text).toContain(`\n${of}\n  K7RM2XQ9PA\n\n${of}\n  old-id_2019\n\n${unnamed}\n  M3TQ8WYB4C\n`)
    for (const { userId } of userIds) {
      expect(text.split(userId)).toHaveLength(2)
      expect(html).toMatch(new RegExp(`<strong class="notranslate" translate="no"[^>]*>${userId}</strong>`))
    }
  })

  it('tells who did not ask that nobody has seen the ID', () => {
    const { text } = sent(userIdReminderMail({ ...reader, language: 'en', userIds: [an] }))
    expect(text).toContain('【If you did not ask for this】\nPlease ignore this e-mail.')
    expect(text).toContain('【心当たりのない方へ】\nこのメールは無視してください。')
  })

  it.each([
    ['</strong><img src=x onerror=alert(1)>', '</strong><img src=x onerror=alert(1)>'],
    ['AN\r\nBcc: eve@example.jp', 'AN Bcc: eve@example.jp'],
    ['\u202E"><a href="https://evil.example">', '"><a href="https://evil.example">'],
    ['\uE000base\uE001', 'base'],
  ])('shows the name and the old ID %j as harmless text', (typed, shown) => {
    const { text, html } = sent(
      userIdReminderMail({ ...reader, language: 'en', userIds: [{ userId: typed, nameEn: typed }] }),
    )
    expect(text).toContain(`User ID of ${shown} / 利用者ID\n  ${shown}\n`)
    expect(html).not.toMatch(/<img|<a href="(?!zairyu:)/)
  })
})

describe('the mail with the link to a new password (M2.5)', () => {
  const cases = READERS.flatMap((language) => (['asked', 'not-me'] as const).map((reason) => ({ language, reason })))

  it.each(cases)('has link, code and exact end once, in $language when $reason', ({ language, reason }) => {
    const draft = passwordResetMail({ ...reader, userId: 'K7RM2XQ9PA', ...link, language, reason })
    expect(draft).toMatchObject({ kind: 'password-reset', to: 'an@example.jp', accountId: 'account-1' })
    expectGoodMail(draft, language, ['/password-reset/TOKEN-1'])
    const { text } = sent(draft)
    expect(text.match(/ABCD-EFGH/g)).toHaveLength(1)
    expect(text).toContain('2026年11月23日 8時56分（日本時間）まで1時間、1回だけ')
    expect(text.includes('once, for 1 hour, until 23 November 2026 at 08:56 (Japan time)')).toBe(language === 'en')
    expect(text).toContain(minuteInTokyo(language, link.expiresAt))
    expect(text).toContain('「パスワードを忘れた場合はこちら」からやり直してください')
  })

  it('tells who did not ask to ignore it, since nothing changes', () => {
    const { subject, text } = sent(
      passwordResetMail({ ...reader, userId: 'K7RM2XQ9PA', ...link, language: 'ja', reason: 'asked' }),
    )
    expect(subject).toBe('【入管庁】パスワード再設定のご案内')
    expect(text).toContain('K7RM2XQ9PA')
    expect(text).toContain('このメールは無視してください。何もしなければ、パスワードは変わりません。')
    expect(text).toContain('利用者IDがロックされているときは、設定するとすぐに解除されます。')
  })

  it('says after "this was not me" that the ID is locked and all logins are over, and is not to be ignored', () => {
    const { subject, text } = sent(
      passwordResetMail({ ...reader, userId: 'K7RM2XQ9PA', ...link, language: 'en', reason: 'not-me' }),
    )
    expect(subject).toBe('【入管庁】利用者IDをロックしました (Your user ID has been locked)')
    expect(text).toContain('We locked your user ID and logged it out on every device.')
    expect(text).toContain('利用者IDをロックし、すべての端末でログアウトしました。')
    expect(text).not.toMatch(/ignore|無視/)
  })
})
