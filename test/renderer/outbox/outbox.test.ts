import { beforeEach, describe, expect, it } from 'vitest'
import type { MailTrouble, OutboxItem, OutboxMail } from '#contract/http/staff/admin'
import type { DeliveryFailure } from '#contract/http/mail-failure'
import { clerk } from '../support/counter'
import { open, settle, text } from '../support/page'
import { FakeService, Refusal } from '../support/service'

let service: FakeService
const QUIET: MailTrouble = { stopped: null, waiting: [] }
const STOPPED: MailTrouble = {
  stopped: {
    at: '2026-11-22T05:00:00.000Z',
    failure: 'relay',
    reason: '550 5.7.1',
    nextProbeAt: '2026-11-22T07:10:00.000Z',
  },
  waiting: [{ failure: 'relay', count: 12 }],
}
const mail = (changes: Partial<OutboxItem> = {}): OutboxItem => ({
  id: 'm1',
  to: 'an@example.jp',
  subject: '在留資格認定証明書の交付',
  status: 'queued',
  attempts: 1,
  createdAt: '2026-11-22T05:00:00.000Z',
  sentAt: null,
  nextAttemptAt: null,
  lastError: null,
  failure: null,
  withdrawnFor: null,
  ...changes,
})
const withdrawn = mail({ id: 'm2', status: 'withdrawn', withdrawnFor: 'certificate.cancelled' })
const oneMail = (item: OutboxItem): OutboxMail => ({ ...item, from: 'office@example.jp', text: '本文です。' })

function outbox(
  trouble: MailTrouble,
  failures: { failure: DeliveryFailure; count: number }[] = [],
  items: OutboxItem[] = [],
): void {
  service.answer('GET /staff/mails', () => ({
    items,
    total: items.length,
    counts: { queued: 0, sent: 0, failed: 0, withdrawn: 0 },
    trouble,
    failures,
  }))
}
const notice = () => document.querySelector<HTMLElement>('.trouble')
const retries = () => service.bodiesOf('POST /staff/mails/retries')

beforeEach(() => {
  service = new FakeService()
  service.answer('GET /staff/session', () => clerk({ role: 'admin' }))
  service.answer('POST /staff/mails/retries', () => ({ count: 12 }))
})

describe('the outbox while no mail goes out', () => {
  it('says since when, why and when one is tried next, and leads to the settings', async () => {
    outbox(STOPPED)
    const page = await open('/staff/admin/mails')
    const words = text(notice())
    expect(words).toContain('メールの送信が止まっています')
    expect(words).toMatch(/14:00|14時0?0分/)
    expect(words).toMatch(/16:10|16時10分/)
    expect(words).toContain('こちらのメールの中継を許していません')
    expect(page.control('メールの設定へ', notice() ?? undefined).getAttribute('href')).toBe(
      '/staff/admin/mail-settings',
    )
  })

  it('tries again once, however often it is pressed, and then is quiet with the alarm', async () => {
    service.mailGoes('stopped')
    outbox(STOPPED)
    let answer = (): void => undefined
    service.answer('POST /staff/mails/retries', () => new Promise((resolve) => (answer = () => resolve({ count: 12 }))))
    const page = await open('/staff/admin/mails')
    expect(document.querySelector('.mail-alarm')).not.toBeNull()
    await page.press('今すぐ試す')
    await page.press('今すぐ試す').catch(() => undefined)
    expect(retries()).toEqual([{ status: 'queued' }])
    service.mailGoes(null)
    outbox(QUIET)
    answer()
    await settle()
    expect(retries()).toHaveLength(1)
    expect(page.reads('待っているメールを、もう一度送ります。')).toBe(true)
    expect(notice()).toBeNull()
    expect(document.querySelector('.mail-alarm')).toBeNull()
  })

  it('says why it could not be tried again, and lets it be tried', async () => {
    outbox(STOPPED)
    service.answer('POST /staff/mails/retries', () => new Refusal('service.failed'))
    const page = await open('/staff/admin/mails')
    await page.press('今すぐ試す')
    expect(notice()?.querySelector('[role=alert]')).not.toBeNull()
    service.answer('POST /staff/mails/retries', () => ({ count: 12 }))
    await page.press('今すぐ試す')
    expect(retries()).toHaveLength(2)
    expect(notice()?.querySelector('[role=alert]')).toBeNull()
  })
})

