import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { asciiDomain, emailKey, isEmail, typedEmail } from '#domain/text/email-address'
import { suggestedName } from '#domain/text/name-letters'
import {
  composed,
  letterCount,
  lineOf,
  linesOf,
  narrowed,
  trimmedPassword,
  withoutInvisible,
} from '#domain/text/typed-text'

/** Everything that is pasted along and cannot be seen: from mail programs, address books, chats and PDF files. */
const PASTED = [
  ...'\u200B\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060\u2066\u2067\u2068\u2069\u00AD\uFEFF\u061C\u3164\uFE0F\u180E',
  '\u{E0041}',
  '\u{E0100}',
]

const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...PASTED, '\n', '\r', '\0', '\u2028', '葛', '👩', 'م', 'a'),
      fc.integer({ min: 0, max: 0xd7ff }).map((point) => String.fromCodePoint(point)),
    ),
  )
  .map((signs) => signs.join(''))

describe('signs that cannot be seen', () => {
  it.each(PASTED.map((sign) => [sign.codePointAt(0)?.toString(16), sign]))('U+%s goes', (_name, sign) => {
    expect(withoutInvisible(`${sign}090${sign}1234${sign}`)).toBe('0901234')
  })

  it.each([
    ['the form of an ideograph', '\u845B\u{E0100}\u57CE\u5E02'],
    ['the form of an ideograph in the plane of rare ones', '\u{20BB7}\u{E0101}'],
    ['a compatibility form by selector', '\u795E\uFE00\u6238'],
    ['a joiner in Persian', 'می\u200Cخواهم'],
    ['a joiner in Sinhala', 'ශ්\u200Dරී'],
    ['a family in one picture', '👩\u200D👧'],
    ['a picture in colour', '❤\uFE0F'],
  ])('%s stays', (_name, text) => {
    expect(withoutInvisible(text)).toBe(text)
    expect(lineOf(`\u200B ${text}\u202C`)).toBe(text)
  })

  it('leaves whatever can be seen, and is the same when it is done twice', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = withoutInvisible(text)
        expect(withoutInvisible(once)).toBe(once)
        expect(once.replace(/\p{Default_Ignorable_Code_Point}/gu, '')).toBe(
          text.replace(/\p{Default_Ignorable_Code_Point}/gu, ''),
        )
      }),
    )
  })

  it('makes no second line, and no control character', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(lineOf(text)).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
        expect(linesOf(text)).not.toMatch(/[^\P{Cc}\n\t]|[\u2028\u2029]/u)
      }),
    )
  })
})

describe('ideographs that are letters of their own', () => {
  const compatibility = fc
    .oneof(fc.integer({ min: 0xf900, max: 0xfaff }), fc.integer({ min: 0x2f800, max: 0x2fa1d }))
    .map((point) => String.fromCodePoint(point))

  it('stay as typed in every form', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(compatibility, fc.constantFrom('戸', 'あ', 'A', '－'))), (signs) => {
        const text = signs.join('')
        expect(composed(text)).toBe(text)
        expect(narrowed(text)).toBe(text.replaceAll('－', '-'))
      }),
    )
  })

  it('while everything around them is normalised', () => {
    expect(composed('\uFA19か\u3099Á')).toBe('\uFA19がÁ')
    expect(narrowed('Ａ\uFA19１')).toBe('A\uFA191')
  })

  it('count as one letter, with the selector that chooses their form', () => {
    expect(letterCount('\u845B\u{E0100}\u{20BB7}A')).toBe(3)
  })
})

