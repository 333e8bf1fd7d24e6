import { Temporal } from 'temporal-polyfill'
import type { CertificateState, TimelineEntry } from '#contract/http/certificate/certificate-view'
import { tellFailure } from '#contract/http/mail-failure'
import { mailFailure } from '../../mail/delivery/failure.rules'
import { isStillValid } from './reminder.rules'
import type { CertificateRow } from '../../database/tables/certificate.table'
import type { CertificateMail } from './timeline.repo'

/** A step on the way of an application or its certificate; only what is given is set. */
export const timelineEntry = (
  kind: TimelineEntry['kind'],
  state: TimelineEntry['state'],
  at: string | null,
  more: Partial<TimelineEntry> = {},
): TimelineEntry => ({ kind, state, at, to: null, count: null, failure: null, nextAttemptAt: null, ...more })

/** A mail that a server took has gone; one that was no longer wanted was withdrawn; one that waits is next; one that was given up has failed, at its last attempt. */
function mailEntry(mail: CertificateMail, count: number | null): TimelineEntry {
  const name = count === null ? 'mail' : 'reminder'
  const failure = mail.last_error === null ? null : tellFailure(mailFailure(mail.last_error))
  const about = { to: mail.recipient, count }
  if (mail.withdrawn_for !== null) return timelineEntry(`${name}-withdrawn`, 'done', mail.next_attempt_at, about)
  if (mail.status === 'sent') return timelineEntry(`${name}-sent`, 'done', mail.sent_at ?? mail.created_at, about)
  if (mail.status === 'failed')
    return timelineEntry(`${name}-failed`, 'failed', mail.next_attempt_at, { ...about, failure: failure ?? 'own' })
  const nextAttemptAt = mail.attempts > 0 ? mail.next_attempt_at : null
  return timelineEntry(`${name}-queued`, 'next', mail.created_at, { ...about, failure, nextAttemptAt })
}

function mailEntries(mails: readonly CertificateMail[]): TimelineEntry[] {
  let reminders = 0
  return mails.map((mail) => mailEntry(mail, mail.kind === 'reminder' ? (reminders += 1) : null))
}

/** When an entry happened, to order by: a certificate begins with its issue, and a last day ends with itself. */
function moment({ kind, at }: TimelineEntry): string {
  if (kind === 'issued' || at === null) return ''
  if (kind === 'expired')
    return Temporal.PlainDate.from(at).add({ days: 1 }).toZonedDateTime('Asia/Tokyo').toInstant().toString()
  return at
}

/**
 * Where a certificate stands: a registered receipt is the end; else the last day; else what became of its mail. A reminder that
 * fails takes nothing away from a certificate that a mail server has taken.
 */
export function certificateState(
  certificate: CertificateRow,
  mails: readonly CertificateMail[],
  now: Temporal.Instant,
): CertificateState {
  if (certificate.registered_at !== null) return 'registered'
  if (!isStillValid(certificate.valid_until, now)) return 'expired'
  if (certificate.mail_accepted_at !== null) return 'sent'
  const last = mails.findLast(({ kind, withdrawn_for }) => kind !== 'reminder' && withdrawn_for === null)
  return last?.status === 'failed' ? 'failed' : 'issued'
}

/**
 * M1.4: the way of a certificate, in order: what has happened, what is awaited, what comes and when. `mails` in the order of their
 * creation. While the mail itself is on its way the registration waits for it.
 */
export function certificateTimeline(
  certificate: CertificateRow,
  mails: readonly CertificateMail[],
  now: Temporal.Instant,
): TimelineEntry[] {
  const { issued_on, valid_until, mail_accepted_at, registered_at, next_reminder_at, reminders } = certificate
  const expired = !isStillValid(valid_until, now)
  const written = mailEntries(mails)
  const forgotten = mail_accepted_at !== null && !written.some(({ kind }) => kind === 'mail-sent')
  const happened = [
    timelineEntry('issued', 'done', issued_on),
    ...(forgotten ? [timelineEntry('mail-sent', 'done', mail_accepted_at)] : []),
    ...written,
    ...(registered_at === null ? [] : [timelineEntry('registered', 'done', registered_at)]),
    ...(expired ? [timelineEntry('expired', 'done', valid_until)] : []),
  ]
  // Stable: what has one moment stays in the order above.
  happened.sort((one, other) => (moment(one) < moment(other) ? -1 : Number(moment(one) > moment(other))))
  if (expired) return happened
  const open =
    registered_at === null ? [timelineEntry('registration', mail_accepted_at === null ? 'later' : 'next', null)] : []
  const reminder =
    registered_at === null && next_reminder_at !== null
      ? [timelineEntry('reminder-next', 'later', next_reminder_at, { count: reminders + 1 })]
      : []
  return [...happened, ...open, ...reminder, timelineEntry('valid-until', 'later', valid_until)]
}
