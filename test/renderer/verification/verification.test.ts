import { beforeEach, describe, expect, it } from 'vitest'
import { cancellationId, cancelledText, type CancelledList } from '#domain/verification/cancelled-certificates'
import type { VerificationKeys } from '#domain/verification/verification'
import { codeText } from '#domain/verification/verification'
import {
  keyIdOf,
  signedLineOf,
  signedLinesIn,
  SIGNED_FIELDS,
  type SignedValues,
} from '#domain/verification/verification-line'
import { open, settle, text, type Page } from '../support/page'
import { FakeService, UNREACHABLE } from '../support/service'

const FIELD = '証明書のメールの全文、またはQRコードの文字'
const { subtle } = globalThis.crypto

const VALUES = {
  ...(Object.fromEntries(SIGNED_FIELDS.map((field) => [field, `${field}の値`])) as SignedValues),
  number: '在1番Y25071798',
  name: 'NGUYEN VAN AN',
  birthDate: '1998年4月12日 (1998-04-12)',
}

/** A key of its own, and what it has signed; `list` signs which certificates were cancelled, by default none. */
async function signing() {
  const pair = await subtle.generateKey('Ed25519', true, ['sign', 'verify'])
  const { x = '' } = await subtle.exportKey('jwk', pair.publicKey)
  const kid = await keyIdOf(new Uint8Array(await subtle.exportKey('raw', pair.publicKey)))
  const line = await signedLineOf(VALUES, { kid, sign: (message) => subtle.sign('Ed25519', pair.privateKey, message) })
  const [read] = (await signedLinesIn(line)).lines
  const id = read ? await cancellationId(read) : ''
  const list = async (items: CancelledList['items'], asOf = '2026-11-22T00:00:00.000Z'): Promise<CancelledList> => {
    const unsigned = { asOf, kid, items }
    const signature = new Uint8Array(await subtle.sign('Ed25519', pair.privateKey, cancelledText(unsigned)))
    return { ...unsigned, signature: btoa(String.fromCharCode(...signature)) }
  }
  return {
    id,
    list,
    keys: {
      current: kid,
      training: false,
      keys: [{ kty: 'OKP', crv: 'Ed25519', use: 'sig', kid, x }],
    } as VerificationKeys,
    code: codeText(VALUES, line),
  }
}

const { keys, code, id, list } = await signing()
let service: FakeService
beforeEach(() => {
  localStorage.clear()
  service = new FakeService()
  service.answer('GET /verification-key', () => keys)
})

/** Pastes, presses, and waits for the verdict that has the focus. */
async function check(page: Page, pasted: string): Promise<string> {
  await page.type(FIELD, pasted)
  await page.press('確認する')
  await expect.poll(() => document.activeElement?.className ?? '').toMatch(/verdict|summary/)
  await settle()
  return text(document.activeElement)
}

