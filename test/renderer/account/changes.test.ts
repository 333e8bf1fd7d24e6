import { beforeEach, describe, expect, it } from 'vitest'
import type { Account } from '#contract/http/account/account'
import { open, settle, text } from '../support/page'
import { account } from '../support/people'
import { FakeService, NOW, Refusal, session } from '../support/service'

const NEW = 'an@mirai.example.jp'
const UNTIL = '2026-11-23T06:57:00.000Z'
const PASSWORD = 'Ame-3-Kawa-Hoshi'
let service: FakeService
let held: Account

const recentUntil = (seconds: number) => new Date(Date.parse(NOW) + seconds * 1000).toISOString()
const fact = (name: string) =>
  text(
    [...document.querySelectorAll('.facts > div')]
      .find((row) => text(row.querySelector('dt')) === name)
      ?.querySelector('dd'),
  )

beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
  held = account()
  service = new FakeService()
  service.signedIn()
  service.answer('GET /account', () => held)
  service.answer('PUT /account/password', () => undefined)
  service.answer('PUT /account/details', ({ body }) => (held = { ...held, ...(body as Partial<Account>) }))
  service.answer('POST /account/email-changes', () => ({ email: NEW, expiresAt: UNTIL }))
  service.answer('GET /email-changes/:token', () => ({ email: NEW, expiresAt: UNTIL, needsPassword: false }))
  service.answer('POST /email-changes/:token/completion', () => ({ email: NEW }))
  service.answer('GET /email-undos/:token', () => ({ email: held.email, expiresAt: UNTIL }))
  service.answer('POST /email-undos/:token/completion', () => ({ email: held.email }))
})

async function typePassword(page: Awaited<ReturnType<typeof open>>, password = PASSWORD) {
  await page.type('パスワードを入力してください', password)
  await page.type('パスワード（確認用）を入力してください', password)
  await page.press('変更する')
}

describe('利用者詳細', () => {
  it.each([
    ['メールアドレスを変更する', 'メールアドレス入力（メールアドレス変更）'],
    ['パスワードを変更する', 'パスワード変更'],
    ['その他情報を変更する', '利用者変更'],
  ])('leads by %s to %s', async (button, screen) => {
    const page = await open('/my-page/details')
    await page.press(button)
    expect(page.heading).toBe(screen)
  })
})

describe('マイページ', () => {
  it('leads to everything that can be changed and looked after', async () => {
    service.answer('GET /receipts', () => ({ items: [], total: 0, asOf: NOW }))
    await open('/my-page')
    const links = [...document.querySelectorAll('main .link-list a')].map(text)
    expect(links).toEqual([
      'メールアドレスを変更する',
      'パスワードを変更する',
      'その他情報を変更する',
      'ご利用の記録',
      'メールが届くかの確認',
      '登録情報の書き出しと削除',
    ])
  })

  it('says when the account will be deleted, and leads to where that is stopped', async () => {
    held = account({ deletionDueAt: '2026-11-29T06:57:00.000Z' })
    const page = await open('/my-page')
    expect(page.reads('2026年11月29日 15時57分に、登録情報を削除します')).toBe(true)
    await page.press('削除を取りやめる')
    expect(page.path).toBe('/my-page/data')
  })
})

