import { describe, expect, it } from 'vitest'
import { LANGUAGES } from '#domain/language'
import { nationalityName, officeNameEn, periodEn, statusNameEn } from '#main/features/certificate/certificate.reference'
import nationalities from '../../../resources/reference/nationalities.json' with { type: 'json' }
import statuses from '../../../resources/reference/statuses-of-residence.json' with { type: 'json' }

describe('the reference data of certificates', () => {
  it('name every nationality in all eight languages', () => {
    for (const code of Object.keys(nationalities.items))
      for (const language of LANGUAGES) expect(nationalityName(code, language), `${code} ${language}`).toMatch(/./)
    expect(nationalities.frequent.map((code) => nationalityName(code, 'ja'))).toEqual([
      '中国',
      'ベトナム',
      '韓国',
      'フィリピン',
      'ブラジル',
      'ネパール',
      'インドネシア',
      'ミャンマー',
      '台湾',
      '米国',
    ])
  })

  it.each([
    ['XXA', '無国籍', 'Stateless'],
    ['XKR', '朝鮮', 'Korea (Chosen)'],
    ['HKG', '中国〔香港〕', 'China (Hong Kong)'],
    ['PSE', 'パレスチナ', 'Palestine'],
  ])('write %s as %s, %s', (code, ja, en) => {
    expect([nationalityName(code, 'ja'), nationalityName(code, 'en')]).toEqual([ja, en])
  })

  it.each(['', 'ZZZ', 'vnm', 'VN', 'toString', '__proto__'])('know no nationality %j', (code) => {
    expect(nationalityName(code, 'ja')).toBeNull()
  })

  it('know the statuses for which a certificate can exist, with full-width digits too, and no other', () => {
    expect(statusNameEn('特定技能１号')).toBe('Specified Skilled Worker (i)')
    expect([statusNameEn('短期滞在'), statusNameEn('永住者'), statusNameEn('')]).toEqual([null, null, null])
    for (const { periods } of statuses.items)
      for (const period of periods) expect(periodEn(period), period).not.toBeNull()
  })

  it.each([
    ['3年', '3 years'],
    ['1年', '1 year'],
    ['3月', '3 months'],
    ['6か月', '6 months'],
    ['4年3月', '4 years 3 months'],
    ['15日', '15 days'],
    ['３年', '3 years'],
    ['', null],
    ['年', null],
    ['0年', null],
    ['3', null],
    ['3年の', null],
  ])('read the period %j as %j', (ja, en) => {
    expect(periodEn(ja)).toBe(en)
  })

  it('know the offices', () => {
    expect(officeNameEn('大阪出入国在留管理局神戸支局')).toBe(
      'Kobe District Office, Osaka Regional Immigration Services Bureau',
    )
    expect(officeNameEn('京都')).toBeNull()
  })
})
