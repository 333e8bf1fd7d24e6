import * as z from 'zod/mini'
import { announcementSchema, readingsCheck } from './announcement'
import { DELIVERY_FAILURES } from '../mail-failure'
import { dateFilter, emailField } from '../fields'
import { LANGUAGES, type Language } from '../../../domain/language'
import { loginNameField, STAFF_ROLES } from './staff'
import { composed, lineOf, trimmedPassword } from '../../../domain/text/typed-text'

/** What only an admin may ask of the service (DESIGN §9), all under `/staff`. */

const required = z.string({ error: 'field.required' })
const total = z.int()

// Announcements

/** Whether readers see it: not yet, now, no longer. */
export const ANNOUNCEMENT_STATES = ['scheduled', 'shown', 'over'] as const
export const managedAnnouncement = z.extend(announcementSchema, { state: z.enum(ANNOUNCEMENT_STATES) })
export type ManagedAnnouncement = z.infer<typeof managedAnnouncement>
export const managedAnnouncementsReply = z.object({ items: z.array(managedAnnouncement), total })

/** A text in a language, without blanks around it; empty where it was not written. */
export function textIn(texts: Readonly<Record<string, unknown>>, language: Language): string {
  const text = texts[language]
  return typeof text === 'string' ? text.trim() : ''
}

/**
 * `POST /staff/announcements`, `PUT /staff/announcements/{id}`: as in `announcements import`, the id apart. A language needs
 * title and body, since readers get both in one language; what is left empty is left out.
 */
export const announcementForm = z.omit(announcementSchema, { id: true }).check(
  readingsCheck,
  z.superRefine((form, ctx) => {
    const refuse = (path: string[], message: string) => ctx.addIssue({ code: 'custom', path, message })
    if (form.until !== undefined && Date.parse(form.until) <= Date.parse(form.publishedAt))
      refuse(['until'], 'announcement.until')
    for (const language of LANGUAGES) {
      const [title, body] = [textIn(form.title, language), textIn(form.body, language)]
      if (title === '' && (body !== '' || language === 'ja')) refuse(['title', language], 'field.required')
      if (body === '' && (title !== '' || language === 'ja')) refuse(['body', language], 'field.required')
    }
  }),
)
export type AnnouncementForm = z.infer<typeof announcementForm>

// Accounts of staff

/** Ours: staff passwords are long rather than mixed. */
export const STAFF_PASSWORD_MIN = 12

/** Left out or empty: the service makes one. */
const chosenPassword = z
  .pipe(
    z.optional(z.string({ error: 'field.text' }).check(z.maxLength(200, { error: 'password.long' }))),
    z.transform((typed) => (typed === undefined ? undefined : trimmedPassword(typed) || undefined)),
  )
  .check(
    z.superRefine((typed, ctx) => {
      if (typed !== undefined && [...typed].length < STAFF_PASSWORD_MIN)
        ctx.addIssue({
          code: 'custom',
          message: 'staff-password.short',
          params: { count: [...typed].length, least: STAFF_PASSWORD_MIN },
        })
    }),
  )
const staffName = required.check(
  z.overwrite((typed) => composed(lineOf(typed))),
  z.refine((name) => name !== '', { error: 'field.required' }),
  z.refine((name) => [...name].length <= 60, { error: 'field.long' }),
)
const role = z.enum(STAFF_ROLES, { error: 'staff-role.unknown' })

/** Somebody of the staff; `leftAt` says since when he no longer gets in. */
export const staffPerson = z.object({
  id: z.string(),
  loginName: z.string(),
  name: z.string(),
  role: z.enum(STAFF_ROLES),
  createdAt: z.string(),
  lastLoginAt: z.nullable(z.string()),
  leftAt: z.nullable(z.string()),
})
export type StaffPerson = z.infer<typeof staffPerson>
export const staffPeopleReply = z.object({ items: z.array(staffPerson), total })

/** `POST /staff/people`, `PUT /staff/people/{id}`, `POST /staff/people/{id}/password`. */
export const staffAddRequest = z.object({ loginName: loginNameField, name: staffName, role, password: chosenPassword })
export const staffChangeRequest = z.object({ name: staffName, role })
export const staffPasswordRequest = z.object({ password: chosenPassword })

/** `password` is there once, where the service made it; null where it was given. */
export const staffPasswordReply = z.object({ person: staffPerson, password: z.nullable(z.string()) })
export type StaffPasswordReply = z.infer<typeof staffPasswordReply>

// Mail settings

/** Where a setting comes from; a variable wins over what is set here (DESIGN §1). */
export const SETTING_SOURCES = ['variable', 'file', 'default'] as const

/**
 * How mail travels to the server: encrypted from the first byte on (`tls`), after STARTTLS or not at all (`starttls`), in the clear with
 * the password (`plain`), or `auto`: as `starttls` where there is a user, else encrypted where the server offers it.
 */
export const SMTP_TLS_CHOICES = ['tls', 'starttls', 'auto', 'plain'] as const
export type SmtpTlsChoice = (typeof SMTP_TLS_CHOICES)[number]

