import type { MailState } from '#contract/admin'

/** Sign of a state; its colour only repeats it. */
export const MAIL_KINDS = {
  queued: 'open',
  sent: 'done',
  failed: 'failed',
  withdrawn: 'plain',
} as const satisfies Record<MailState, string>