describe('an e-mail address', () => {
  const lines = readFileSync(new URL('../../support/inputs/emails.txt', import.meta.url), 'utf8').split('\n')
  const cases = lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.replace(/^\*?\t/, ''))

  it.each(cases)('%s is one', (typed) => {
    expect(isEmail(typedEmail(typed))).toBe(true)
  })

  it.each([
    ['"a..b."@docomo.ne.jp', 'a..b.@docomo.ne.jp'],
    ['o\u2019brien@example.jp', "o'brien@example.jp"],
    ['ｔａｒｏ＠ｅｘａｍｐｌｅ。ｊｐ', 'taro@example.jp'],
    ['\u200Ean@example.jp\u202C', 'an@example.jp'],
    ['太郎@例え.jp', '太郎@例え.jp'],
  ])('%s is read as %s', (typed, address) => expect(typedEmail(typed)).toBe(address))

  it.each([
    'an@example',
    'an@@example.jp',
    'a b@example.jp',
    'an@-example.jp',
    'an@example..jp',
    'an@.jp',
    'an@127.0.0.1',
    'an@[127.0.0.1]',
    'an@0x7f.1',
    'an@example.jp/path',
    'an@example.jp:25',
    'an@exa%6Dple.jp',
    'an,bo@example.jp',
    'an<bo@example.jp',
    '"an bo"@example.jp',
    'an\\@example.jp',
    'an@example.jp, bo@example.jp',
    '太郎@example.jp',
    `${'a'.repeat(65)}@example.jp`,
    '@example.jp',
  ])('%s is none', (typed) => expect(isEmail(typedEmail(typed))).toBe(false))

  it('is one person with its spellings', () => {
    const key = 'taro@xn--r8jz45g.jp'
    for (const typed of ['Taro@例え.jp', 'taro@XN--R8JZ45G.jp', ' ｔａｒｏ@例え。jp', '"taro"@例え.JP'])
      expect(emailKey(typed)).toBe(key)
    expect(asciiDomain('EXAMPLE.jp')).toBe('example.jp')
  })

  it('never carries what could add a line or a recipient to a mail', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('a', '.', '@', '"', ',', '<', '>', ';', '\r', '\n', ' ', '\0', '。', '\\'),
    })
    fc.assert(
      fc.property(hostile, hostile, (one, two) => {
        const address = typedEmail(`${one}a@example.jp${two}`)
        if (isEmail(address)) expect(address).toMatch(/^[^\s\p{Cc},;:<>()[\]"\\@]+@[^\s\p{Cc},;:<>()[\]"\\@]+$/u)
      }),
    )
  })
})

describe('a pasted password', () => {
  it.each([
    [' Aa1$567890', 'Aa1$567890'],
    ['Aa1$567890\r\n', 'Aa1$567890'],
    ['\u3000Aa1$567890\u00A0', 'Aa1$567890'],
    ['\u200BAa1$567890\uFEFF', 'Aa1$567890'],
    ['Aa1$ 567890', 'Aa1$ 567890'],
  ])('%j is %s', (typed, password) => expect(trimmedPassword(typed)).toBe(password))
})

describe('the name as the machine readable zone has it (ICAO 9303)', () => {
  it.each([
    ["O'BRIEN", 'OBRIEN'],
    ['O’BRIEN', 'OBRIEN'],
    ['NUÑEZ', 'NUNEZ'],
    ['PÉREZ-NÚÑEZ', 'PEREZ NUNEZ'],
    ['MÜLLER', 'MUELLER'],
    ['ÅSE ÆGIR ØRN', 'AASE AEGIR OERN'],
    ['ĐẶNG THỊ HƯƠNG', 'DANG THI HUONG'],
    ['ST. JOHN', 'ST JOHN'],
    ['ÞÓR', 'THOR'],
  ])('%s → %s', (capitals, name) => expect(suggestedName(capitals)).toBe(name))

  it.each(['法務太郎', 'TARO 2', 'ИВАН', '---', 'A@B', ''])('%s has none', (capitals) =>
    expect(suggestedName(capitals)).toBeNull(),
  )

  it('is always a name that is taken', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'AZÑÉÜß-\u2019. ĐẶ') }), (text) => {
        const name = suggestedName(text)
        if (name !== null) expect(name).toMatch(/^[A-Z]+(?: [A-Z]+)*$/)
      }),
    )
  })
})
