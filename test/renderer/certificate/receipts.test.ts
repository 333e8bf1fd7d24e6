import { beforeEach, describe, expect, it } from 'vitest'
import { open, text } from '../support/page'
import { FakeService, NOW, receipt, Refusal, UNREACHABLE } from '../support/service'

const NUMBER = '在1番Y25071798'
const REGISTERED = '2026-11-22T06:30:00.000Z'
let service: FakeService
let list: ReturnType<typeof receipt>[]

beforeEach(() => {
  service = new FakeService()
  service.signedIn()
  list = [receipt(NUMBER), receipt('在1番Y25068114', '2026-11-21T00:10:00.000Z')]
  service.answer('GET /receipts', ({ query }) => {
    const page = Number(query.get('page') ?? 1)
    const size = Number(query.get('size') ?? 20)
    return { items: list.slice((page - 1) * size, page * size), total: list.length, asOf: NOW }
  })
  service.answer('POST /receipts/:number/registration', ({ params }) => {
    list = list.map((item) =>
      item.certificateNumber === params['number'] ? { ...item, registeredAt: REGISTERED } : item,
    )
    return list.find((item) => item.certificateNumber === params['number'])
  })
})

const many = (count: number) => Array.from({ length: count }, (_, place) => receipt(`在1番Y${1000 + place}`))
const rowOf = (number: string) => [...document.querySelectorAll('tbody tr')].find((row) => text(row).includes(number))

describe('the receipt list', () => {
  it('shows each certificate with its times and state, as of when', async () => {
    const page = await open('/receipts')
    expect(page.heading).toBe('受領登録一覧')
    expect(page.reads('2026年11月22日 15時57分 現在')).toBe(true)
    expect([...document.querySelectorAll('thead th')].map(text)).toEqual([
      '在留資格認定証明書番号',
      '受領登録依頼日時',
      '受領登録日時',
      '受領登録状況',
      '操作',
    ])
    expect(text(rowOf(NUMBER))).toContain('2026年11月20日15時')
    expect(text(rowOf(NUMBER))).toContain('未登録')
    expect(text(rowOf('在1番Y25068114'))).toContain('2026年11月21日9時')
    expect(text(rowOf('在1番Y25068114'))).toContain('受領登録済')
  })

  it('turns pages in the address, so that Back goes through them', async () => {
    list = many(45)
    const page = await open('/receipts')
    expect(page.reads('45件のうち 1～20件')).toBe(true)
    await page.press('最後へ')
    expect(page.path).toBe('/receipts?page=3')
    expect(page.reads('45件のうち 41～45件')).toBe(true)
    page.router.back()
    await expect.poll(() => page.reads('45件のうち 1～20件')).toBe(true)
  })

  it('changes how many are shown and stays at the rows in view', async () => {
    list = many(120)
    const page = await open('/receipts?page=4')
    const size = page.field('表示数変更') as unknown as HTMLSelectElement
    size.value = '50'
    size.dispatchEvent(new Event('change', { bubbles: true }))
    await expect.poll(() => page.path).toBe('/receipts?page=2&size=50')
  })

  it('says what an empty list means', async () => {
    list = []
    const page = await open('/receipts')
    expect(page.reads('受領登録する証明書はまだありません。')).toBe(true)
  })

  it('can be loaded again when the service did not answer', async () => {
    service.answer('GET /receipts', () => UNREACHABLE)
    const page = await open('/receipts')
    expect(page.main.querySelector('table')).toBeNull()
    service.answer('GET /receipts', () => ({ items: list, total: list.length, asOf: NOW }))
    page.main.querySelector<HTMLElement>('.notice button')?.click()
    await expect.poll(() => page.main.querySelector('table')).not.toBeNull()
  })
})

describe('registering a receipt', () => {
  it('asks with the number, then changes the row and says so', async () => {
    const page = await open('/receipts')
    await page.press(`${NUMBER} を受領登録する`)
    expect(text(page.dialog)).toContain('受領登録します。よろしいですか？')
    expect(text(page.dialog)).toContain(NUMBER)
    expect(text(document.activeElement)).toBe('閉じる')
    await page.press('受領登録する', page.dialog ?? undefined)
    expect(page.dialog).toBeNull()
    expect(text(rowOf(NUMBER))).toContain('受領登録済')
    expect(text(rowOf(NUMBER))).toContain('2026年11月22日15時')
    const news = document.querySelector('[role=status].receipts__news')
    expect(text(news)).toContain('受領登録が完了しました')
    expect(document.activeElement).toBe(news)
  })

  it('changes nothing when it is closed, and gives the focus back', async () => {
    const page = await open('/receipts')
    await page.press(`${NUMBER} を受領登録する`)
    await page.press('閉じる', page.dialog ?? undefined)
    expect(service.bodiesOf('POST /receipts/:number/registration')).toEqual([])
    expect(document.activeElement?.getAttribute('aria-label')).toBe(`${NUMBER} を受領登録する`)
  })

  it('says when it was registered before, in another window', async () => {
    const page = await open('/receipts')
    list = [receipt(NUMBER, '2026-11-22T01:05:00.000Z')]
    await page.press(`${NUMBER} を受領登録する`)
    await page.press('受領登録する', page.dialog ?? undefined)
    expect(page.reads('すでに受領登録されています')).toBe(true)
    expect(page.reads('2026年11月22日10時')).toBe(true)
  })

  it('stays with the question when the service did not answer', async () => {
    service.answer('POST /receipts/:number/registration', () => UNREACHABLE)
    const page = await open('/receipts')
    await page.press(`${NUMBER} を受領登録する`)
    await page.press('受領登録する', page.dialog ?? undefined)
    expect(page.dialog?.querySelector('[role=alert]')).not.toBeNull()
    expect(text(rowOf(NUMBER))).toContain('未登録')
  })
})

describe('opening the link of a certificate mail', () => {
  it('turns to the page of its certificate and marks the row', async () => {
    list = many(45)
    service.answer('GET /receipts/links/:token', () => ({ certificateNumber: '在1番Y1030' }))
    const page = await open('/receipts/LINK')
    await expect.poll(() => page.path).toBe('/receipts/LINK?page=2')
    await expect.poll(() => rowOf('在1番Y1030')?.hasAttribute('data-marked')).toBe(true)
    expect(page.reads('メールの証明書は 在1番Y1030 です。')).toBe(true)
  })

  it('says that the certificate belongs to another user ID, and still shows the list', async () => {
    service.answer('GET /receipts/links/:token', () => new Refusal('link.unknown'))
    const page = await open('/receipts/LINK')
    expect(page.reads('メールの証明書は、この利用者IDのものではありません')).toBe(true)
    expect(rowOf(NUMBER)).toBeDefined()
  })
})
