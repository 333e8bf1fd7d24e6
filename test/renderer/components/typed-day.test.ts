import { describe, expect, it } from 'vitest'
import { typedDay } from '../../../src-renderer/components/form/typed-day'

describe('a day of a filter', () => {
  it.each([
    ['', ''],
    ['2026-11-23', '2026-11-23'],
    ['20261123', '2026-11-23'],
    ['２０２６／１／５', '2026-01-05'],
    ['2026年1月5日', '2026-01-05'],
    ['2028-02-29', '2028-02-29'],
  ])('may be typed as %j', (typed, day) => {
    expect(typedDay.safeParse(typed)).toEqual({ success: true, data: day })
  })

  it.each(['昨日', '2026-02-29', '2026-13-01', '23.11.2026', '2026-11'])('is not %j', (typed) => {
    expect(typedDay.safeParse(typed).error?.issues.map(({ message }) => message)).toEqual(['date.format'])
  })
})
