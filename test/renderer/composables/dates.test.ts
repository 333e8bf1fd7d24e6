import { describe, expect, it } from 'vitest'
import { dateForms } from '../../../src-renderer/i18n/dates'

describe('dates as people read them, always in Tokyo', () => {
  const ja = dateForms('ja')
  const en = dateForms('en')

  it('writes an instant to the day, the hour and the minute', () => {
    const instant = '2025-07-23T06:12:59.999Z'
    expect(ja.day(instant)).toBe('2025年7月23日')
    expect(ja.hour(instant)).toBe('2025年7月23日15時')
    expect(ja.minute(instant)).toBe('2025年7月23日 15時12分')
    expect(ja.time(instant)).toBe('15時12分')
  })

  it('pads 「… 現在」 as the manual does', () => {
    expect(ja.stamp('2025-07-29T00:07:00.000Z')).toBe('2025年07月29日 09時07分')
  })

  it('shows midnight in Tokyo as 0時 of the new day', () => {
    expect(ja.hour('2025-12-31T15:00:00.000Z')).toBe('2026年1月1日0時')
    expect(ja.hour('2025-12-31T14:59:59.999Z')).toBe('2025年12月31日23時')
  })

  it('takes a date without a time as that day in Tokyo', () => {
    expect(ja.day('2026-11-20')).toBe('2026年11月20日')
    expect(en.day('2026-11-20')).toBe('20\u00A0Nov\u00A02026')
  })

  it('names the month in English, so that day and month are not mistaken for each other', () => {
    const instant = '2025-07-23T06:12:00.000Z'
    expect(en.day(instant)).toBe('23\u00A0Jul\u00A02025')
    expect(en.hour(instant)).toBe('23\u00A0Jul\u00A02025, 15:00')
    expect(en.minute(instant)).toBe('23\u00A0Jul\u00A02025, 15:12')
    expect(en.time('2025-12-31T15:00:00.000Z')).toBe('00:00')
  })

  it('groups large numbers', () => {
    expect(ja.number(1234567)).toBe('1,234,567')
  })
})
