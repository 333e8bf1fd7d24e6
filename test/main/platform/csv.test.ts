import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvLines } from '#main/platform/csv'

describe('a CSV file', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+81', "'+81"],
    ['-1', "'-1"],
    ['@x', "'@x"],
    ['＝1', "'＝1"],
    [' =1', "' =1"],
    ['\t=1', "'\t=1"],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['two\nlines', '"two\nlines"'],
    ['\n=1', '"\'\n=1"'],
    ['\u0000=1', "'\u0000=1"],
    [' a ', '" a "'],
    ['', ''],
    ['在1番Y1', '在1番Y1'],
  ])('writes %j as %j', (value, cell) => {
    expect(csvLines([[value, 'x']])).toBe(`${cell},x\r\n`)
  })

  it('is read back as it was written', () => {
    const cell = fc
      .string({ unit: 'binary' })
      .filter((text) => !/^[\s\p{Cc}\uFEFF]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(text))
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 4 }), (rows) => {
        expect(parse(csvLines(rows), { record_delimiter: '\r\n' })).toEqual(rows)
      }),
    )
  })
})
