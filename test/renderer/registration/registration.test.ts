import { beforeEach, describe, expect, it } from 'vitest'
import { open, type Page } from '../support/page'
import { FakeService, Refusal, UNREACHABLE } from '../support/service'

const EMAIL = 'nguyen.van.an.1998@example.jp'
const UNTIL = '2026-11-23T06:30:00.000Z'
let service: FakeService

beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
  service = new FakeService()
  service.answer('POST /registrations', () => ({ email: EMAIL, expiresAt: UNTIL }))
  service.answer('GET /registrations/:token', () => ({ email: EMAIL, expiresAt: UNTIL }))
  service.answer('POST /registrations/:token/check', () => undefined)
  service.answer('POST /registrations/:token/completion', () => ({ userId: 'K7RM2XQ9PA', email: EMAIL }))
})

async function fillIn(page: Page): Promise<void> {
  await page.choose('外国人本人')
  await page.type('氏名（英字）を入力してください', 'ｎｇｕｙｅｎ  van an')
  await page.type('電話番号を入力してください', '080-1234-5678')
  await page.type('パスワードを入力してください', 'Secret#2026')
  await page.type('パスワード（確認用）を入力してください', 'Secret#2026')
}

describe('asking for the registration mail', () => {
  it('goes from the terms to the address, then says where the mail went and until when its link works', async () => {
    const page = await open('/register')
    expect(page.heading).toBe('利用者登録説明')
    await page.press('同意する')
    expect(page.heading).toBe('メールアドレス入力（利用者登録）')
    expect(page.reads('「@example.jp」')).toBe(true)
    await page.type('メールアドレスを入力してください', EMAIL)
    await page.type('メールアドレス（確認用）を入力してください', EMAIL)
    await page.press('登録する')
    expect(page.heading).toBe('メール送信完了（利用者登録）')
    expect(page.reads(EMAIL)).toBe(true)
    expect(page.reads('2026年11月23日 15時30分まで')).toBe(true)
    expect(service.bodiesOf('POST /registrations')).toEqual([
      { email: EMAIL, emailConfirmation: EMAIL, language: 'ja' },
    ])
  })

  it('compares the two addresses before anything is sent', async () => {
    const page = await open('/register/email')
    await page.type('メールアドレスを入力してください', EMAIL)
    await page.type('メールアドレス（確認用）を入力してください', 'other@example.jp')
    await page.press('登録する')
    expect(service.bodiesOf('POST /registrations')).toEqual([])
    expect(page.mistakes[0]).toContain('メールアドレス（確認用）')
    expect(page.field('メールアドレス（確認用）を入力してください').getAttribute('aria-invalid')).toBe('true')
  })

  it('opens the form by the code of the mail', async () => {
    service.answer('POST /codes', () => ({ path: '/register/TOKEN' }))
    const page = await open('/register/email')
    await page.type('メールアドレスを入力してください', EMAIL)
    await page.type('メールアドレス（確認用）を入力してください', EMAIL)
    await page.press('登録する')
    await page.type('確認コード', 'abcd-ｅｆｇｈ')
    await page.press('進む')
    expect(service.bodiesOf('POST /codes')).toEqual([{ email: EMAIL, code: 'ABCDEFGH' }])
    expect(page.heading).toBe('利用者登録')
  })

  it('leads to the entry when nothing was sent from here', async () => {
    const page = await open('/register/sent')
    await page.press('メールアドレス入力へ')
    expect(page.path).toBe('/register/email')
  })
})

describe('opening the link of the registration mail', () => {
  it.each([
    {
      code: 'link.expired',
      says: 'リンクの期限（24時間）が過ぎています',
      action: 'メールアドレス入力へ',
      leads: '/register/email',
    },
    { code: 'link.used', says: 'このリンクでの登録は終わっています', action: 'ログイン', leads: '/login' },
    { code: 'link.unknown', says: 'このリンクは使えません', action: '確認コードを入力する', leads: '/code' },
  ] as const)('tells $code and offers the next step', async ({ code, says, action, leads }) => {
    service.answer('GET /registrations/:token', () => new Refusal(code))
    const page = await open('/register/TOKEN')
    expect(page.reads(says)).toBe(true)
    await page.press(action)
    expect(page.path).toBe(leads)
  })

  it('can be tried again when the service did not answer', async () => {
    service.answer('GET /registrations/:token', () => UNREACHABLE)
    const page = await open('/register/TOKEN')
    expect(page.hasField('電話番号を入力してください')).toBe(false)
    service.answer('GET /registrations/:token', () => ({ email: EMAIL, expiresAt: UNTIL }))
    page.main.querySelector<HTMLElement>('.notice button')?.click()
    await expect.poll(() => page.hasField('電話番号を入力してください')).toBe(true)
  })
})

