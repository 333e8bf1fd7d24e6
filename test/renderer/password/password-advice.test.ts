import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PASSWORD_SYMBOLS } from '#domain/password'
import { adviseOnPassword } from '../../../src-renderer/screens/password/password-advice'

const AN = { userId: 'K7RM2XQ9PA', nameEn: 'NGUYEN VAN AN', email: 'an.hanami@example.jp', birthDate: '1998-04-12' }
const kinds = (password: string) => adviseOnPassword(password, AN).map(({ kind, found }) => [kind, found])

describe('advice on a password', () => {
  it.each([
    ['Kumo-k7rm2xq9pa', 'user-id', 'k7rm2xq9pa'],
    ['Nguyen-b7#Mizu', 'name', 'Nguyen'],
    ['Umi#V4n-Sora8', 'name', 'V4n'],
    ['xHanami-3-Kawa', 'email', 'Hanami'],
    ['Kumo-0412-Ame', 'birthday', '0412'],
    ['My-P@ssw0rd-7k', 'known', 'P@ssw0rd'],
    ['Kumooo-3-Hoshi', 'repeat', 'ooo'],
    ['Ab9-Ab9-Ab9-x', 'repeat', 'Ab9-Ab9-Ab9-'],
    ['Kumo-6789-Hoshi', 'sequence', '6789'],
    ['Kumo-Fdsa3-Ame', 'sequence', 'Fdsa'],
    ['Kumo-2027-Ame', 'year', '2027'],
  ])('%s: %s, about %s', (password, kind, found) => {
    expect(kinds(password)).toContainEqual([kind, found])
  })

  it('tells the same letters once', () => {
    expect(kinds('Kumo-1998-Ame')).toEqual([['birthday', '1998']])
  })

  it('advises to go on where all rules are kept, and is content with fourteen characters', () => {
    expect(kinds('Ame-3-Kawax')).toEqual([['longer', '']])
    expect(kinds('Ame-3-KawaHos')).toEqual([['longer', '']])
    expect(kinds('Ame-3-KawaHosh')).toEqual([['fine', '']])
  })

  it('leaves the rules to the rules', () => {
    expect(kinds('')).toEqual([])
    expect(kinds('kumo')).toEqual([])
  })

  const typed = fc.string({ unit: fc.constantFrom(...`abcxyzABC0189${PASSWORD_SYMBOLS}あ `), maxLength: 24 })
  it('speaks of nothing that was not typed', () => {
    fc.assert(
      fc.property(typed, (password) => {
        for (const { kind, found } of adviseOnPassword(password, AN))
          expect(found === '' ? ['longer', 'fine'].includes(kind) : password.includes(found)).toBe(true)
      }),
    )
  })

  it('always sees the own name, wherever it stands', () => {
    fc.assert(
      fc.property(typed, typed, (before, after) => {
        const advice = adviseOnPassword(`${before}Nguyen${after}`, AN)
        expect(advice.some(({ found }) => found.toLowerCase().includes('nguyen'))).toBe(true)
      }),
    )
  })

  it('knows nobody where nobody is known', () => {
    fc.assert(
      fc.property(typed, (password) => {
        const personal = ['user-id', 'name', 'email', 'birthday']
        expect(adviseOnPassword(password, {}).some(({ kind }) => personal.includes(kind))).toBe(false)
      }),
    )
  })
})
