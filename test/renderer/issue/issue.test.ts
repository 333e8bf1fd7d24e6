import { beforeEach, describe, expect, it } from 'vitest'
import { lengthOf, periodProblem } from '../../../src-renderer/screens/issue/issue-options'
import { application, clerk } from '../support/counter'
import { open, settle } from '../support/page'
import { FakeService, Refusal } from '../support/service'

let service: FakeService
type Page = Awaited<ReturnType<typeof open>>
const select = async (page: Page, label: string, value: string) => {
  const field = page.field(label) as unknown as HTMLSelectElement
  field.value = value
  field.dispatchEvent(new Event('change', { bubbles: true }))
  await settle()
}
const fill = async (page: Page) => {
  await page.type('在留資格認定証明書番号', '在1番Y1')
  await page.type('生年月日', '19980412')
  await page.choose('男 Male')
  await select(page, '国籍・地域', 'VNM')
  await select(page, '在留資格', '留学')
  await page.type('在留期間', '2年')
}

beforeEach(() => {
  service = new FakeService()
  service.answer('GET /staff/session', () => clerk())
  service.answer('GET /staff/applications/:id', () => application())
  service.answer('POST /staff/certificates/preview', () => ({ to: 'x', subject: '件名', text: '本文', html: '' }))
})

describe('the form of a certificate', () => {
  it('begins with what is known, and ties every error to its field', async () => {
    const page = await open('/staff/applications/a1/issue')
    expect(page.heading).toBe('証明書の交付')
    expect(page.field('氏名（英字）').value).toBe('NGUYEN VAN AN')
    expect(page.field('交付年月日').value).toBe('20261122')
    expect(page.field('交付官署').value).toBe('東京出入国在留管理局')
    await page.type('生年月日', '19981341')
    await page.press('交付の確認へ進む')
    expect(document.activeElement).toBe(page.summary)
    expect(page.mistakes).toEqual([
      '証明書番号：入力されていません。',
      '国籍・地域：入力されていません。',
      '生年月日：この日付はありません。年・月・日の順に8桁で入力してください。',
      '性別：入力されていません。',
      '在留資格：入力されていません。',
      '在留期間：入力されていません。',
    ])
    expect(service.bodiesOf('POST /staff/applications/:id/certificate')).toEqual([])
  })

  it('asks once more, sends ISO dates, and shows what the service refuses', async () => {
    service.answer(
      'POST /staff/applications/:id/certificate',
      () => new Refusal('request.invalid', { errors: [{ field: 'certificateNumber', code: 'certificate.taken' }] }),
    )
    const page = await open('/staff/applications/a1/issue')
    await fill(page)
    await page.press('交付の確認へ進む')
    expect(page.dialog?.textContent).toContain('在1番Y1')
    expect(service.bodiesOf('POST /staff/applications/:id/certificate')).toEqual([])
    await page.press('交付して送る', page.dialog as HTMLElement)
    expect(service.bodiesOf('POST /staff/applications/:id/certificate')).toMatchObject([
      { issuedOn: '2026-11-22', birthDate: '1998-04-12', sex: 'male', periodOfStay: '2年' },
    ])
    expect(page.mistakes).toEqual(['証明書番号：この番号の証明書は、すでにあります。'])
    expect(page.field('生年月日').value).toBe('19980412')
  })

  it('keeps what was typed over another screen', async () => {
    const page = await open('/staff/applications/a1/issue')
    await page.type('在留資格認定証明書番号', '在1番Y1')
    await page.press('申請へ戻る')
    await page.router.push('/staff/applications/a1/issue')
    await settle()
    expect(page.field('在留資格認定証明書番号').value).toBe('在1番Y1')
  })
})

describe('the period of stay', () => {
  it.each([
    ['技術・人文知識・国際業務', '3年', null],
    ['技術・人文知識・国際業務', '4年', 'period.form'],
    ['留学', '4年3月', null],
    ['留学', '4年4月', 'period.long'],
    ['留学', 'long', 'period.form'],
    ['特定活動', '5年', null],
    ['特定活動', '6年', 'period.long'],
    ['外交', '外交活動を行う期間', null],
  ])('of %s: %s is %s', (status, period, problem) => {
    expect(periodProblem(status, period)).toBe(problem)
  })

  it('is measured to tell the longer one', () => {
    expect(lengthOf('1年')).toBeGreaterThan(lengthOf('11月') ?? Infinity)
    expect(lengthOf('')).toBeNull()
  })
})
