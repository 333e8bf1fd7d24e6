import { beforeEach, describe, expect, it, vi } from 'vitest'
import { certificateText } from '../../../src-renderer/screens/certificate/certificate-text'
import {
  AWAITED,
  certificate,
  COUNTER,
  EMAIL,
  ISSUED,
  NUMBER,
  pending,
  RECEIVED,
  SENT,
  step,
  VALID,
  view,
  withCertificate,
} from '../support/certificates'
import { open, text } from '../support/page'
import { FakeService, NOW, Refusal } from '../support/service'

const SHEET = `/receipts/${encodeURIComponent(NUMBER)}/certificate`
let service: FakeService

beforeEach(() => {
  vi.restoreAllMocks()
  service = new FakeService()
  service.signedIn()
  service.answer('GET /receipts/:number', () => view())
  service.answer('GET /applications', () => ({ items: [withCertificate()], total: 1, asOf: NOW }))
})

const steps = () => [...document.querySelectorAll<HTMLElement>('.timeline > li')]
const stepOf = (name: string) => {
  const found = steps().find((one) => text(one.querySelector('h3')).startsWith(name))
  if (!found) throw new Error(`no step ${name}`)
  return found
}

describe('the screen of a certificate', () => {
  it('shows its mail again, in both languages, none of its values to be translated', async () => {
    const page = await open(SHEET)
    expect(page.heading).toBe('在留資格認定証明書')
    const sheet = page.main.querySelector<HTMLElement>('article') as HTMLElement
    expect(sheet.lang).toBe('ja')
    expect(text(sheet)).toContain(NUMBER)
    expect([...sheet.querySelectorAll('dt')].map(text)).toEqual([
      '氏名 Name',
      '在留資格 Status of residence',
      '備考 Remarks',
    ])
    for (const value of sheet.querySelectorAll('dd')) expect(value.getAttribute('translate')).toBe('no')
    expect([...sheet.querySelectorAll('dd span')].map(text)).toEqual(['NGUYEN VAN AN', '留学', 'Student', '－'])
    expect(sheet.querySelector('dd [lang=en]')?.textContent).toBe('Student')
    expect(sheet.querySelector('svg[role=img]')?.getAttribute('aria-label')).toBe('QRコード：証明書の内容')
  })

  it('prints by its button', async () => {
    const print = vi.fn()
    vi.stubGlobal('print', print)
    const page = await open(SHEET)
    await page.press('印刷する')
    expect(print).toHaveBeenCalledOnce()
  })

  it('copies a fact a line, sign for sign, and says so', async () => {
    const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    const page = await open(SHEET)
    await page.press('コピーする')
    expect(writeText.mock.calls[0]?.[0].split('\n')).toEqual([
      '在留資格認定証明書 / Certificate of Eligibility',
      `在留資格認定証明書番号 / Certificate No.: ${NUMBER}`,
      '氏名 / Name: NGUYEN VAN AN',
      '在留資格 / Status of residence: 留学 Student',
      '備考 / Remarks: －',
      'ZAIRYU1 ABCDE 12345',
    ])
    expect(page.reads('証明書の内容をコピーしました。')).toBe(true)
  })

  it('says when it could not be copied', async () => {
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('refused'))
    const page = await open(SHEET)
    await page.press('コピーする')
    expect(page.reads('コピーできませんでした。')).toBe(true)
  })

  it('does without a code where the values are too long for one', async () => {
    service.answer('GET /receipts/:number', () => view({ code: null }))
    const page = await open(SHEET)
    expect(page.main.querySelector('svg[role=img]')).toBeNull()
    expect(page.reads('助けです。')).toBe(false)
    expect(certificateText(view({ code: null }))).not.toContain('ZAIRYU')
  })

  it('leads to the list from a number that is not the reader’s', async () => {
    service.answer('GET /receipts/:number', () => new Refusal('certificate.unknown'))
    const page = await open('/receipts/x/certificate')
    expect(page.reads('この証明書は見つかりません')).toBe(true)
    await page.press('受領登録一覧', page.main)
    expect(page.path).toBe('/receipts')
  })

  it('leads through the login back to it', async () => {
    service.answer('GET /session', () => new Refusal('session.none'))
    const page = await open(SHEET)
    expect(page.heading).toBe('利用者ログイン')
    expect(page.router.currentRoute.value.query['to']).toBe(SHEET)
  })
})

