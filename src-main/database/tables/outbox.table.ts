import type { Selectable } from 'kysely'
import type { WithdrawalReason } from '#contract/http/staff/admin'
import type { DeliveryFailure } from '#contract/http/mail-failure'

/**
 * A mail on its way (DESIGN §5). `text_body` and `html_body` hold placeholders where a secret or the link base belongs;
 * `secrets` is JSON `{name: value}` until a server has accepted the mail. `language` is the Content-Language (`en, ja`).
 * `link_base` is fixed at the first attempt, so that every attempt sends the same bytes. Instants are ISO UTC.
 */
export interface OutboxTable {
  id: string
  kind: string
  recipient: string
  subject: string
  language: string
  text_body: string
  html_body: string
  secrets: string | null
  link_base: string | null
  message_id: string
  status: 'queued' | 'sent' | 'failed'
  attempts: number
  created_at: string
  next_attempt_at: string
  lease_holder: string | null
  lease_until: string | null
  sent_at: string | null
  last_error: string | null
  /** The class of the last failure; null where there was none, or it was before classes were written. */
  failure: DeliveryFailure | null
  /** 1: its last refusal counts towards the stop of the queue. */
  strike: number
  /** Why it is no longer wanted; such a mail is never sent, and its status is `failed`. */
  withdrawn_for: WithdrawalReason | null
  certificate_number: string | null
  account_id: string | null
}
export type OutboxRow = Selectable<OutboxTable>

/** The one row that is there while no mail goes out; `probes` of single mails have failed since. Instants are ISO UTC. */
export interface MailStopTable {
  id: number
  stopped_at: string
  failure: DeliveryFailure
  reason: string
  probes: number
  next_probe_at: string
}
