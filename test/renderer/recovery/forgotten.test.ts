import { beforeEach, describe, expect, it } from 'vitest'
import { open, settle, text } from '../support/page'
import { FakeService, Refusal, session } from '../support/service'

const EMAIL = 'nguyen.van.an.1998@example.jp'
const ID = 'K7RM2XQ9P6'
const UNTIL = '2026-11-22T07:57:00.000Z'
let service: FakeService

beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
  service = new FakeService()
  service.answer('POST /user-id-reminders', () => ({ email: EMAIL }))
  service.answer('POST /password-resets', () => ({ email: EMAIL, expiresAt: UNTIL }))
  service.answer('GET /password-resets/:token', () => ({ userId: ID, expiresAt: UNTIL }))
  service.answer('POST /password-resets/:token/completion', () => undefined)
})

describe('the forgotten user ID (M2.4)', () => {
  it('is asked for from the login and sent to the address; the answer tells nothing', async () => {
    const page = await open('/login')
    await page.press('利用者IDを忘れた場合はこちら')
    expect(page.heading).toBe('メールアドレス入力（利用者ID通知）')
    expect(page.reads('また、迷惑メール対策等を行っている場合には、「@example.jp」からのメール受信が')).toBe(true)
    expect(page.reads('2026年1月4日までに電子届出システムの利用者情報登録がお済みの方は')).toBe(true)
    await page.type('メールアドレスを入力してください', ` ${EMAIL}`)
    await page.type('氏名（英字）を入力してください', 'ｎｇｕｙｅｎ  van an')
    await page.press('完了する')
    expect(page.heading).toBe('メール送信完了（利用者ID通知）')
    expect(service.bodiesOf('POST /user-id-reminders')).toEqual([
      { email: EMAIL, nameEn: 'NGUYEN VAN AN', language: 'ja' },
    ])
    expect(page.reads('同じ登録があるときは、利用者IDが記載されたメールが届きます')).toBe(true)
    expect(page.hasField('確認コード')).toBe(false)
  })

  it('keeps what was typed over Back and a change of language, and sends nothing by itself', async () => {
    const page = await open('/forgot-id')
    await page.type('メールアドレスを入力してください', EMAIL)
    await page.type('氏名（英字）を入力してください', 'NGUYEN VAN AN')
    await page.press('完了する')
    page.router.back()
    await settle()
    expect(page.field('メールアドレスを入力してください').value).toBe(EMAIL)
    await page.speak('en')
    expect(page.field('Enter your name (Latin letters)').value).toBe('NGUYEN VAN AN')
    page.router.forward()
    await settle()
    expect(page.heading).toBe('E-mail sent (user ID notice)')
    expect(service.bodiesOf('POST /user-id-reminders')).toHaveLength(1)
  })

  it('still says after a reload where the mail went', async () => {
    const page = await open('/forgot-id')
    await page.type('メールアドレスを入力してください', EMAIL)
    await page.type('氏名（英字）を入力してください', 'NGUYEN VAN AN')
    await page.press('完了する')
    expect((await open('/forgot-id/sent')).reads(EMAIL)).toBe(true)
  })

  it('tells from when it may be asked for again', async () => {
    service.answer('POST /user-id-reminders', () => new Refusal('request.too-many', { retryAt: UNTIL }))
    const page = await open('/forgot-id')
    await page.type('メールアドレスを入力してください', EMAIL)
    await page.type('氏名（英字）を入力してください', 'NGUYEN VAN AN')
    await page.press('完了する')
    expect(page.reads('2026年11月22日 16時57分を過ぎてから')).toBe(true)
    expect(page.field('メールアドレスを入力してください').value).toBe(EMAIL)
  })

  it('leads to the entry when nothing was sent from here', async () => {
    const page = await open('/forgot-id/sent')
    await page.press('メールアドレス入力へ')
    expect(page.path).toBe('/forgot-id')
  })
})

