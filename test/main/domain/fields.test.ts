import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type * as z from 'zod/mini'
import {
  addressField,
  birthDateField,
  emailField,
  nameEnField,
  passwordField,
  phoneField,
  postalCodeField,
} from '#contract/http/fields'
import { findPasswordProblem, PASSWORD_SYMBOLS, passwordRulesMet } from '#domain/password'

type Field = z.ZodMiniType<string>
/** The value that a field keeps, or the code with which it refuses. */
const take = (field: Field, typed: unknown) => {
  const parsed = field.safeParse(typed)
  return parsed.success ? { kept: parsed.data } : { refused: parsed.error.issues[0]?.message }
}
const kept = (field: Field, typed: unknown) => take(field, typed).kept

describe('the name in Latin letters (M2.4)', () => {
  it.each([
    ['HOUMU TARO', 'HOUMU TARO'],
    ['  houmu   taro ', 'HOUMU TARO'],
    ['ＨＯＵＭＵ　ＴＡＲＯ', 'HOUMU TARO'],
    ['A'.repeat(104), 'A'.repeat(104)],
  ])('keeps %s as %s', (typed, name) => expect(kept(nameEnField, typed)).toBe(name))

  it.each([
    ['A'.repeat(105), 'name.long'],
    ['法務太郎', 'name.letters'],
    ["O'NEIL", 'name.letters'],
    ['HOUMU TARO 2', 'name.letters'],
    ['   ', 'field.required'],
  ])('refuses %s with %s', (typed, code) => expect(take(nameEnField, typed)).toEqual({ refused: code }))

  it.each([
    ["Patrick O'Brien", 'PATRICK OBRIEN'],
    ['núñez', 'NUNEZ'],
    ['Anne-Marie', 'ANNE MARIE'],
  ])('says what to write instead of %s', (typed, suggestion) => {
    expect(nameEnField.safeParse(typed).error?.issues[0]).toMatchObject({
      message: 'name.letters',
      params: { suggestion },
    })
    expect(kept(nameEnField, suggestion)).toBe(suggestion)
  })

  it('leaves out what cannot be seen', () =>
    expect(kept(nameEnField, 'NGUYEN\u200B VAN\u00AD AN')).toBe('NGUYEN VAN AN'))

  it('normalises once and for all', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[A-Za-z]{1,10}$/), { minLength: 1, maxLength: 8 }), (words) => {
        const once = kept(nameEnField, words.join('  '))
        expect(once).toBe(words.join(' ').toUpperCase())
        expect(kept(nameEnField, once)).toBe(once)
      }),
    )
  })
})

describe('the phone number (M6.3)', () => {
  it.each([
    ['0123456789', '0123456789'],
    ['012-345-6789', '0123456789'],
    ['０１２−３４５−６７８９', '0123456789'],
    ['(012) 345 6789', '0123456789'],
    ['012345678901', '012345678901'],
    ['+81 80 1234 5678', '08012345678'],
    ['+81 (0)80-1234-5678', '08012345678'],
    ['+81-3-1234-5678', '0312345678'],
    ['＋８１ ９０ １２３４ ５６７８', '09012345678'],
    ['0081 90 1234 5678', '09012345678'],
    ['tel:+81-90-1234-5678', '09012345678'],
    ['\u202D09012345678\u202C', '09012345678'],
    ['090\u200B12345678', '09012345678'],
  ])('keeps %s as %s', (typed, phone) => expect(kept(phoneField, typed)).toBe(phone))

  it.each([
    ['012345678', 'phone.digits'],
    ['0123456789012', 'phone.digits'],
    ['+81 80 1234', 'phone.digits'],
    ['+81', 'phone.abroad'],
    ['+84 90 123 4567', 'phone.abroad'],
    ['090+1234+5678', 'phone.characters'],
    ['電話なし', 'phone.characters'],
  ])('refuses %s with %s', (typed, code) => expect(take(phoneField, typed)).toEqual({ refused: code }))
})