describe('filling in the registration form', () => {
  it.each([
    {
      category: '外国人本人',
      has: ['氏名（英字）を入力してください', '生年月日', '性別', '郵便番号', '住居地'],
      lacks: ['機関名', '事務所名'],
    },
    {
      category: '法定代理人等',
      has: ['氏名（英字）を入力してください', '生年月日', '性別', '住居地'],
      lacks: ['機関名', '事務所名'],
    },
    { category: '弁護士・行政書士', has: ['事務所名', '事務所の所在地', '生年月日'], lacks: ['機関名', '住居地'] },
    {
      category: '所属機関等の職員',
      has: ['機関名', '担当者氏名（英字）を入力してください', '所在地'],
      lacks: ['生年月日', '性別', '住居地'],
    },
  ])('has the fields of $category', async ({ category, has, lacks }) => {
    const page = await open('/register/TOKEN')
    await page.choose(category)
    expect([...has, ...lacks].filter((label) => page.hasField(label))).toEqual(has)
  })

  it('says what to write instead of letters that a name cannot have, and writes it at one press', async () => {
    const page = await open('/register/TOKEN')
    await fillIn(page)
    await page.type('氏名（英字）を入力してください', 'José Núñez-O’Brien')
    await page.press('確認へ進む')
    expect(page.reads('「JOSE NUNEZ OBRIEN」')).toBe(true)
    await page.press('「JOSE NUNEZ OBRIEN」にする')
    expect(page.field('氏名（英字）を入力してください').value).toBe('JOSE NUNEZ OBRIEN')
    expect(document.activeElement).toBe(page.field('氏名（英字）を入力してください'))
    expect(page.reads('使えません')).toBe(false)
  })

  it('normalises what was typed when the field is left', async () => {
    const page = await open('/register/TOKEN')
    await fillIn(page)
    expect(page.field('氏名（英字）を入力してください').value).toBe('NGUYEN VAN AN')
    expect(page.field('電話番号を入力してください').value).toBe('08012345678')
  })

  it('lists every mistake in the order of the screen, with what was found, and keeps the input', async () => {
    const page = await open('/register/TOKEN')
    await page.choose('外国人本人')
    await page.type('氏名（英字）を入力してください', 'グエン VAN AN')
    await page.type('電話番号を入力してください', '080123456')
    await page.type('生年月日', '20000231')
    await page.type('パスワードを入力してください', 'Short#1')
    await page.press('確認へ進む')
    expect(document.activeElement).toBe(page.summary)
    const inOrder = ['氏名（英字）', '電話番号', '生年月日', 'パスワードは10文字以上', 'パスワード（確認用）']
    expect(page.mistakes.map((line, place) => line.startsWith(inOrder[place] ?? '?'))).toEqual(inOrder.map(() => true))
    expect(page.mistakes[0]).toContain('グエン')
    expect(page.mistakes[1]).toContain('9')
    expect(page.field('電話番号を入力してください').value).toBe('080123456')
    expect(service.bodiesOf('POST /registrations/:token/check')).toEqual([])
  })

  it('keeps what was typed over a change of category and of language', async () => {
    const page = await open('/register/TOKEN')
    await fillIn(page)
    await page.type('生年月日', '19980412')
    await page.choose('所属機関等の職員')
    expect(page.hasField('生年月日')).toBe(false)
    await page.choose('外国人本人')
    expect(page.field('生年月日').value).toBe('19980412')
    await page.speak('en')
    expect(page.field('Date of birth').value).toBe('19980412')
    expect(page.field('Enter a password').value).toBe('Secret#2026')
  })

  it('does not judge a field that the category does not have', async () => {
    const page = await open('/register/TOKEN')
    await fillIn(page)
    await page.type('生年月日', 'いつか')
    await page.choose('所属機関等の職員')
    await page.type('機関名', '法務商事')
    await page.press('確認へ進む')
    expect(page.heading).toBe('利用者登録確認')
  })

  it('shows at its field what only the service can see', async () => {
    service.answer(
      'POST /registrations/:token/check',
      () => new Refusal('request.invalid', { errors: [{ field: 'password', code: 'password.common' }] }),
    )
    const page = await open('/register/TOKEN')
    await fillIn(page)
    await page.press('確認へ進む')
    expect(page.field('パスワードを入力してください').getAttribute('aria-invalid')).toBe('true')
    expect(page.field('パスワードを入力してください').value).toBe('Secret#2026')
  })
})

describe('confirming the registration', () => {
  async function confirm(): Promise<Page> {
    const page = await open('/register/TOKEN')
    await fillIn(page)
    await page.press('確認へ進む')
    return page
  }

  it('shows what will be registered, but no password', async () => {
    const page = await confirm()
    expect(page.heading).toBe('利用者登録確認')
    for (const part of ['NGUYEN VAN AN', '08012345678', EMAIL, '登録後に発行されます', '入力済み（表示しません）'])
      expect(page.reads(part)).toBe(true)
    expect(page.reads('Secret#2026')).toBe(false)
  })

  it('goes back to the form with everything still there', async () => {
    const page = await confirm()
    await page.press('入力へ戻る')
    expect(page.heading).toBe('利用者登録')
    expect(page.field('パスワードを入力してください').value).toBe('Secret#2026')
  })

  it('registers once and shows the ID', async () => {
    const page = await confirm()
    const button = page.control('登録する', page.main)
    button.click()
    await page.press('登録する')
    expect(page.heading).toBe('利用者登録完了')
    expect(page.main.querySelector('.plate__value')?.textContent).toBe('K7RM2XQ9PA')
    expect(service.bodiesOf('POST /registrations/:token/completion')).toHaveLength(1)
  })

  it('says that a try whose answer was lost has probably gone through', async () => {
    service.answer('POST /registrations/:token/completion', () => UNREACHABLE)
    const page = await confirm()
    await page.press('登録する')
    expect(page.summary).not.toBeNull()
    service.answer('POST /registrations/:token/completion', () => new Refusal('link.used'))
    await page.press('登録する')
    expect(page.reads('登録は終わっていると思われます')).toBe(true)
    expect(page.reads(EMAIL)).toBe(true)
  })

  it('keeps no password outside the memory of the page', async () => {
    await confirm()
    expect(JSON.stringify({ ...sessionStorage, ...localStorage })).not.toContain('Secret#2026')
  })

  it('leads to the form when nothing was entered', async () => {
    const page = await open('/register/TOKEN/confirm')
    expect(page.path).toBe('/register/TOKEN')
  })
})
