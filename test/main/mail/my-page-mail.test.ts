import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import type { Language } from '#domain/language'
import {
  deletionAskedMail,
  deletionDoneMail,
  detailsChangedMail,
  emailChangedMail,
  emailChangeDoneMail,
  emailChangeMail,
  emailChangeUndoneMail,
  passwordChangedMail,
  testMail,
} from '#main/features/account/account.mail'
import type { MailDraft } from '#main/mail/mailer/outbox'
import { expectGoodMail, READERS, sent } from './letters'

const reader = { accountId: 'account-1', email: 'an@example.jp' }
const at = Temporal.Instant.from('2026-11-22T23:56:12.123Z')
const link = { token: 'TOKEN-1', code: 'ABCDEFGH', expiresAt: at }
const emailChanged = (language: Language) =>
  emailChangedMail({ ...reader, ...link, language, newEmailMasked: 'b***@example.com' })

/** Every mail with the paths of its buttons. */
const MAILS: [kind: string, compose: (language: Language) => MailDraft, links: string[]][] = [
  [
    'password-changed',
    (language) => passwordChangedMail({ ...reader, userId: 'K7RM2XQ9PA', language, at, how: 'changed' }),
    ['/login'],
  ],
  [
    'password-changed',
    (language) => passwordChangedMail({ ...reader, userId: 'K7RM2XQ9PA', language, at, how: 'reset' }),
    ['/login'],
  ],
  ['email-change', (language) => emailChangeMail({ ...reader, ...link, language }), ['/email-change/TOKEN-1']],
  ['email-changed', emailChanged, ['/email-undo/TOKEN-1']],
  ['email-change-done', (language) => emailChangeDoneMail({ ...reader, language }), []],
  ['email-change-undone', (language) => emailChangeUndoneMail({ ...reader, language }), ['/login']],
  [
    'details-changed',
    (language) => detailsChangedMail({ ...reader, language, fields: ['phone', 'postalCode', 'address'] }),
    ['/login'],
  ],
  ['test', (language) => testMail({ ...reader, language }), []],
  ['deletion-asked', (language) => deletionAskedMail({ ...reader, language, dueAt: at }), ['/login']],
]

describe.each(READERS)('the mails on an account, in %s', (language) => {
  it.each(MAILS)('%s goes to its reader and keeps what every mail promises', (kind, compose, links) => {
    const draft = compose(language)
    expect(draft).toMatchObject({ kind, to: 'an@example.jp', accountId: 'account-1' })
    expectGoodMail(draft, language, links)
    expect(sent(draft).text.includes('ABCD-EFGH')).toBe(links.some((path) => path.includes('TOKEN')))
  })

  it('deletion-done outlives the account', () => {
    const draft = deletionDoneMail({ email: 'an@example.jp', language })
    expect(draft).toMatchObject({ kind: 'deletion-done', to: 'an@example.jp' })
    expect(draft.accountId).toBeUndefined()
    expectGoodMail(draft, language, [])
  })
})

describe('the notice of a new password', () => {
  it.each([
    ['changed', 'に、パスワードを変更しました。ほかの端末では、ログアウトしました。'],
    ['reset', 'に、新しいパスワードを設定しました。すべての端末でログアウトしました。'],
  ] as const)('says when it was %s, and what is over', (how, words) => {
    const { text } = sent(passwordChangedMail({ ...reader, userId: 'K7RM2XQ9PA', language: 'en', at, how }))
    expect(text).toContain(`2026年11月23日 8時56分（日本時間）${words}`)
    expect(text).toContain('on 23 November 2026 at 08:56 (Japan time).')
  })

  it('tells what to do if it was somebody else', () => {
    const { text } = sent(passwordChangedMail({ ...reader, userId: 'K7RM2XQ9PA', language: 'en', at, how: 'changed' }))
    expect(text).toContain('■ If you did not make this change\n\nAt once, press “If you forgot your password”')
    expect(text).toContain('■ 変更した覚えがないとき\n\nすぐに、ログインの画面の「パスワードを忘れた場合はこちら」')
  })
})

describe('the mails on a change of the e-mail address (M6.1)', () => {
  it('give the new address 24 hours, to the exact end, once', () => {
    const { text } = sent(emailChangeMail({ ...reader, ...link, language: 'en' }))
    expect(text).toContain('2026年11月23日 8時56分（日本時間）まで24時間、1回だけ')
    expect(text).toContain('once, for 24 hours, until 23 November 2026 at 08:56 (Japan time)')
    expect(text).toContain('それまでは、前のメールアドレスのままです。')
    expect(text).toContain('何もしなければ、何も変わりません。')
  })

  it('give the old address 7 days, to the exact end, once, and the new address in its masked form', () => {
    const { text, html } = sent(emailChanged('en'))
    expect(text).toContain('2026年11月23日 8時56分（日本時間）まで7日間、1回だけ')
    expect(text).toContain('once, for 7 days, until 23 November 2026 at 08:56 (Japan time)')
    expect(text).toContain('was changed to b***@example.com.')
    expect(html).toMatch(/<span class="notranslate" translate="no"[^>]*>b\*\*\*@example\.com<\/span>/)
  })

  it.each([
    ['<b>***@example.com', '<b>***@example.com'],
    ['x\n【入管庁】***@example.com', 'x 【入管庁】***@example.com'],
    ['\uE000token\uE001***@example.com', 'token***@example.com'],
  ])('show the address %j as harmless text', (typed, shown) => {
    const draft = emailChangedMail({ ...reader, ...link, language: 'en', newEmailMasked: typed })
    const { text, html } = sent(draft)
    expect(text).toContain(`was changed to ${shown}.`)
    expect(html).not.toContain('<b>')
    expectGoodMail(draft, 'en', ['/email-undo/TOKEN-1'])
  })

  it('name the domain to allow once the new address is in place, and the new password once the old one is back', () => {
    expect(sent(emailChangeDoneMail({ ...reader, language: 'ja' })).text).toContain('「@rasens-immi.example.jp」')
    expect(sent(emailChangeUndoneMail({ ...reader, language: 'ja' })).text).toContain('新しいパスワードを設定して')
  })
})

describe('the notice of changed details (M6.3)', () => {
  const words = { phone: '電話番号を変更', postalCode: '郵便番号を変更', address: '住居地を変更' }
  it.each([[['phone']], [['postalCode', 'address']], [['phone', 'postalCode', 'address']]] as (
    'phone' | 'postalCode' | 'address'
  )[][][])('names %j and nothing else', (fields) => {
    const { text } = sent(detailsChangedMail({ ...reader, language: 'ja', fields }))
    for (const field of ['phone', 'postalCode', 'address'] as const)
      expect(text.includes(words[field]), field).toBe(fields.includes(field))
  })
})

describe('the test mail', () => {
  it('asks for nothing and names the domain to allow', () => {
    const { subject, text } = sent(testMail({ ...reader, language: 'en' }))
    expect(subject).toBe('【入管庁】テストメール (Test e-mail)')
    expect(text).toContain('There is nothing for you to do.')
    expect(text).toContain('“@rasens-immi.example.jp”')
  })
})

describe('the mail on the deletion of an account', () => {
  it('says when, and how to keep it', () => {
    const { text } = sent(deletionAskedMail({ ...reader, language: 'en', dueAt: at }))
    expect(text).toContain('will be deleted on 23 November 2026 at 08:56 (Japan time).')
    expect(text).toContain('2026年11月23日 8時56分（日本時間）に、')
    expect(text).toContain('cancel the deletion on the screen “My page”.')
    expect(text).toContain('「マイページ」の画面で、削除を取りやめてください。')
  })
})