describe('証明書の確認', () => {
  it('is open to everybody and says that it is no proof', async () => {
    const page = await open('/verify')
    expect(page.heading).toBe('証明書の確認')
    expect(page.reads('公の証明ではありません')).toBe(true)
    expect(page.reads('どこにも送らず、保存もしません')).toBe(true)
  })

  it('says of a certificate as it was sent that it is unaltered, with its facts', async () => {
    const page = await open('/verify')
    const verdict = await check(page, code)
    expect(verdict).toMatch(/^変わっていません/)
    expect(verdict).toContain('この結果は、公の証明ではありません')
    for (const value of Object.values(VALUES)) expect(verdict).toContain(value)
  })

  it('names what was altered and shows what stands there', async () => {
    const page = await open('/verify')
    const verdict = await check(page, code.replace('1998年4月12日', '1998年4月21日').replace(/^Name: .*\n/m, ''))
    expect(verdict).toMatch(/^変わっている項目が2個あります/)
    const rows = [...page.main.querySelectorAll('.verdict .facts > div')].map(text)
    expect(rows).toContain('生年月日1998年4月21日 (1998-04-12)合いません')
    expect(rows).toContain('氏名この項目は、貼り付けた文に見つかりませんありません')
    expect(rows).toContain('在留資格認定証明書番号在1番Y25071798同じ')
  })

  it('tells a line of others, also when it looks for newer keys, and a text without any', async () => {
    const page = await open('/verify')
    const foreign = await signing()
    expect(await check(page, foreign.code)).toMatch(/^このシステムが付けた符号ではありません/)
    service.answer('GET /verification-key', () => ({ ...keys, keys: [...keys.keys, ...foreign.keys.keys] }))
    await page.press('確認する')
    await expect.poll(() => page.reads('変わっていません')).toBe(true)
    expect(await check(page, 'こんにちは')).toMatch(/^確認できませんでした「ZAIRYU1」で始まる符号/)
  })

  it('works when the service no longer answers, and says what it lacks before it ever has', async () => {
    service.answer('GET /verification-key', () => UNREACHABLE)
    let page = await open('/verify')
    expect(page.reads('確認に使う鍵が、まだこの端末にありません')).toBe(true)
    expect(await check(page, code)).toMatch(/^まだ確認できません/)
    service.answer('GET /verification-key', () => keys)
    await page.press('もう一度つなぐ')
    await settle()
    service.answer('GET /verification-key', () => UNREACHABLE)
    page = await open('/verify')
    expect(await check(page, code)).toMatch(/^変わっていません/)
  })

  it('says that a certificate was cancelled, though its text is as it was sent, and as of when', async () => {
    const cancelled = await list([{ id, on: '2026-11-21', replaced: false }])
    service.answer('GET /verification-key', () => ({ ...keys, cancelled }))
    let page = await open('/verify')
    expect(await check(page, code)).toMatch(
      /^2026年11月21日に取り消された証明書です.*使えません.*11月22日 9時00分の時点/s,
    )
    const replaced = await list([{ id, on: '2026-11-21', replaced: true }])
    service.answer('GET /verification-key', () => ({ ...keys, cancelled: replaced }))
    page = await open('/verify')
    expect(await check(page, code)).toMatch(/^2026年11月21日に取り消され、新しい証明書に替わっています/)
    service.answer('GET /verification-key', () => UNREACHABLE)
    page = await open('/verify')
    expect(await check(page, code)).toMatch(/^2026年11月21日に取り消され/)
  })

  it('looks anew whether it was cancelled meanwhile, and says as of when it was not, or that it could not look', async () => {
    const none = await list([])
    service.answer('GET /verification-key', () => ({ ...keys, cancelled: none }))
    const page = await open('/verify')
    expect(await check(page, code)).toMatch(/^変わっていません.*11月22日 9時00分の時点で、取り消されていません/s)
    const cancelled = await list([{ id, on: '2026-11-22', replaced: false }])
    service.answer('GET /verification-key', () => ({ ...keys, cancelled }))
    await page.press('確認する')
    await expect.poll(() => page.reads('取り消された証明書です')).toBe(true)
    service.answer('GET /verification-key', () => ({
      ...keys,
      cancelled: { ...none, asOf: '2027-01-01T00:00:00.000Z' },
    }))
    await page.press('確認する')
    await settle()
    localStorage.clear()
    const other = await open('/verify')
    expect(await check(other, code)).toMatch(/^変わっていません.*取り消されていないかは、確認できませんでした/s)
  })

  it('keeps nothing and sends nothing of what was pasted', async () => {
    const page = await open('/verify')
    await check(page, code)
    expect(service.asked.every(({ at }) => at.body === undefined)).toBe(true)
    const stored = JSON.stringify([{ ...localStorage }, { ...sessionStorage }])
    expect(stored).not.toContain('NGUYEN')
    await page.press('消去する')
    expect(page.field(FIELD).value).toBe('')
    expect(page.reads('変わっていません')).toBe(false)
  })

  it('asks for a text when there is none', async () => {
    const page = await open('/verify')
    expect(await check(page, ' ')).toContain(FIELD)
    expect(page.mistakes).toHaveLength(1)
  })

  it('speaks English', async () => {
    const page = await open('/verify', 'en')
    await page.type('The whole certificate e-mail, or the text of the QR code', code.replace('AN', 'AM'))
    await page.press('Check')
    await expect.poll(() => page.reads('1 field has changed')).toBe(true)
    expect(page.reads('Does not match')).toBe(true)
  })

  it.each(['/', '/contact', '/procedures'])('is found from %s', async (path) => {
    const page = await open(path)
    expect(page.main.querySelector('a[href="/verify"]')).not.toBeNull()
  })
})