describe('the way of a certificate', () => {
  it('says what was sent when, what is awaited and what comes', async () => {
    const reminder = step('reminder-next', 'later', '2026-11-27T06:02:00.000Z', { count: 1 })
    service.answer('GET /receipts/:number', () => view({ timeline: [ISSUED, SENT, AWAITED, reminder, VALID] }))
    await open(SHEET)
    expect(steps().map((one) => [one.dataset['state'], text(one.querySelector('h3'))])).toEqual([
      ['done', '交付 済2026年11月20日'],
      ['done', '送信済 2026年11月20日 15時02分'],
      ['next', '受領登録 未登録'],
      ['later', '次の再送（1回目） 予定2026年11月27日 15時02分'],
      ['later', '有効期限 予定2027年2月20日'],
    ])
    expect(text(stepOf('送信済'))).toContain(`${EMAIL} のメールサーバーが受け取りました。`)
    expect(text(stepOf('送信済'))).toContain('迷惑メールのフォルダーを見てください')
    expect(stepOf('受領登録').getAttribute('aria-current')).toBe('step')
    expect(document.querySelectorAll('[aria-current=step]')).toHaveLength(1)
  })

  it.each([
    ['address', 'そのアドレスはない', true],
    ['mailbox-full', '受信箱がいっぱいです', true],
    ['refused', '受け取りを断りました', true],
    ['unreachable', 'つながりませんでした', false],
    ['own', 'こちらの送信の設備', false],
  ] as const)('says what to do when sending failed: %s', async (failure, words, mendable) => {
    const failed = step('mail-failed', 'failed', '2026-11-20T06:02:00.000Z', { to: EMAIL, failure })
    const timeline = [ISSUED, failed, step('registration', 'later'), VALID]
    service.answer('GET /applications', () => ({
      items: [withCertificate({ state: 'failed', timeline })],
      total: 1,
      asOf: NOW,
    }))
    const page = await open('/applications')
    expect(text(page.main.querySelector('.status'))).toBe('送信失敗')
    expect(text(stepOf('送信失敗'))).toContain(words)
    expect(text(stepOf('送信失敗'))).toContain('申請した窓口に、もう一度送るように頼んでください。')
    expect(stepOf('送信失敗').querySelector('.icon--solid')).not.toBeNull()
    expect(stepOf('送信失敗').querySelector('a')?.getAttribute('href') ?? null).toBe(mendable ? '/my-page/email' : null)
  })

  it('says when a mail that did not go out is tried again', async () => {
    const more = { to: EMAIL, failure: 'busy', nextAttemptAt: '2026-11-20T07:02:00.000Z' } as const
    const timeline = [ISSUED, step('mail-queued', 'next', '2026-11-20T06:02:00.000Z', more), VALID]
    service.answer('GET /receipts/:number', () => view({ state: 'issued', timeline }))
    await open(SHEET)
    expect(text(stepOf('送信待ち'))).toContain('2026年11月20日 16時02分 に、もう一度送ります。')
  })
})