describe('the outbox while some mail waits for the office', () => {
  it('says how many wait for what, and that none is lost', async () => {
    outbox({
      stopped: null,
      waiting: [
        { failure: 'tls-expired', count: 2 },
        { failure: 'sign-in', count: 1 },
      ],
    })
    await open('/staff/admin/mails')
    const words = text(notice())
    expect(words).toContain('こちらの原因で待っているメールがあります')
    expect(words).toContain('期限が切れているか、まだ有効ではありません。（2通）')
    expect(words).toContain('ユーザー名とパスワードを求めているか、受け付けていません。（1通）')
    expect(words).toContain('失われることはなく')
  })

  it('says nothing when all is well', async () => {
    outbox(QUIET)
    await open('/staff/admin/mails')
    expect(notice()).toBeNull()
  })
})

describe('mails that were given up', () => {
  it('are tried again by reason, or all of them', async () => {
    outbox(QUIET, [
      { failure: 'address', count: 3 },
      { failure: 'mailbox-full', count: 1 },
    ])
    const page = await open('/staff/admin/mails')
    await page.press('この理由の3通を送り直す')
    expect(retries()).toEqual([{ status: 'failed', failure: 'address' }])
    expect(page.reads('12通を送信待ちに戻しました。')).toBe(true)
    await page.press('失敗した4通をすべて送り直す')
    expect(retries().at(-1)).toEqual({ status: 'failed' })
  })

  it('of one reason have one button', async () => {
    outbox(QUIET, [{ failure: 'address', count: 3 }])
    await open('/staff/admin/mails')
    expect(notice()?.querySelectorAll('button')).toHaveLength(1)
  })
})

describe('a mail that is no longer wanted', () => {
  it('stands in the outbox with its state and the reason', async () => {
    outbox(QUIET, [], [withdrawn])
    const page = await open('/staff/admin/mails?status=withdrawn')
    expect(service.asked.find(({ call }) => call === 'GET /staff/mails')?.at.query.get('status')).toBe('withdrawn')
    const row = text(page.main.querySelector('tbody tr'))
    expect(row).toContain('取りやめ')
    expect(row).toContain('取り消')
  })

  it('says why it is not sent, and cannot be sent', async () => {
    service.answer('GET /staff/mails/:id', () => oneMail(withdrawn))
    const page = await open('/staff/admin/mails/m2')
    expect(page.reads('このメールは、内容が今の状態と合わなくなったので、送りません。')).toBe(true)
    expect(page.reads('取りやめの理由')).toBe(true)
    expect(() => page.control('今すぐ送り直す')).toThrow('nothing called')
  })

  it.each(['queued', 'failed'] as const)('is another one than a mail that is %s, which can be sent', async (status) => {
    service.answer('GET /staff/mails/:id', () => oneMail(mail({ status })))
    service.answer('POST /staff/mails/:id/retry', () => oneMail(mail({ status: 'sent', sentAt: mail().createdAt })))
    const page = await open('/staff/admin/mails/m1')
    expect(page.reads('このメールは、内容が今の状態と合わなくなったので、送りません。')).toBe(false)
    await page.press('今すぐ送り直す')
    expect(page.reads('送信しました。')).toBe(true)
    expect(() => page.control('今すぐ送り直す')).toThrow('nothing called')
  })

  it('may become so while somebody presses the button', async () => {
    service.answer('GET /staff/mails/:id', () => oneMail(mail()))
    service.answer('POST /staff/mails/:id/retry', () => oneMail({ ...withdrawn, id: 'm1' }))
    const page = await open('/staff/admin/mails/m1')
    await page.press('今すぐ送り直す')
    expect(page.reads('このメールは、内容が今の状態と合わなくなったので、送りません。')).toBe(true)
    expect(page.reads('送信しました。')).toBe(false)
    expect(() => page.control('今すぐ送り直す')).toThrow('nothing called')
  })
})
