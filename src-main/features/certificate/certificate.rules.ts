import { Temporal } from 'temporal-polyfill'

/** M1.4: a certificate is good for 3 calendar months. */
const VALIDITY = Temporal.Duration.from({ months: 3 })

/** The last day (Tokyo) on which a certificate is good: month ends are clamped (30 November → 28 February). ISO dates. */
export function validUntil(issuedOn: string): string {
  return Temporal.PlainDate.from(issuedOn).add(VALIDITY, { overflow: 'constrain' }).toString()
}

/** A certificate is not issued in the future. `today` is the date in Tokyo. */
export function isIssuedBy(issuedOn: string, today: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(Temporal.PlainDate.from(issuedOn), today) <= 0
}
