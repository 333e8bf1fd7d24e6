import type { Generated, Selectable } from 'kysely'
import type { Category, SEXES } from '#contract/http/account/account'
import type { JapaneseStyle, Language } from '#domain/language'
import type { LinkKind } from '#domain/mail-link'

/** A person with a user ID. `user_id_key` is the ID in the form in which typed IDs are looked up. Dates are ISO. */
export interface AccountTable {
  id: string
  system: 'zairyu' | 'todokede'
  user_id: string
  user_id_key: string
  category: Category
  name_en: string | null
  email: string
  email_key: string
  phone: string | null
  organization: string | null
  birth_date: string | null
  sex: (typeof SEXES)[number] | null
  postal_code: string | null
  address: string | null
  language: Language
  /** How Japanese is written in mails to this person. */
  mail_japanese: Generated<JapaneseStyle>
  password_hash: string
  created_at: string
  last_login_at: string | null
  /** Since when the 利用申出 is approved: then postal code and address can be changed (M6.3). */
  use_approved_at: string | null
  /** When the account goes, at its owner's wish. */
  deletion_due_at: string | null
  /** Changes whenever the credentials do; the key of drafts depends on it. Blank until the first time. */
  draft_epoch: Generated<string>
}
export type AccountRow = Selectable<AccountTable>

/**
 * What a mail leads to. The code is stored as SHA-256; `used_at` is set when the link has done its work, `void_at` when it no
 * longer counts because the credentials of its account have changed: then neither link nor code opens anything.
 */
export interface MailLinkTable {
  id: string
  kind: LinkKind
  /** Whose link it is; null before there is an account. */
  account_id: string | null
  email_key: string
  email: string
  language: Language
  certificate_number: string | null
  code_hash: string
  issued_at: string
  used_at: string | null
  void_at: string | null
  /** SHA-256 of the browser that asked for the mail; null where it is not known, or nobody asked. */
  asked_by: string | null
}
export type MailLinkRow = Selectable<MailLinkTable>

/** The tokens that open a link: the mailed one, and one for each time its code was typed in. */
export interface MailLinkTokenTable {
  token_hash: string
  link_id: string
}

export interface AccountTables {
  accounts: AccountTable
  mail_links: MailLinkTable
  mail_link_tokens: MailLinkTokenTable
}