describe('the application status', () => {
  it('shows each certificate with its state and of its reminders the last one', async () => {
    const reminders = [1, 2, 3].map((count) =>
      step('reminder-sent', 'done', `2026-12-0${count}T06:02:00.000Z`, { to: EMAIL, count }),
    )
    const registered = step('registered', 'done', '2026-12-04T06:02:00.000Z')
    service.answer('GET /applications', () => ({
      items: [
        withCertificate({ timeline: [ISSUED, SENT, ...reminders, AWAITED, VALID] }),
        withCertificate({
          certificateNumber: '在1番Y2',
          state: 'registered',
          registeredAt: '2026-12-04T06:02:00.000Z',
          timeline: [ISSUED, SENT, registered, VALID],
        }),
        withCertificate({
          certificateNumber: '在1番Y3',
          state: 'expired',
          timeline: [ISSUED, SENT, step('expired', 'done', '2027-02-20')],
        }),
      ],
      total: 3,
      asOf: NOW,
    }))
    const page = await open('/applications')
    expect(page.heading).toBe('申請状況確認')
    const cards = [...page.main.querySelectorAll('article')]
    expect(cards.map((card) => card.getAttribute('aria-label'))).toEqual([
      `${NUMBER} の状況`,
      '在1番Y2 の状況',
      '在1番Y3 の状況',
    ])
    expect(cards.map((card) => text(card.querySelector('.status')))).toEqual([
      '送信済（未登録）',
      '受領登録済',
      '期限経過',
    ])
    expect(text(cards[0])).toContain('再送（3回目）送信済')
    expect(text(cards[0])).not.toContain('再送（2回目）')
    expect(text(cards[1])).not.toContain('受領登録一覧')
    expect(text(cards[2])).toContain('再送のメールは、もう届きません。')
    await page.press('証明書を読む・印刷する', cards[1])
    expect(page.path).toBe(`/receipts/${encodeURIComponent('在1番Y2')}/certificate`)
  })

  const EXAMINED = step('examining', 'done', '2026-11-17T01:30:00.000Z')
  it('shows applications at the counter, and what comes next of each', async () => {
    const examining = [RECEIVED, step('examining', 'next', '2026-11-17T01:30:00.000Z'), step('result', 'later')]
    const items = [pending(), pending({ state: 'examining', timeline: examining })]
    service.answer('GET /applications', () => ({ items, total: 2, asOf: NOW }))
    const page = await open('/applications')
    const [waiting, running] = [...page.main.querySelectorAll('article')]
    expect(waiting?.getAttribute('aria-label')).toBe('TYO-2026-000123 の状況')
    expect(text(waiting?.querySelector('h2'))).toBe('TYO-2026-000123')
    expect(text(waiting)).toContain('受付日2026年11月16日')
    expect(text(waiting?.querySelector('.status'))).toBe('受付')
    expect(text(waiting)).toContain('東京出入国在留管理局の窓口で受け付けました。')
    expect(text(waiting?.querySelector('[aria-current=step]'))).toContain('審査が始まるのを待っています。')
    expect(text(waiting)).toContain('不交付のときは、郵便で知らせます。')
    expect(waiting?.querySelectorAll('.actions a')).toHaveLength(0)
    expect(text(running?.querySelector('.status'))).toBe('審査中')
    expect(text(running?.querySelector('[aria-current=step]'))).toContain('審査 2026年11月17日 10時30分')
    expect(text(running)).toContain('審査をしています。')
  })

  it('says kindly that a certificate was not issued, and that the letter comes by post', async () => {
    const timeline = [RECEIVED, EXAMINED, step('refused', 'done', '2026-12-01T03:00:00.000Z')]
    service.answer('GET /applications', () => ({
      items: [pending({ state: 'refused', timeline })],
      total: 1,
      asOf: NOW,
    }))
    const page = await open('/applications')
    expect(text(page.main.querySelector('.status'))).toBe('不交付')
    expect(text(stepOf('不交付'))).toContain('結果の通知を郵便で送ります。電子メールは届きません。')
    expect(document.querySelector('[aria-current=step]')).toBeNull()
  })

  it('begins the way of a certificate at the counter where it was applied for there', async () => {
    const timeline = [RECEIVED, EXAMINED, ISSUED, SENT, AWAITED, VALID]
    service.answer('GET /receipts/:number', () => view({ counter: COUNTER, timeline }))
    await open(SHEET)
    expect(
      steps()
        .map((one) => text(one.querySelector('h3')))
        .slice(0, 3),
    ).toEqual(['受付 済2026年11月16日', '審査 済2026年11月17日 10時30分', '交付 済2026年11月20日'])
  })

  it('says what an empty list means', async () => {
    service.answer('GET /applications', () => ({ items: [], total: 0, asOf: NOW }))
    const page = await open('/applications')
    expect(page.reads('申請はまだありません。')).toBe(true)
    expect(page.reads('窓口で利用者IDを伝えて')).toBe(true)
  })
})

describe('マイページ', () => {
  it('shows the newest certificate with its way, and leads to it', async () => {
    const page = await open('/my-page')
    expect(text(page.main)).toContain('送信済（未登録）')
    expect(steps()).toHaveLength(4)
    await page.press('証明書を読む・印刷する', page.main)
    expect(page.path).toBe(SHEET)
  })

  it('shows it before a newer application, and that one while there is no certificate', async () => {
    service.answer('GET /applications', () => ({ items: [pending(), withCertificate()], total: 2, asOf: NOW }))
    expect(text((await open('/my-page')).main)).toContain('送信済（未登録）')
    service.answer('GET /applications', () => ({ items: [pending()], total: 1, asOf: NOW }))
    const page = await open('/my-page')
    expect(text(page.main)).toContain('TYO-2026-000123')
    expect(text(page.main)).not.toContain('証明書を読む')
  })
})

describe('the number in the receipt list', () => {
  it('leads to its certificate', async () => {
    service.answer('GET /receipts', () => ({ items: [certificate()], total: 1, asOf: NOW }))
    const page = await open('/receipts')
    await page.press(NUMBER)
    expect(page.heading).toBe('在留資格認定証明書')
  })
})