describe('the change of password (M6.2)', () => {
  it('says what was changed and where that was told; Back leads to no second one', async () => {
    const page = await open('/my-page/details')
    await page.press('パスワードを変更する')
    await typePassword(page)
    expect(service.bodiesOf('PUT /account/password')).toEqual([{ password: PASSWORD, passwordConfirmation: PASSWORD }])
    expect(page.heading).toBe('利用者変更完了')
    expect(page.reads('パスワードを変更しました')).toBe(true)
    expect(page.reads(held.email)).toBe(true)
    page.router.back()
    await settle()
    expect(page.heading).toBe('利用者詳細')
    expect((await open('/my-page/changed')).reads('パスワードを変更しました')).toBe(true)
    expect(service.bodiesOf('PUT /account/password')).toHaveLength(1)
  })

  it.each([
    { seconds: -1, asked: true },
    { seconds: 0, asked: true },
    { seconds: 60, asked: false },
  ])('asks for the current password from the start: $asked, $seconds s before the end of its time', async (wish) => {
    service.answer('GET /session', () => ({ ...session(), recentUntil: recentUntil(wish.seconds) }))
    for (const path of ['/my-page/password', '/my-page/email']) {
      const page = await open(path)
      expect(page.hasField('現在のパスワード')).toBe(wish.asked)
    }
  })

  it('asks for it when the service wants it, keeps what was typed, and says how many tries are left', async () => {
    service.answer('PUT /account/password', () => new Refusal('session.not-recent'))
    const page = await open('/my-page/password')
    await typePassword(page)
    expect(page.reads('ログインから10分が過ぎました')).toBe(true)
    expect(page.field('現在のパスワード').getAttribute('aria-invalid')).toBe('true')
    await page.press('変更する')
    expect(service.bodiesOf('PUT /account/password')).toHaveLength(1)
    expect(page.mistakes).toEqual(['現在のパスワード：入力されていません。'])

    const errors = [{ field: 'currentPassword', code: 'password.wrong', params: { triesLeft: 3 } }]
    service.answer('PUT /account/password', () => new Refusal('request.invalid', { errors }))
    await page.type('現在のパスワード', 'Wrong-2026x')
    await page.press('変更する')
    expect(page.mistakes.join()).toContain('あと3回')
    expect(page.field('パスワードを入力してください').value).toBe(PASSWORD)

    service.answer('PUT /account/password', () => undefined)
    service.answer('GET /session', () => ({ ...session(), recentUntil: recentUntil(600) }))
    await page.type('現在のパスワード', 'Secret#2026')
    await page.press('変更する')
    expect(service.bodiesOf('PUT /account/password').at(-1)).toMatchObject({ currentPassword: 'Secret#2026' })
    expect(page.heading).toBe('利用者変更完了')
    await page.router.push('/my-page/email')
    await settle()
    expect(page.hasField('現在のパスワード')).toBe(false)
  })

  it('says until when the ID is locked, and leads to the reset with the ID filled in', async () => {
    service.answer('GET /session', () => ({ ...session(), recentUntil: recentUntil(-1) }))
    service.answer('PUT /account/password', () => new Refusal('session.locked', { until: UNTIL }))
    const page = await open('/my-page/password')
    await page.type('現在のパスワード', 'Wrong-2026x')
    await typePassword(page)
    expect(text(page.summary)).toContain('2026年11月23日 15時57分')
    await page.press('パスワードを再設定する', page.summary ?? document)
    expect(page.field('利用者IDを入力してください').value).toBe('K7RM2XQ9PA')
  })

  it('advises from what is known of the person', async () => {
    const page = await open('/my-page/password')
    await page.type('パスワードを入力してください', 'Nguyen-k7Q#x')
    expect(page.reads('お名前（Nguyen）が入っています')).toBe(true)
    await page.type('パスワードを入力してください', PASSWORD)
    expect(page.reads('長さも十分です')).toBe(true)
  })
})

