import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import domains from '../../../resources/reference/mail-domains.json'
import { likelyEmail, typingDistance } from '../../../src-renderer/components/suggestion/email-domain'
import { open, settle } from '../support/page'
import { FakeService } from '../support/service'

const word = fc.stringMatching(/^[a-z.]{0,12}$/)

describe('the distance of two words', () => {
  it.each([
    ['gmial.com', 'gmail.com', 1],
    ['gmai.com', 'gmail.com', 1],
    ['gmaill.com', 'gmail.com', 1],
    ['gmsil.com', 'gmail.com', 1],
    ['yaho.co.jo', 'yahoo.co.jp', 2],
    ['', 'abc', 3],
  ] as const)('from %s to %s is %i', (one, other, distance) => {
    expect(typingDistance(one, other)).toBe(distance)
  })

  it('is 0 for the same word only, and the same both ways', () =>
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(typingDistance(one, other) === 0).toBe(one === other)
        expect(typingDistance(one, other)).toBe(typingDistance(other, one))
        expect(typingDistance(one, other)).toBeLessThanOrEqual(Math.max(one.length, other.length))
      }),
    ))
})

describe('an address that looks mistyped', () => {
  it.each([
    ['an@gmial.com', 'an@gmail.com'],
    ['An.Nguyen@GMAIL.CMO', 'An.Nguyen@gmail.com'],
    ['an@gmail.con', 'an@gmail.com'],
    ['an@gmail', 'an@gmail.com'],
    ['an@gmail,com', 'an@gmail.com'],
    ['an@gmail..com', 'an@gmail.com'],
    ['ａｎ＠ｇｍａｉｌ．ｃｏ', 'an@gmail.com'],
    ['an@gmail.co.jp', 'an@gmail.com'],
    ['an@docomo', 'an@docomo.ne.jp'],
    ['an@docom.ne.jp', 'an@docomo.ne.jp'],
    ['an@docomo.ne.jo', 'an@docomo.ne.jp'],
    ['an@ezwed.ne.jp', 'an@ezweb.ne.jp'],
    ['an@softbnak.ne.jp', 'an@softbank.ne.jp'],
    ['an@i.sofbank.jp', 'an@i.softbank.jp'],
    ['an@yahoo.co.jo', 'an@yahoo.co.jp'],
    ['an@yahooo.co.jp', 'an@yahoo.co.jp'],
    ['an@iclould.com', 'an@icloud.com'],
    ['an@outlok.jp', 'an@outlook.jp'],
    ['an@hotmal.co.jp', 'an@hotmail.co.jp'],
    ['an@au.con', 'an@au.com'],
    ['an@qq.con', 'an@qq.com'],
    ['tanaka@mirai-shoji.con', 'tanaka@mirai-shoji.com'],
    ['tanaka@mirai-shoji.cojp', 'tanaka@mirai-shoji.co.jp'],
  ])('%s → %s', (typed, meant) => {
    expect(likelyEmail(typed)).toBe(meant)
  })

  it.each([
    'an@example.jp',
    'an@houmu.go.jp',
    'an@mirai-shoji.co.jp',
    'an@ymail.com',
    'an@mail.com',
    'an@gmx.com',
    'an@ac.com',
    'an@softbank.co.jp',
    'an@yahoo.com.tw',
    'an@u-tokyo.ac.jp',
    'an@vip.qq.com',
    'an',
    'an@',
    '@gmail.com',
    '',
  ])('%s is not one', (typed) => {
    expect(likelyEmail(typed)).toBeNull()
  })

  it('is never one of the known domains, in whatever case', () => {
    for (const domain of [...domains.frequent, ...domains.like])
      for (const written of [domain, domain.toUpperCase()])
        expect(likelyEmail(`an@${written}`)?.toLowerCase() ?? `an@${domain}`).toBe(`an@${domain}`)
  })

  it('keeps what stands before the @, and its suggestion is itself not questioned', () =>
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-zA-Z0-9._-]{1,20}$/),
        fc.constantFrom(...domains.frequent),
        fc.nat({ max: 20 }),
        (person, domain, place) => {
          const typed = `${person}@${domain.slice(0, place)}${domain.slice(place + 1)}`
          const meant = likelyEmail(typed)
          if (meant === null) return
          expect(meant.startsWith(`${person}@`)).toBe(true)
          expect(likelyEmail(meant)).toBeNull()
        },
      ),
    ))
})

describe('an e-mail field', () => {
  beforeEach(() => {
    localStorage.clear()
    sessionStorage.clear()
    new FakeService()
  })
  const FIELD = 'メールアドレスを入力してください'

  it('asks under the field when it is left, and takes the answer with one press', async () => {
    const page = await open('/register/email')
    await page.type(FIELD, 'an@gmial.com')
    await settle()
    const asked = [...document.querySelectorAll('[role=status]')].find((one) => one.textContent.includes('もしかして'))
    expect(asked?.textContent.trim()).toBe('もしかして an@gmail.com ですか？')
    expect(page.field(FIELD).getAttribute('aria-invalid')).toBeNull()
    await page.press('このアドレスにする')
    expect(page.field(FIELD).value).toBe('an@gmail.com')
    expect(document.activeElement).toBe(page.field(FIELD))
    expect(page.reads('もしかして')).toBe(false)
    expect(page.reads('an@gmail.com にしました')).toBe(true)
  })

  it('stops asking while something else is typed, and does not ask about a firm', async () => {
    const page = await open('/register/email')
    await page.type(FIELD, 'an@gmial.com')
    await settle()
    page.field(FIELD).value = 'an@gmial.co'
    page.field(FIELD).dispatchEvent(new Event('input', { bubbles: true }))
    await settle()
    expect(page.reads('もしかして')).toBe(false)
    await page.type(FIELD, 'tanaka@mirai-shoji.co.jp')
    await settle()
    expect(page.reads('もしかして')).toBe(false)
  })

  it('waits until the pointer that leaves the field has done its press', async () => {
    const page = await open('/register/email')
    document.dispatchEvent(new Event('pointerdown'))
    await page.type(FIELD, 'an@gmial.com')
    await settle()
    expect(page.reads('もしかして')).toBe(false)
    document.dispatchEvent(new Event('pointerup'))
    await settle()
    expect(page.reads('もしかして an@gmail.com')).toBe(true)
  })
})
