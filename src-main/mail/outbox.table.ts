import type { Selectable } from 'kysely'
import type { WithdrawalReason } from '#contract/admin'

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
  /** Why it is no longer wanted; such a mail is never sent, and its status is `failed`. */
  withdrawn_for: WithdrawalReason | null
  certificate_number: string | null
  account_id: string | null
}
export type OutboxRow = Selectable<OutboxTable>
