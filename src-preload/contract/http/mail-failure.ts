import { MAIL_FAILURES, type MailFailure } from './certificate/certificate-view'

/** What lies with the recipient of a mail: after this answer another try is pointless, unless the recipient changes something. */
export const RECIPIENT_FAILURES = ['address', 'mailbox-full', 'refused'] as const

/** What lies with the office, its mail server or the way there: every mail would fail in the same way, and none is given up for it. */
export const OWN_FAILURES = [
  'unreachable',
  'own',
  'sign-in',
  'relay',
  'blocked',
  'tls',
  'tls-missing',
  'tls-name',
  'tls-untrusted',
  'tls-expired',
] as const

/** Why a mail did not go out, for those who can mend it. */
export const DELIVERY_FAILURES = [...RECIPIENT_FAILURES, 'busy', ...OWN_FAILURES] as const
export type DeliveryFailure = (typeof DELIVERY_FAILURES)[number]

export const isOwnFailure = (failure: DeliveryFailure): boolean => OWN_FAILURES.some((own) => own === failure)

/** The same for everybody else: how the office and its server get on is nobody's affair. */
export const tellFailure = (failure: DeliveryFailure): MailFailure =>
  MAIL_FAILURES.find((told) => told === failure) ?? 'own'
