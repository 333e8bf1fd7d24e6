import { z } from 'zod'
import { CATEGORIES } from './account'
import { certificateRow } from './certificate'
import { timelineEntrySchema } from './certificate-view'
import { dateFilter } from './fields'
import { languageSchema } from './language'
import { userIdField } from './recovery'

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

const note = z.string({ error: 'field.text' }).trim().max(500, { error: 'field.long' })
/** Why something was done; it stands in the audit log. */
const reason = z
  .string({ error: 'field.required' })
  .trim()
  .min(1, { error: 'field.required' })
  .max(200, { error: 'field.long' })

/** `POST /staff/applications`: an application handed in at a counter, with delivery by e-mail. */
export const applicationRequest = z.object({
  userId: userIdField,
  office: z
    .string({ error: 'field.required' })
    .trim()
    .min(1, { error: 'field.required' })
    .max(60, { error: 'field.long' }),
  receivedOn: z.iso.date({ error: 'date.format' }).optional(),
  note: note.default(''),
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
  certificateNumber: z.string().nullable(),
  validUntil: z.string().nullable(),
  updatedAt: z.string(),
})
export type ApplicationItem = z.infer<typeof applicationItem>

export const APPLICATION_SORTS = ['-updatedAt', 'updatedAt', '-receiptNumber', 'receiptNumber'] as const

/** `GET /staff/applications?state=&q=&office=&from=&to=&sort=&page=&size=`. `q`: beginning of a receipt or certificate number or of a name, or a user ID. */
export const workListQuery = z.object({
  state: z.enum(APPLICATION_STATES, { error: 'application.state-unknown' }).optional(),
  q: z.string().trim().max(100, { error: 'field.long' }).optional(),
  office: z
    .string()
    .trim()
    .max(60, { error: 'field.long' })
    .optional()
    .transform((office) => office || undefined),
  /** The first and the last day on which it was taken in, ISO dates. */
  from: dateFilter,
  to: dateFilter,
  sort: z.enum(APPLICATION_SORTS, { error: 'application.sort' }).default('-updatedAt'),
})
export const workListReply = z.object({
  items: z.array(applicationItem),
  total: z.number().int(),
  counts: z.record(z.enum(APPLICATION_STATES), z.number().int()),
})

/** `GET /staff/applicants/{userId}`: whom the clerk has before him; nothing more than he needs. */
export const applicantReply = z.object({
  userId: z.string(),
  name: z.string(),
  category: z.enum(CATEGORIES),
  email: z.string(),
  language: languageSchema,
  lockedUntil: z.string().nullable(),
})
export type Applicant = z.infer<typeof applicantReply>

/** `GET /staff/applications/{id}`: with the applicant, the note and what was done by whom and why, also to certificates before. */
export const applicationReply = applicationItem.extend({
  note: z.string(),
  applicant: applicantReply,
  history: z.array(z.object({ at: z.string(), action: z.string(), by: z.string(), reason: z.string().nullable() })),
})
export type CounterApplication = z.infer<typeof applicationReply>

export const refusalRequest = z.object({ reason })
export const unlockRequest = z.object({ reason })
export const resendRequest = z.object({ reason })

/** `POST /staff/applications/{id}/certificate`: the applicant is that of the application. */
export const issueRequest = certificateRow.omit({ userId: true })

/** `POST /staff/certificates/{number}/reissue`: the old one is cancelled, both are kept. */
export const reissueRequest = z.object({ reason, certificate: issueRequest })

/** What issuing and correcting answer. */
export const issuedReply = z.object({ certificateNumber: z.string() })

/** `GET /staff/certificates/{number}`: what it says, and how its mail went. */
export const issuedCertificate = issueRequest.extend({
  validUntil: z.string(),
  cancelledAt: z.string().nullable(),
  replacedBy: z.string().nullable(),
  timeline: z.array(timelineEntrySchema),
})
export type IssuedCertificate = z.infer<typeof issuedCertificate>

/** `POST /staff/certificates/preview`: the mail as it would go out, with signs in the place of link and code. Changes nothing. */
export const previewRequest = z.object({ userId: userIdField, certificate: issueRequest })
export const certificatePreview = z.object({ to: z.string(), subject: z.string(), text: z.string(), html: z.string() })