describe('the change of the e-mail address (M6.1)', () => {
  it('sends a link to the new address and takes its code', async () => {
    service.answer('POST /codes', () => ({ path: '/email-change/TOKEN' }))
    const page = await open('/my-page/email')
    await page.type('メールアドレスを入力してください', NEW)
    await page.type('メールアドレス（確認用）を入力してください', NEW)
    await page.press('変更する')
    expect(service.bodiesOf('POST /account/email-changes')).toEqual([{ email: NEW, emailConfirmation: NEW }])
    expect(page.heading).toBe('メール送信完了（メールアドレス変更）')
    expect(page.reads('まだ変更は完了していません')).toBe(true)
    await page.type('確認コード', 'ABCD-EFGH')
    await page.press('進む')
    expect(page.heading).toBe('メールアドレス変更')
    expect(service.bodiesOf('POST /email-changes/:token/completion')).toEqual([])
    await page.press('変更する')
    expect(page.reads('メールアドレスの変更が完了しました')).toBe(true)
    expect(document.activeElement).toBe(document.querySelector('h1'))
    page.router.back()
    await settle()
    expect(page.reads('まだメールを送っていません')).toBe(true)
  })

  it('keeps what was typed when the address is refused or the session is over', async () => {
    const errors = [{ field: 'email', code: 'email.same' }]
    service.answer('POST /account/email-changes', () => new Refusal('request.invalid', { errors }))
    const page = await open('/my-page/email')
    await page.type('メールアドレスを入力してください', held.email)
    await page.type('メールアドレス（確認用）を入力してください', held.email)
    await page.press('変更する')
    expect(page.mistakes.join()).toContain('今のメールアドレスと同じです')
    await page.type('メールアドレスを入力してください', NEW)
    service.answer('GET /session', () => new Refusal('session.none'))
    await settle()
    expect((await open('/my-page/email')).path).toBe('/login?to=/my-page/email')
    service.signedIn()
    const back = await open('/my-page/email')
    expect(back.field('メールアドレスを入力してください').value).toBe(NEW)
  })

  it('is finished by the link and the password where nobody is signed in', async () => {
    service.answer('GET /session', () => new Refusal('session.none'))
    service.answer('GET /email-changes/:token', () => ({ email: NEW, expiresAt: UNTIL, needsPassword: true }))
    const page = await open('/email-change/TOKEN')
    expect(page.reads('変更を申し込んだ利用者IDのパスワード')).toBe(true)
    await page.press('変更する')
    expect(page.mistakes).toEqual(['現在のパスワード：入力されていません。'])
    expect(service.bodiesOf('POST /email-changes/:token/completion')).toEqual([])

    const errors = [{ field: 'currentPassword', code: 'password.wrong', params: { triesLeft: 3 } }]
    service.answer('POST /email-changes/:token/completion', () => new Refusal('request.invalid', { errors }))
    await page.type('現在のパスワード', 'Wrong-2026x')
    await page.press('変更する')
    expect(page.mistakes.join()).toContain('あと3回')

    service.answer('POST /email-changes/:token/completion', () => ({ email: NEW }))
    await page.type('現在のパスワード', PASSWORD)
    await page.press('変更する')
    expect(service.bodiesOf('POST /email-changes/:token/completion').at(-1)).toEqual({ currentPassword: PASSWORD })
    await page.press('ログイン')
    expect(page.path).toBe('/login')
  })

  it('asks for the password when the session has ended while the screen was open', async () => {
    const page = await open('/email-change/TOKEN')
    expect(page.hasField('現在のパスワード')).toBe(false)
    service.answer('POST /email-changes/:token/completion', () => new Refusal('password.needed'))
    await page.press('変更する')
    expect(service.bodiesOf('POST /email-changes/:token/completion')).toEqual([{}])
    expect(text(page.summary)).toContain('申し込んだ利用者IDでログインしていません')
    expect(page.field('現在のパスワード').getAttribute('aria-invalid')).toBe('true')
    await page.type('現在のパスワード', PASSWORD)
    service.answer('POST /email-changes/:token/completion', () => ({ email: NEW }))
    await page.press('変更する')
    expect(page.reads('メールアドレスの変更が完了しました')).toBe(true)
  })

  it('is undone from the old address by a press; the session is over, and the reset knows the address', async () => {
    const page = await open('/email-undo/TOKEN')
    expect(page.heading).toBe('メールアドレス変更の取消し')
    expect(page.reads(held.email)).toBe(true)
    expect(service.bodiesOf('POST /email-undos/:token/completion')).toEqual([])
    service.answer('GET /session', () => new Refusal('session.none'))
    await page.press('変更を取り消す')
    expect(page.reads('元のメールアドレスに戻しました')).toBe(true)
    expect(text(document.querySelector('header'))).toContain('新規登録')
    await page.press('パスワードを再設定する')
    expect(page.field('メールアドレスを入力してください').value).toBe(held.email)
  })
})