/** How the mail server is reached; of the password only whether there is one. */
export const mailServer = z.object({
  host: z.string(),
  port: z.int(),
  tls: z.enum(SMTP_TLS_CHOICES),
  user: z.nullable(z.string()),
  hasPassword: z.boolean(),
})
export type MailServer = z.infer<typeof mailServer>

/** `GET /staff/mail-settings`; `server` null: mail stays in the outbox. `training`: no mail leaves, whatever is set. */
export const mailSettingsReply = z.object({
  training: z.boolean(),
  server: z.nullable(mailServer),
  /** `variable` also where only the way to the server stands in one: the two belong together. */
  serverSource: z.enum(SETTING_SOURCES),
  /** Where the server's password lies; `locked`: in the keychain of somebody else or of another machine, to be typed again. */
  passwordPlace: z.nullable(z.enum(['vault', 'locked', 'file', 'variable'])),
  mailFrom: z.string(),
  mailFromSource: z.enum(SETTING_SOURCES),
})
export type MailSettings = z.infer<typeof mailSettingsReply>

const serverRequest = z.object({
  host: required.check(
    z.overwrite(lineOf),
    z.minLength(1, { error: 'field.required' }),
    z.maxLength(253, { error: 'field.long' }),
    z.regex(/^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])$/, { error: 'mail-server.host' }),
  ),
  port: z
    .int({ error: 'mail-server.port' })
    .check(z.minimum(1, { error: 'mail-server.port' }), z.maximum(65_535, { error: 'mail-server.port' })),
  tls: z._default(z.enum(SMTP_TLS_CHOICES, { error: 'mail-server.tls' }), 'auto'),
  user: z._default(
    z.nullable(z.string({ error: 'field.text' }).check(z.overwrite(lineOf), z.maxLength(200, { error: 'field.long' }))),
    null,
  ),
  /** Left out: the one that is kept stays, where server and user stay too. */
  password: z.optional(z.nullable(z.string({ error: 'field.text' }).check(z.maxLength(500, { error: 'field.long' })))),
})

/** `PUT /staff/mail-settings`: what is left out stays; `server` null takes the server away. */
export const mailSettingsRequest = z
  .object({ server: z.optional(z.nullable(serverRequest)), mailFrom: z.optional(emailField) })
  .check(
    z.refine(({ server, mailFrom }) => server !== undefined || mailFrom !== undefined, { error: 'field.required' }),
  )
export type MailSettingsRequest = z.infer<typeof mailSettingsRequest>

/** `POST /staff/mail-settings/test-mails`: what the mail server said; `reason` is its short code where it refused. */
export const testDeliveryRequest = z.object({ email: emailField })
export const testDeliveryReply = z.object({
  accepted: z.boolean(),
  reason: z.nullable(z.string()),
  failure: z.nullable(z.enum(DELIVERY_FAILURES)),
  /** `tls-name`: for whom the certificate of the server was made. */
  certificateNames: z.nullable(z.string()),
})
export type TestDelivery = z.infer<typeof testDeliveryReply>

// Outbox

/** `withdrawn`: no longer wanted, and so not sent. */
export const MAIL_STATES = ['queued', 'sent', 'failed', 'withdrawn'] as const
export type MailState = (typeof MAIL_STATES)[number]
export const outboxQuery = z.object({ status: z.optional(z.enum(MAIL_STATES, { error: 'mail.status' })) })

/** Why a mail that was written is not sent: the certificate or the link that it is about is no longer what it says. */
export const WITHDRAWAL_REASONS = [
  'certificate.cancelled',
  'certificate.expired',
  'certificate.registered',
  'deletion.withdrawn',
  'link.expired',
  'link.used',
  'link.withdrawn',
] as const
export type WithdrawalReason = (typeof WITHDRAWAL_REASONS)[number]

export const outboxItem = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  status: z.enum(MAIL_STATES),
  attempts: z.int(),
  createdAt: z.string(),
  sentAt: z.nullable(z.string()),
  /** Queued mails: when they are tried next. */
  nextAttemptAt: z.nullable(z.string()),
  lastError: z.nullable(z.string()),
  failure: z.nullable(z.enum(DELIVERY_FAILURES)),
  withdrawnFor: z.nullable(z.enum(WITHDRAWAL_REASONS)),
})
export type OutboxItem = z.infer<typeof outboxItem>
const failureCount = z.object({ failure: z.enum(DELIVERY_FAILURES), count: z.int() })

/** What keeps mail from going out: since when none does, why and when one is tried next; and how many wait for the office's own trouble. */
export const mailTrouble = z.object({
  stopped: z.nullable(
    z.object({ at: z.string(), failure: z.enum(DELIVERY_FAILURES), reason: z.string(), nextProbeAt: z.string() }),
  ),
  waiting: z.array(failureCount),
})
export type MailTrouble = z.infer<typeof mailTrouble>