describe('postal code, address and date of birth', () => {
  it.each([
    [postalCodeField, '123-4567', '1234567'],
    [postalCodeField, '〒１２３ー４５６７', '1234567'],
    [addressField, 'あ'.repeat(85), 'あ'.repeat(85)],
    [addressField, '𠮷'.repeat(85), '𠮷'.repeat(85)],
    [addressField, '\uFA19戸市１－２', '\uFA19戸市１－２'],
    [addressField, '\u845B\u{E0100}城市\u200B', '\u845B\u{E0100}城市'],
    [addressField, '\u845B\u{E0100}'.repeat(85), '\u845B\u{E0100}'.repeat(85)],
    [postalCodeField, '\u202A123-4567\u202C', '1234567'],
    [birthDateField, '20000123', '2000-01-23'],
    [birthDateField, '2000/01/23', '2000-01-23'],
    [birthDateField, '2000-01-23', '2000-01-23'],
    [birthDateField, '20240229', '2024-02-29'],
  ] as const)('keep %#: %s', (field, typed, value) => expect(kept(field, typed)).toBe(value))

  it.each([
    [postalCodeField, '12345678', 'postal-code.digits'],
    [addressField, 'あ'.repeat(86), 'address.long'],
    [birthDateField, '20230229', 'birth-date.unknown'],
    [birthDateField, '20001301', 'birth-date.unknown'],
    [birthDateField, '00000000', 'birth-date.unknown'],
    [birthDateField, '2000123', 'birth-date.format'],
  ] as const)('refuse %#: %s', (field, typed, code) => expect(take(field, typed)).toEqual({ refused: code }))
})

describe('the password (M3-6)', () => {
  const kinds = { upper: 'ABCXYZ', lower: 'abcxyz', digit: '0189', symbol: PASSWORD_SYMBOLS }
  const oneOf = (signs: string) => fc.constantFrom(...signs)
  const ofAll = fc
    .record({
      must: fc.tuple(oneOf(kinds.upper), oneOf(kinds.lower), oneOf(kinds.digit), oneOf(kinds.symbol)),
      rest: fc.array(oneOf(Object.values(kinds).join('')), { minLength: 6, maxLength: 16 }),
      turn: fc.nat(20),
    })
    .map(({ must, rest, turn }) => {
      const all = [...must, ...rest].join('')
      return all.slice(turn % all.length) + all.slice(0, turn % all.length)
    })

  it('of 10 to 20 characters with all four kinds passes', () => {
    fc.assert(
      fc.property(ofAll, (password) => {
        expect(findPasswordProblem(password)).toBeNull()
      }),
    )
  })

  it('without one of the kinds does not', () => {
    fc.assert(
      fc.property(ofAll, fc.constantFrom('upper', 'lower', 'digit', 'symbol'), (password, kind) => {
        const other = kind === 'digit' ? 'a' : '1'
        const without = [...password].map((sign) => (kinds[kind].includes(sign) ? other : sign)).join('')
        expect(passwordRulesMet(without)[kind]).toBe(false)
        expect(findPasswordProblem(without)).toMatchObject({ code: 'password.kinds' })
      }),
    )
  })

  it.each([
    ['Aa1$56789', 'password.short'],
    ['Aa1$567890', null],
    ['Aa1$5678901234567890', null],
    ['Aa1$56789012345678901', 'password.long'],
    ['Aa1$ 567890', 'password.characters'],
    ['Aa1$5678あ0', 'password.characters'],
    ['Aa1^5678901', 'password.characters'],
  ])('%s is refused with %s', (password, code) => {
    expect(take(passwordField, password)).toEqual(code === null ? { kept: password } : { refused: code })
  })
})

describe('the e-mail address', () => {
  it.each([
    [' an@example.jp ', 'an@example.jp'],
    ['Ａn@example.jp', 'An@example.jp'],
    ['an.b+c@sub.example.co.jp', 'an.b+c@sub.example.co.jp'],
  ])('keeps %s as %s', (typed, email) => expect(kept(emailField, typed)).toBe(email))

  it.each([
    ['an@example', 'email.format'],
    ['an@@example.jp', 'email.format'],
    ['an example@example.jp', 'email.format'],
    [null, 'field.required'],
  ])('refuses %s with %s', (typed, code) => expect(take(emailField, typed)).toEqual({ refused: code }))
})