describe('a locked user ID (M2.2)', () => {
  async function lock() {
    service.answer('POST /session', () => new Refusal('session.locked', { until: '2026-11-23T06:57:00.000Z' }))
    const page = await open('/login')
    await page.type('利用者ID', ID)
    await page.type('パスワード', 'Wrong-2026x')
    await page.press('ログイン')
    return page
  }

  it('says until when, and leads to the reset with the ID filled in', async () => {
    const page = await lock()
    expect(page.reads('2026年11月23日 15時57分')).toBe(true)
    await page.press('パスワードを再設定する')
    expect(page.heading).toBe('利用者ID入力（パスワード再設定）')
    expect(page.field('利用者IDを入力してください').value).toBe(ID)
    page.router.back()
    await settle()
    expect(page.reads('この利用者IDは、一時的にログインできません')).toBe(true)
  })

  it('is still said after a reload, but no longer after the reset', async () => {
    await lock()
    expect((await open('/login')).reads('一時的にログインできません')).toBe(true)
    const page = await open('/password-reset/TOKEN')
    await page.type('パスワードを入力してください', 'Ame-3-Kawa-Hoshi')
    await page.type('パスワード（確認用）を入力してください', 'Ame-3-Kawa-Hoshi')
    await page.press('再設定する')
    await page.press('ログイン')
    expect(page.heading).toBe('利用者ログイン')
    expect(page.reads('一時的にログインできません')).toBe(false)
    expect(page.field('利用者ID').value).toBe(ID)
  })

  it('keeps the ID for other screens, but never a password', async () => {
    service.answer('POST /session', () => new Refusal('session.wrong', { triesLeft: 4 }))
    const page = await open('/login')
    await page.type('利用者ID', ID)
    await page.type('パスワード', 'Wrong-2026x')
    await page.press('パスワードを忘れた場合はこちら')
    expect(page.field('利用者IDを入力してください').value).toBe(ID)
    await page.press('ログインへ戻る')
    expect(page.field('利用者ID').value).toBe(ID)
    expect(page.field('パスワード').value).toBe('')
  })
})

describe('the forgotten password (M2.5)', () => {
  it('asks about a mistyped ID before it sends, then says until when the link works, and takes the code', async () => {
    service.answer('POST /codes', () => ({ path: '/password-reset/TOKEN' }))
    const page = await open('/forgot-password')
    await page.type('利用者IDを入力してください', 'k7rm 2xq9 pb')
    await page.type('メールアドレスを入力してください', EMAIL)
    await page.press('完了する')
    expect(page.mistakes).toHaveLength(1)
    expect(service.bodiesOf('POST /password-resets')).toEqual([])
    await page.type('利用者IDを入力してください', ID)
    await page.press('完了する')
    expect(page.heading).toBe('メール送信完了（パスワード再設定）')
    expect(page.reads('2026年11月22日 16時57分まで')).toBe(true)
    await page.type('確認コード', 'abcd-efgh')
    await page.press('進む')
    expect(service.bodiesOf('POST /codes')).toEqual([{ email: EMAIL, code: 'ABCDEFGH' }])
    expect(page.heading).toBe('パスワード再設定')
  })

  it('changes nothing before the button is pressed', async () => {
    const page = await open('/password-reset/TOKEN')
    expect(page.field('利用者ID').value).toBe(ID)
    expect(service.bodiesOf('POST /password-resets/:token/completion')).toEqual([])
  })

  it('tells all mistakes at once, then what only the service can see, at their fields', async () => {
    const page = await open('/password-reset/TOKEN')
    await page.type('パスワードを入力してください', 'short')
    await page.type('パスワード（確認用）を入力してください', 'other')
    await page.press('再設定する')
    expect(page.mistakes).toHaveLength(2)
    for (const [code, words] of [
      ['password.common', 'よく使われている'],
      ['password.user-id', '利用者IDを入れることはできません'],
    ] as const) {
      const errors = [{ field: 'password', code }]
      service.answer('POST /password-resets/:token/completion', () => new Refusal('request.invalid', { errors }))
      await page.type('パスワードを入力してください', 'Ame-3-Kawa-Hoshi')
      await page.type('パスワード（確認用）を入力してください', 'Ame-3-Kawa-Hoshi')
      await page.press('再設定する')
      expect(page.mistakes.join()).toContain(words)
      expect(page.field('パスワードを入力してください').getAttribute('aria-invalid')).toBe('true')
      expect(page.field('パスワードを入力してください').value).toBe('Ame-3-Kawa-Hoshi')
    }
  })

  it('ticks the rules off, shows and hides, takes a pasted password and advises', async () => {
    const page = await open('/password-reset/TOKEN')
    const field = page.field('パスワードを入力してください')
    expect(field.autocomplete).toBe('new-password')
    expect(field.maxLength).toBeLessThan(1)
    await page.type('パスワードを入力してください', 'Abcdef-123x')
    expect(document.querySelectorAll('.rules li[data-met]')).toHaveLength(5)
    expect(page.reads('「Abcdef」は、順番に並んだ文字です')).toBe(true)
    await page.press('表示')
    expect(document.querySelectorAll('input[type=password]')).toHaveLength(1)
  })

  it('cannot be repeated by Back; the way there is forgotten, also in what the window keeps', async () => {
    service.signedIn()
    const page = await open('/forgot-password')
    await page.type('利用者IDを入力してください', ID)
    await page.type('メールアドレスを入力してください', EMAIL)
    await page.press('完了する')
    await page.router.push('/password-reset/TOKEN')
    await settle()
    service.answer('GET /session', () => new Refusal('session.none'))
    await page.type('パスワードを入力してください', 'Ame-3-Kawa-Hoshi')
    await page.type('パスワード（確認用）を入力してください', 'Ame-3-Kawa-Hoshi')
    await page.press('再設定する')
    expect(page.heading).toBe('パスワード再設定完了')
    expect(text(document.querySelector('header'))).toContain('ログイン')
    page.router.back()
    await settle()
    expect(page.heading).toBe('メール送信完了（パスワード再設定）')
    expect(page.reads('この画面からは、まだメールを送っていません')).toBe(true)
    const stored = JSON.stringify([{ ...localStorage }, { ...sessionStorage }])
    expect(stored).not.toContain('Kawa')
    expect((await open('/password-reset/complete')).reads('パスワードを再設定しました')).toBe(true)
  })

  it('says nothing was done where nothing was done', async () => {
    const page = await open('/password-reset/complete')
    expect(page.reads('ここには表示するものがありません')).toBe(true)
    expect(page.reads('再設定しました')).toBe(false)
  })
})

