import type { MailState } from '#contract/http/staff/admin'
import type { MailFailure } from '#contract/http/certificate/certificate-view'
import { type DeliveryFailure, tellFailure } from '#contract/http/mail-failure'

type FailureOfStaff = Exclude<DeliveryFailure, MailFailure>

/** Sign of a state; its colour only repeats it. */
export const MAIL_KINDS = {
  queued: 'open',
  sent: 'done',
  failed: 'failed',
  withdrawn: 'plain',
} as const satisfies Record<MailState, string>

/** The text that says why a mail did not go out; what everybody may know has its text where everybody reads it. */
export const failureText = (failure: DeliveryFailure) => {
  const told = tellFailure(failure)
  return told === failure
    ? (`certificate.timeline.failure.${told}` as const)
    : (`admin.mails.failure.${failure as FailureOfStaff}` as const)
}