describe('the change of the phone number (M6.3)', () => {
  it('is confirmed, with what it was, then done once', async () => {
    const page = await open('/my-page/change')
    expect(page.hasField('郵便番号')).toBe(false)
    expect(page.field('電話番号を入力してください').value).toBe(held.phone)
    await page.type('電話番号を入力してください', '０９０-８７６５-４３２１')
    await page.press('確認へ進む')
    expect(page.heading).toBe('利用者変更確認')
    expect(fact('電話番号')).toContain('09087654321')
    expect(fact('電話番号')).toContain(`変更前：${held.phone}`)
    await page.press('入力へ戻る')
    expect(page.field('電話番号を入力してください').value).toBe('09087654321')
    await page.press('確認へ進む')
    await page.press('変更する')
    expect(service.bodiesOf('PUT /account/details')).toEqual([{ phone: '09087654321' }])
    expect(page.heading).toBe('利用者変更完了')
    expect(page.reads('電話番号を変更しました')).toBe(true)
    page.router.back()
    await settle()
    expect(page.heading).toBe('利用者変更')
    expect(service.bodiesOf('PUT /account/details')).toHaveLength(1)
  })

  it('asks for something new', async () => {
    const page = await open('/my-page/change')
    await page.press('確認へ進む')
    expect(page.mistakes).toEqual(['電話番号：今の登録と同じです。新しい内容を入力してください。'])
  })

  it('changes postal code and address where the 利用申出 is approved', async () => {
    held = account({ useApproved: true, postalCode: '1000001', address: '東京都千代田区' })
    const page = await open('/my-page/change')
    await page.type('郵便番号', '〒100-8973')
    await page.type('住居地', '')
    await page.press('確認へ進む')
    expect(fact('郵便番号')).toContain('1008973')
    expect(fact('住居地')).toContain('変更前：東京都千代田区')
    await page.press('変更する')
    expect(service.bodiesOf('PUT /account/details')).toEqual([
      { phone: held.phone, postalCode: '1008973', address: null },
    ])
    expect(page.reads('郵便番号を変更しました')).toBe(true)
    expect(page.reads('住居地を変更しました')).toBe(true)
  })

  it('shows on the form what the service refuses at the end', async () => {
    held = account({ useApproved: true })
    const page = await open('/my-page/change')
    await page.type('郵便番号', '1008973')
    await page.press('確認へ進む')
    const errors = [{ field: 'postalCode', code: 'field.not-approved' }]
    service.answer('PUT /account/details', () => new Refusal('request.invalid', { errors }))
    await page.press('変更する')
    expect(page.heading).toBe('利用者変更')
    expect(page.mistakes).toEqual(['郵便番号：利用申出が承認されていないため、変更できません。'])
    expect(page.field('郵便番号').value).toBe('1008973')
  })

  it('keeps the confirmation over a reload; without a change it leads to the form', async () => {
    const page = await open('/my-page/change')
    await page.type('電話番号を入力してください', '09087654321')
    await page.press('確認へ進む')
    expect(await open('/my-page/change/confirm')).toMatchObject({ heading: '利用者変更確認' })
    expect(fact('電話番号')).toContain('09087654321')
    localStorage.clear()
    expect(await open('/my-page/change/confirm')).toMatchObject({ path: '/my-page/change' })
  })
})

it.each(['/my-page/email', '/my-page/email/sent', '/my-page/password', '/my-page/change', '/my-page/changed'])(
  '%s leads through the login back to it',
  async (path) => {
    service.answer('GET /session', () => new Refusal('session.none'))
    service.answer('POST /session', () => session())
    const page = await open(path)
    expect(page.path).toBe(`/login?to=${path}`)
    await page.type('利用者ID', 'old-id-1')
    await page.type('パスワード', 'Secret#2026')
    await page.press('ログイン')
    expect(page.path).toBe(path)
  },
)
