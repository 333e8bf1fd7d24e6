import * as z from 'zod/mini'
import { CATEGORIES } from '../account/account'
import { certificateRow } from './certificate'
import { timelineEntrySchema } from './certificate-view'
import { dateFilter } from '../fields'
import { languageSchema } from '../../../domain/language'
import { userIdField } from '../account/recovery'
import { lineOf, linesOf } from '../../../domain/text/typed-text'

/** The states of the work list, in their order (DESIGN §9). */
export const APPLICATION_STATES = [
  'received',
  'examining',
  'refused',
  'issued',
  'failed',
  'sent',
  'registered',
  'expired',
] as const
export type ApplicationState = (typeof APPLICATION_STATES)[number]

const note = z
  .string({ error: 'field.text' })
  .check(z.overwrite(linesOf), z.trim(), z.maxLength(500, { error: 'field.long' }))
/** Why something was done; it stands in the audit log. */
const reason = z
  .string({ error: 'field.required' })
  .check(z.overwrite(lineOf), z.minLength(1, { error: 'field.required' }), z.maxLength(200, { error: 'field.long' }))

/** `POST /staff/applications`: an application handed in at a counter, with delivery by e-mail. */
export const applicationRequest = z.object({
  userId: userIdField,
  office: z
    .string({ error: 'field.required' })
    .check(z.overwrite(lineOf), z.minLength(1, { error: 'field.required' }), z.maxLength(60, { error: 'field.long' })),
  receivedOn: z.optional(z.iso.date({ error: 'date.format' })),
  note: z._default(note, ''),
})

/** One line of the work list. */
export const applicationItem = z.object({
  id: z.string(),
  receiptNumber: z.string(),
  userId: z.string(),
  name: z.string(),
  office: z.string(),
  receivedOn: z.string(),
  state: z.enum(APPLICATION_STATES),
  certificateNumber: z.nullable(z.string()),
  validUntil: z.nullable(z.string()),
  updatedAt: z.string(),
})
export type ApplicationItem = z.infer<typeof applicationItem>

export const APPLICATION_SORTS = ['-updatedAt', 'updatedAt', '-receiptNumber', 'receiptNumber'] as const

/** `GET /staff/applications?state=&q=&office=&from=&to=&sort=&page=&size=`. `q`: beginning of a receipt or certificate number or of a name, or a user ID. */
export const workListQuery = z.object({
  state: z.optional(z.enum(APPLICATION_STATES, { error: 'application.state-unknown' })),
  q: z.optional(z.string().check(z.overwrite(lineOf), z.maxLength(100, { error: 'field.long' }))),
  office: z.pipe(
    z.optional(z.string().check(z.overwrite(lineOf), z.maxLength(60, { error: 'field.long' }))),
    z.transform((office) => office || undefined),
  ),
  /** The first and the last day on which it was taken in, ISO dates. */
  from: dateFilter,
  to: dateFilter,
  sort: z._default(z.enum(APPLICATION_SORTS, { error: 'application.sort' }), '-updatedAt'),
})
export const workListReply = z.object({
  items: z.array(applicationItem),
  total: z.int(),
  counts: z.record(z.enum(APPLICATION_STATES), z.int()),
})

/** `GET /staff/applicants/{userId}`: whom the clerk has before him; nothing more than he needs. */
export const applicantReply = z.object({
  userId: z.string(),
  name: z.string(),
  category: z.enum(CATEGORIES),
  email: z.string(),
  language: languageSchema,
  lockedUntil: z.nullable(z.string()),
})
export type Applicant = z.infer<typeof applicantReply>

/** `GET /staff/applications/{id}`: with the applicant, the note and what was done by whom and why, also to certificates before. */
export const applicationReply = z.extend(applicationItem, {
  note: z.string(),
  applicant: applicantReply,
  history: z.array(z.object({ at: z.string(), action: z.string(), by: z.string(), reason: z.nullable(z.string()) })),
})
export type CounterApplication = z.infer<typeof applicationReply>

export const refusalRequest = z.object({ reason })
export const unlockRequest = z.object({ reason })
export const resendRequest = z.object({ reason })

/** `POST /staff/applications/{id}/certificate`: the applicant is that of the application. */
export const issueRequest = z.omit(certificateRow, { userId: true })

/** `POST /staff/certificates/{number}/reissue`: the old one is cancelled, both are kept. */
export const reissueRequest = z.object({ reason, certificate: issueRequest })

/** What issuing and correcting answer. */
export const issuedReply = z.object({ certificateNumber: z.string() })

/** `GET /staff/certificates/{number}`: what it says, and how its mail went. */
export const issuedCertificate = z.extend(issueRequest, {
  validUntil: z.string(),
  cancelledAt: z.nullable(z.string()),
  replacedBy: z.nullable(z.string()),
  timeline: z.array(timelineEntrySchema),
})
export type IssuedCertificate = z.infer<typeof issuedCertificate>

/** `POST /staff/certificates/preview`: the mail as it would go out, with signs in the place of link and code. Changes nothing. */
export const previewRequest = z.object({ userId: userIdField, certificate: issueRequest })
export const certificatePreview = z.object({ to: z.string(), subject: z.string(), text: z.string(), html: z.string() })
