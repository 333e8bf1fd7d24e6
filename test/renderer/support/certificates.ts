import type {
  CertificateProgress,
  CertificateView,
  Counter,
  OwnApplication,
  TimelineEntry,
} from '#contract/http/certificate/certificate-view'
import { receipt } from './service'

export const NUMBER = '在1番Y25071798'
export const EMAIL = 'nguyen.van.an@example.jp'

/** A step of a timeline; a test changes what it is about. */
export const step = (
  kind: TimelineEntry['kind'],
  state: TimelineEntry['state'],
  at: string | null = null,
  more: Partial<TimelineEntry> = {},
): TimelineEntry => ({ kind, state, at, to: null, count: null, failure: null, nextAttemptAt: null, ...more })

export const ISSUED = step('issued', 'done', '2026-11-20')
export const SENT = step('mail-sent', 'done', '2026-11-20T06:02:00.000Z', { to: EMAIL })
export const AWAITED = step('registration', 'next')
export const VALID = step('valid-until', 'later', '2027-02-20')

/** A certificate whose mail has gone, whose receipt is awaited. */
export const certificate = (changes: Partial<CertificateProgress> = {}): CertificateProgress => ({
  ...receipt(NUMBER),
  counter: null,
  state: 'sent',
  timeline: [ISSUED, SENT, AWAITED, VALID],
  ...changes,
})

/** A certificate as the list of own applications has it. */
export function withCertificate(changes: Partial<CertificateProgress> = {}): OwnApplication {
  const { counter, state, timeline, ...receipt } = certificate(changes)
  return { counter, certificate: receipt, state, timeline }
}

export const COUNTER: Counter = {
  receiptNumber: 'TYO-2026-000123',
  office: '東京出入国在留管理局',
  receivedOn: '2026-11-16',
}
export const RECEIVED = step('received', 'done', '2026-11-16')

/** An application that waits for its examination. */
export const pending = (changes: Partial<OwnApplication> = {}): OwnApplication => ({
  counter: COUNTER,
  certificate: null,
  state: 'received',
  timeline: [RECEIVED, step('examining', 'next'), step('result', 'later')],
  ...changes,
})

const plain = (text: string) => [{ text, language: null }]

/** The same as its screen gets it. */
export const view = (changes: Partial<CertificateView> = {}): CertificateView => ({
  ...certificate(),
  title: { ja: '在留資格認定証明書', en: 'Certificate of Eligibility' },
  numberLabel: { ja: '在留資格認定証明書番号', en: 'Certificate No.' },
  facts: [
    { field: 'name', label: { ja: '氏名', en: 'Name' }, lines: plain('NGUYEN VAN AN') },
    {
      field: 'statusOfResidence',
      label: { ja: '在留資格', en: 'Status of residence' },
      lines: [
        { text: '留学', language: 'ja' },
        { text: 'Student', language: 'en' },
      ],
    },
    { field: 'remarks', label: { ja: '備考', en: 'Remarks' }, lines: plain('－') },
  ],
  notes: {
    printed: { ja: '印刷したものです。', en: 'Printed.' },
    use: { ja: '見せてください。', en: 'Show it.' },
    code: { ja: '助けです。', en: 'A help.' },
  },
  code: `Certificate No.: ${NUMBER}\nName: NGUYEN VAN AN\nZAIRYU1 ABCDE 12345`,
  asOf: '2026-11-22T06:57:00.000Z',
  ...changes,
})
