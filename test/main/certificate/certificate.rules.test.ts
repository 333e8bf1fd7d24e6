import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { isIssuedBy, validUntil } from '#main/features/certificate/certificate.rules'

describe('the validity of a certificate (M1.4)', () => {
  it.each([
    ['2025-07-23', '2025-10-23'],
    ['2025-11-30', '2026-02-28'],
    ['2027-11-30', '2028-02-29'],
    ['2025-12-31', '2026-03-31'],
    ['2025-01-31', '2025-04-30'],
  ])('of one issued on %s ends with %s', (issuedOn, until) => {
    expect(validUntil(issuedOn)).toBe(until)
  })

  it('is always three months later, never in the fourth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), (days) => {
        const issued = Temporal.PlainDate.from('1990-01-01').add({ days })
        const until = Temporal.PlainDate.from(validUntil(issued.toString()))
        const months = (until.year - issued.year) * 12 + until.month - issued.month
        expect(months).toBe(3)
        expect(until.day).toBe(Math.min(issued.day, until.daysInMonth))
      }),
    )
  })

  it.each([
    ['2026-11-21', true],
    ['2026-11-22', true],
    ['2026-11-23', false],
  ])('on 22 November 2026 a day of issue of %s is in order: %s', (issuedOn, inOrder) => {
    expect(isIssuedBy(issuedOn, Temporal.PlainDate.from('2026-11-22'))).toBe(inOrder)
  })
})
