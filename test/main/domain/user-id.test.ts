import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMistypedUserId, normalizeUserId, USER_ID_ALPHABET, withCheckCharacter } from '#domain/user-id'

const signs = (count: number) =>
  fc.array(fc.constantFrom(...USER_ID_ALPHABET), { minLength: count, maxLength: count }).map((found) => found.join(''))
const userId = signs(9).map(withCheckCharacter)

describe('the check character of a user ID (DESIGN §3)', () => {
  it('makes the weighted sum divisible by 31', () => {
    fc.assert(
      fc.property(userId, (id) => {
        const sum = [...id].reduce((total, sign, place) => total + USER_ID_ALPHABET.indexOf(sign) * (10 - place), 0)
        expect(sum % 31).toBe(0)
        expect(isMistypedUserId(id)).toBe(false)
      }),
    )
  })

  it('finds every single wrong sign and every two neighbours in the wrong order', () => {
    fc.assert(
      fc.property(userId, fc.nat(9), fc.constantFrom(...USER_ID_ALPHABET), (id, place, sign) => {
        const wrong = id.slice(0, place) + sign + id.slice(place + 1)
        expect(isMistypedUserId(wrong)).toBe(wrong !== id)
        const swapped = id.slice(0, place) + (id[place + 1] ?? '') + (id[place] ?? '') + id.slice(place + 2)
        expect(isMistypedUserId(swapped)).toBe(swapped !== id)
      }),
    )
  })

  it('is not asked of IDs of another form', () => {
    for (const old of ['abc', 'AB12345678901', 'user_name01', 'O0O0O0O0O0', ''])
      expect(isMistypedUserId(old)).toBe(false)
  })
})

describe('a typed user ID', () => {
  it('is the same in any case, width and grouping', () => {
    fc.assert(
      fc.property(userId, fc.constantFrom(' ', '-', '－', '　', '‐', '–', 'ー'), (id, between) => {
        const wide = [...id].map((sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0)).join('')
        for (const typed of [id.toLowerCase(), wide, [id.slice(0, 4), id.slice(4, 8), id.slice(8)].join(between)])
          expect(normalizeUserId(typed)).toBe(id)
      }),
    )
  })
})