export const outboxReply = z.object({
  items: z.array(outboxItem),
  total,
  counts: z.record(z.enum(MAIL_STATES), z.int()),
  trouble: mailTrouble,
  /** The mails that were given up, by why: each group can be tried again at once. */
  failures: z.array(failureCount),
})

/** `POST /staff/mails/retries`: given-up mails (of a class), or what waits for the office's own trouble; both let a stopped queue go on. */
export const retryMailsRequest = z.object({
  status: z.enum(['queued', 'failed'], { error: 'mail.status' }),
  failure: z.optional(z.enum(DELIVERY_FAILURES, { error: 'mail.failure' })),
})
export type RetryMailsRequest = z.infer<typeof retryMailsRequest>
/** How many mails are tried again. */
export const retryMailsReply = z.object({ count: z.int() })

/** One mail as its reader gets it, links and codes covered: they belong to the reader alone. */
export const outboxMail = z.extend(outboxItem, { from: z.string(), text: z.string() })
export type OutboxMail = z.infer<typeof outboxMail>

// Audit log

/** Every action that is written down (DESIGN §4). */
export const AUDIT_ACTIONS = [
  'account.approved',
  'account.deleted',
  'account.deletion-asked',
  'account.deletion-withdrawn',
  'account.email-change-asked',
  'account.email-change-undone',
  'account.email-changed',
  'account.exported',
  'account.id-reminded',
  'account.imported',
  'account.not-me',
  'account.password-changed',
  'account.password-reset',
  'account.phone-changed',
  'account.mail-language-changed',
  'account.registered',
  'account.reset-asked',
  'account.test-mail',
  'account.unlocked',
  'announcement.deleted',
  'announcement.written',
  'announcements.written',
  'application.examined',
  'application.received',
  'application.refused',
  'audit.exported',
  'certificate.cancelled',
  'certificate.issued',
  'certificate.reminded',
  'certificate.resent',
  'clock.moved',
  'keys.rotated',
  'link.code-typed',
  'mail.all-retried',
  'mail.retried',
  'mail.test-sent',
  'mail.withdrawn',
  'receipt.registered',
  'registration.asked',
  'session.closed',
  'session.locked',
  'session.opened',
  'session.other-system',
  'session.wrong',
  'settings.mail-changed',
  'staff.added',
  'staff.changed',
  'staff.left',
  'staff.locked',
  'staff.password-set',
  'staff.session-closed',
  'staff.session-opened',
  'staff.wrong',
  'support.made',
  'token.made',
  'token.revoked',
] as const

/** Who acts: an applicant, somebody of the staff, another system, the command line, the program itself, somebody unknown. */
export const ACTOR_KINDS = ['account', 'staff', 'system', 'operator', 'program', 'visitor'] as const
export type ActorKind = (typeof ACTOR_KINDS)[number]

const typed = z.pipe(
  z.optional(z.string({ error: 'field.text' }).check(z.overwrite(lineOf), z.maxLength(200, { error: 'field.long' }))),
  z.transform((text) => (text === '' ? undefined : text)),
)

/**
 * Filter of the log: days in Tokyo, both included; `actor` is a kind or a login name; `subject` a user ID, receipt or
 * certificate number, login name, or an identifier as the log has it.
 */
export const auditQuery = z.object({
  from: dateFilter,
  to: dateFilter,
  actor: typed,
  action: z.pipe(
    z.optional(z.union([z.literal(''), z.enum(AUDIT_ACTIONS)], { error: 'audit.action' })),
    z.transform((action) => (action === '' ? undefined : action)),
  ),
  subject: typed,
})
export type AuditWish = z.infer<typeof auditQuery>

/** One entry. Names are resolved where there still is somebody: `actorName` of staff and systems, user ID of accounts. */
export const auditItem = z.object({
  id: z.string(),
  at: z.string(),
  actorKind: z.enum(ACTOR_KINDS),
  actorName: z.nullable(z.string()),
  action: z.string(),
  subject: z.string(),
  subjectName: z.nullable(z.string()),
  detail: z.nullable(z.record(z.string(), z.union([z.string(), z.number()]))),
  device: z.nullable(z.string()),
})
export type AuditItem = z.infer<typeof auditItem>
export const auditReply = z.object({ items: z.array(auditItem), total })

// Numbers

export const NUMBER_KINDS = ['issued', 'delivered', 'registered', 'overdue', 'failed'] as const
export type NumberKind = (typeof NUMBER_KINDS)[number]

/** `GET /staff/numbers`: certificates by week (Monday to Sunday in Tokyo, `from` its Monday), the oldest first, this week last. */
export const numbersReply = z.object({
  asOf: z.string(),
  weeks: z.array(
    z.object({ from: z.string(), ...Object.fromEntries(NUMBER_KINDS.map((kind) => [kind, z.int()])) } as {
      from: z.ZodMiniString<string>
    } & Record<NumberKind, z.ZodMiniInt>),
  ),
})
export type Numbers = z.infer<typeof numbersReply>
