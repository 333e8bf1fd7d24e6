import * as z from 'zod/mini'
import { receiptSchema } from './receipt'

/** Why a mail did not go out, in the words of a person: never what a mail server wrote. */
export const MAIL_FAILURES = ['address', 'mailbox-full', 'refused', 'busy', 'unreachable', 'own'] as const
export type MailFailure = (typeof MAIL_FAILURES)[number]

/** Where a certificate stands: 交付 → 送信済 / 送信失敗 → 受領登録済 / 期限経過. */
export const CERTIFICATE_STATES = ['issued', 'sent', 'failed', 'registered', 'expired'] as const
export type CertificateState = (typeof CERTIFICATE_STATES)[number]

/** Where an own application stands: 受付 → 審査中 → 不交付, or a certificate and what becomes of it. */
export const OWN_APPLICATION_STATES = ['received', 'examining', 'refused', ...CERTIFICATE_STATES] as const
export type OwnApplicationState = (typeof OWN_APPLICATION_STATES)[number]

export const TIMELINE_KINDS = [
  'received',
  'examining',
  'result',
  'refused',
  'issued',
  'mail-queued',
  'mail-sent',
  'mail-failed',
  'mail-withdrawn',
  'reminder-queued',
  'reminder-sent',
  'reminder-failed',
  'reminder-withdrawn',
  'reminder-next',
  'registration',
  'registered',
  'valid-until',
  'expired',
] as const

/**
 * One step on the way of an application and its certificate. `at` is an instant; a date (Tokyo) for `received`, `issued`,
 * `valid-until` and `expired`; null for what has no time of its own (`result` and `registration`: they are awaited).
 */
export const timelineEntrySchema = z.object({
  kind: z.enum(TIMELINE_KINDS),
  state: z.enum(['done', 'next', 'later', 'failed']),
  at: z.nullable(z.string()),
  /** Mails: to which address. */
  to: z.nullable(z.string()),
  /** Reminders: the how-manieth. */
  count: z.nullable(z.int()),
  /** A mail that waits or was given up: why its last attempt failed. */
  failure: z.nullable(z.enum(MAIL_FAILURES)),
  /** A mail that waits after a failed attempt: when it is tried again. */
  nextAttemptAt: z.nullable(z.string()),
})
export type TimelineEntry = z.infer<typeof timelineEntrySchema>

const bilingual = z.object({ ja: z.string(), en: z.string() })

/** The fields of a certificate in the order of its mail. */
export const CERTIFICATE_FIELDS = [
  'name',
  'nationality',
  'birthDate',
  'sex',
  'statusOfResidence',
  'periodOfStay',
  'issuedOn',
  'validUntil',
  'organization',
  'remarks',
  'issuingOffice',
] as const
export type CertificateField = (typeof CERTIFICATE_FIELDS)[number]

/** A field as the mail shows it: both labels, and the value line by line, with its language where it has one. */
export const certificateFactSchema = z.object({
  field: z.enum(CERTIFICATE_FIELDS),
  label: bilingual,
  lines: z.array(z.object({ text: z.string(), language: z.nullable(z.enum(['ja', 'en'])) })),
})

/** How an application came in at a counter. `receivedOn` is a date (Tokyo). */
export const counterSchema = z.object({ receiptNumber: z.string(), office: z.string(), receivedOn: z.string() })
export type Counter = z.infer<typeof counterSchema>

/** A certificate with what has happened to it and what comes next, in this order. `counter` null: it was applied for elsewhere. */
export const certificateProgressSchema = z.extend(receiptSchema, {
  counter: z.nullable(counterSchema),
  state: z.enum(CERTIFICATE_STATES),
  timeline: z.array(timelineEntrySchema),
})
export type CertificateProgress = z.infer<typeof certificateProgressSchema>

/** An own application, with its certificate once there is one. `counter` null: it came with a handed-over certificate. */
export const ownApplicationSchema = z.object({
  counter: z.nullable(counterSchema),
  certificate: z.nullable(receiptSchema),
  state: z.enum(OWN_APPLICATION_STATES),
  timeline: z.array(timelineEntrySchema),
})
export type OwnApplication = z.infer<typeof ownApplicationSchema>

/** `GET /applications?page=&size=`: own applications, newest first, one item each; `asOf` is the instant of the answer. */
export const applicationsReply = z.object({
  items: z.array(ownApplicationSchema),
  total: z.int(),
  asOf: z.string(),
})

/** `GET /receipts/{certificateNumber}`: the certificate as its mail shows it, word for word. */
export const certificateView = z.extend(certificateProgressSchema, {
  title: bilingual,
  numberLabel: bilingual,
  facts: z.array(certificateFactSchema),
  /** What the printed sheet says besides: what it is, when to show it, what its code is for. */
  notes: z.object({ printed: bilingual, use: bilingual, code: bilingual }),
  /** What its QR code holds: the values and the signed line (`verification-line`); null where they are too long for a code. */
  code: z.nullable(z.string()),
  asOf: z.string(),
})
export type CertificateView = z.infer<typeof certificateView>