describe('a link of a mail that is of no use any more', () => {
  const kinds = [
    ['/password-reset/T', 'GET /password-resets/:token', 'link.expired', 'リンクの期限（1時間）', '/forgot-password'],
    ['/password-reset/T', 'GET /password-resets/:token', 'link.used', '再設定は終わっています', '/login'],
    ['/password-reset/T', 'GET /password-resets/:token', 'link.unknown', '使えません', '/forgot-password'],
    ['/email-change/T', 'GET /email-changes/:token', 'link.expired', 'リンクの期限（24時間）', '/my-page/email'],
    ['/email-change/T', 'GET /email-changes/:token', 'link.used', '変更は終わっています', '/my-page/details'],
    ['/email-change/T', 'GET /email-changes/:token', 'link.unknown', '使えません', '/my-page/email'],
    ['/email-undo/T', 'GET /email-undos/:token', 'link.expired', 'リンクの期限（7日間）', '/contact'],
    ['/email-undo/T', 'GET /email-undos/:token', 'link.used', '取消しは終わっています', '/forgot-password'],
    ['/email-undo/T', 'GET /email-undos/:token', 'link.unknown', '使えません', '/contact'],
  ] as const
  it.each(kinds)('%s: %s %s is told, with the next step', async (path, call, code, words, leads) => {
    service.answer(call, () => new Refusal(code))
    const page = await open(path)
    expect(page.reads(words)).toBe(true)
    await page.press(text(page.main.querySelector('.notice .button')))
    const { path: shown, query } = page.router.currentRoute.value
    expect(query['to'] ?? shown).toBe(leads)
  })

  it('is told also when it ends while the form is open', async () => {
    service.answer('POST /password-resets/:token/completion', () => new Refusal('link.expired'))
    const page = await open('/password-reset/T')
    await page.type('パスワードを入力してください', 'Ame-3-Kawa-Hoshi')
    await page.type('パスワード（確認用）を入力してください', 'Ame-3-Kawa-Hoshi')
    await page.press('再設定する')
    expect(page.reads('リンクの期限（1時間）が過ぎています')).toBe(true)
    expect(document.activeElement).toBe(document.querySelector('h1'))
  })
})

it('explains to users of the other system why their right password does not log in (M2)', async () => {
  service.answer('POST /session', () => new Refusal('session.other-system'))
  const page = await open('/login')
  await page.type('利用者ID', 'TODOKEDE01')
  await page.type('パスワード', 'Right-2026x')
  await page.press('ログイン')
  expect(text(page.summary)).toContain('電子届出システム')
  await page.press('新規登録', page.summary ?? document)
  expect(page.path).toBe('/register')
})

it('asks for a reset signed out or in alike', async () => {
  service.answer('GET /session', () => session())
  expect((await open('/forgot-password')).heading).toBe('利用者ID入力（パスワード再設定）')
})
