import { beforeEach, describe, expect, it } from 'vitest'
import type { MailSettings } from '#contract/http/staff/admin'
import { clerk } from '../support/counter'
import { open, text } from '../support/page'
import { FakeService, Refusal } from '../support/service'

let service: FakeService
const settings = (changes: Partial<MailSettings> = {}): MailSettings => ({
  training: false,
  server: { host: 'mail.example.jp', port: 587, tls: 'starttls', user: 'office', hasPassword: true },
  serverSource: 'file',
  passwordPlace: 'file',
  mailFrom: 'office@example.jp',
  mailFromSource: 'file',
  ...changes,
})
const sent = () => service.bodiesOf('PUT /staff/mail-settings')
const chosen = () => text(document.querySelector('input[type=radio]:checked')?.closest('label')?.querySelector('span'))
const PATH = '/staff/admin/mail-settings'

beforeEach(() => {
  service = new FakeService()
  service.answer('GET /staff/session', () => clerk({ role: 'admin' }))
  service.answer('GET /staff/mail-settings', () => settings())
  service.answer('PUT /staff/mail-settings', () => settings())
})

describe('the way to the mail server', () => {
  it.each([
    ['tls', '初めから暗号化（TLS）'],
    ['starttls', 'あいさつのあとで、かならず暗号化（STARTTLS）'],
    ['auto', 'サーバーに合わせる'],
    ['plain', '暗号化しない'],
  ] as const)('%s is shown as it is kept, and sent as it is chosen', async (tls, label) => {
    const server = { host: 'mail.example.jp', port: 587, tls, user: null, hasPassword: false }
    service.answer('GET /staff/mail-settings', () => settings({ server, passwordPlace: null }))
    const page = await open(PATH)
    expect(chosen()).toContain(label)
    await page.choose(tls === 'plain' ? '初めから暗号化' : '暗号化しない')
    await page.choose(label)
    await page.press('保存して使う')
    expect(sent()).toEqual([
      { server: { host: 'mail.example.jp', port: 587, tls, user: null }, mailFrom: 'office@example.jp' },
    ])
  })

  it('says of the unsafe one what may happen', async () => {
    const page = await open(PATH)
    await page.choose('暗号化しない')
    const radio = document.querySelector<HTMLInputElement>('input[type=radio]:checked')
    const note = document.getElementById(radio?.getAttribute('aria-describedby') ?? '')
    expect(text(note)).toContain('途中で読まれるおそれがあります')
  })

  it('cannot be chosen where a variable decides, or in training', async () => {
    service.answer('GET /staff/mail-settings', () => settings({ serverSource: 'variable', passwordPlace: 'variable' }))
    let page = await open(PATH)
    expect(page.main.querySelector('input[type=radio]')).toBeNull()
    expect(page.reads('ZAIRYU_SMTP_TLS')).toBe(true)
    service.answer('GET /staff/mail-settings', () => settings({ training: true }))
    page = await open(PATH)
    expect(page.main.querySelector('input[type=radio]')).toBeNull()
  })

  it('that is weaker than before asks for the password again, at its field', async () => {
    service.answer(
      'PUT /staff/mail-settings',
      () =>
        new Refusal('request.invalid', {
          errors: [{ field: 'server.password', code: 'mail-server.password' }],
        }),
    )
    const page = await open(PATH)
    await page.choose('暗号化しない')
    await page.press('保存して使う')
    expect(page.mistakes).toHaveLength(1)
    expect(page.mistakes[0]).toMatch(/^パスワード：.*暗号化.*パスワードを入力し直してください。$/)
    const password = page.field('パスワード')
    expect(password.getAttribute('aria-invalid')).toBe('true')
    expect(chosen()).toContain('暗号化しない')
    service.answer('PUT /staff/mail-settings', () => settings())
    await page.type('パスワード', 'p-secret-1')
    await page.press('保存して使う')
    expect(sent().at(-1)).toMatchObject({ server: { tls: 'plain', password: 'p-secret-1' } })
    expect(page.field('パスワード').value).toBe('')
  })

  it.each([
    ['ポート', '0', '1～65535'],
    ['サーバーの名前', 'smtp://mail.example.jp', 'サーバーの名前の形'],
  ])('has its mistakes at their field: %s %s', async (label, value, words) => {
    const page = await open(PATH)
    await page.type(label, value)
    await page.press('保存して使う')
    expect(page.mistakes).toHaveLength(1)
    expect(page.mistakes[0]).toContain(words)
    expect(page.field(label).getAttribute('aria-invalid')).toBe('true')
    expect(sent()).toEqual([])
  })

  it('is nothing where no server is named: mail stays in the outbox', async () => {
    const page = await open(PATH)
    await page.type('サーバーの名前', '')
    await page.press('保存して使う')
    expect(sent()).toEqual([{ server: null, mailFrom: 'office@example.jp' }])
  })
})
