import { Temporal } from 'temporal-polyfill'
import { normalizeUserId } from '#contract/user-id'
import type { Account, RegistrationForm } from '#contract/account'
import type { Language } from '#contract/language'
import type { Db } from '../../database/open'
import { instantText } from '../../platform/clock'
import { hashToken, newCode, newId, newToken, newUserId } from '../../platform/ids'
import { CODE_TRIES, containsUserId, type LinkKind } from './account.rules'
import type { AccountRow, MailLinkRow } from './account.table'

/** Addresses are one address when they differ in case only. */
export const emailKey = (email: string): string => email.toLowerCase()

/** The account that a typed ID means: the exact spelling first, else the only one that fits apart from case, spaces and hyphens. */
export async function findAccountByUserId(db: Db, typed: string): Promise<AccountRow | null> {
  const rows = await db
    .selectFrom('accounts')
    .selectAll()
    .where('user_id_key', '=', normalizeUserId(typed))
    .limit(10)
    .execute()
  return rows.find((row) => row.user_id === typed) ?? (rows.length === 1 ? (rows[0] ?? null) : null)
}

/** The account with this internal key. */
export async function findAccount(db: Db, id: string): Promise<AccountRow | null> {
  return (await db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
}

/** Whether somebody is registered with this address. */
export async function isKnownEmail(db: Db, email: string): Promise<boolean> {
  const row = await db
    .selectFrom('accounts')
    .select('id')
    .where('email_key', '=', emailKey(email))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Writes a new account with a fresh user ID that its password does not contain; answers key and ID. */
export async function createAccount(
  trx: Db,
  form: RegistrationForm & { email: string; language: Language; passwordHash: string },
  now: Temporal.Instant,
): Promise<{ id: string; userId: string }> {
  let userId = newUserId()
  while (containsUserId(form.password, userId) || (await findAccountByUserId(trx, userId))) userId = newUserId()
  const id = newId()
  await trx
    .insertInto('accounts')
    .values({
      id,
      system: 'zairyu',
      user_id: userId,
      user_id_key: normalizeUserId(userId),
      category: form.category,
      name_en: form.nameEn,
      email: form.email,
      email_key: emailKey(form.email),
      phone: form.phone,
      organization: form.organization,
      birth_date: form.birthDate,
      sex: form.sex,
      postal_code: form.postalCode,
      address: form.address,
      language: form.language,
      password_hash: form.passwordHash,
      created_at: instantText(now),
      last_login_at: null,
      use_approved_at: null,
      deletion_due_at: null,
    })
    .execute()
  return { id, userId }
}

export interface NewMailLink {
  kind: LinkKind
  email: string
  language: Language
  certificateNumber?: string
  accountId?: string
}

/** Writes a mailed link and answers its secrets, which leave the program in one mail only. */
export async function createMailLink(
  trx: Db,
  link: NewMailLink,
  now: Temporal.Instant,
): Promise<{ token: string; code: string }> {
  const id = newId()
  const token = newToken()
  const code = newCode()
  await trx
    .insertInto('mail_links')
    .values({
      id,
      kind: link.kind,
      email: link.email,
      email_key: emailKey(link.email),
      language: link.language,
      certificate_number: link.certificateNumber ?? null,
      account_id: link.accountId ?? null,
      code_hash: hashToken(code),
      code_tries: 0,
      issued_at: instantText(now),
      used_at: null,
    })
    .execute()
  await addLinkToken(trx, id, token)
  return { token, code }
}

/** A further token that opens the same link: for somebody who typed its code. */
export async function addLinkToken(trx: Db, linkId: string, token: string): Promise<void> {
  await trx
    .insertInto('mail_link_tokens')
    .values({ token_hash: hashToken(token), link_id: linkId })
    .execute()
}

/** The link that a token opens, whatever its state. */
export async function findMailLink(db: Db, kind: LinkKind, token: string): Promise<MailLinkRow | null> {
  const row = await db
    .selectFrom('mail_link_tokens')
    .innerJoin('mail_links', 'mail_links.id', 'mail_link_tokens.link_id')
    .selectAll('mail_links')
    .where('mail_link_tokens.token_hash', '=', hashToken(token))
    .where('mail_links.kind', '=', kind)
    .executeTakeFirst()
  return row ?? null
}

/** The link with a token of this hash, whatever its kind and state. */
export async function findMailLinkByTokenHash(db: Db, tokenHash: string): Promise<MailLinkRow | null> {
  const row = await db
    .selectFrom('mail_link_tokens')
    .innerJoin('mail_links', 'mail_links.id', 'mail_link_tokens.link_id')
    .selectAll('mail_links')
    .where('mail_link_tokens.token_hash', '=', tokenHash)
    .executeTakeFirst()
  return row ?? null
}

/** The newest link to this address whose code was typed, whatever its state; a code that is void is no code. */
export async function findMailLinkByCode(db: Db, email: string, code: string): Promise<MailLinkRow | null> {
  const row = await db
    .selectFrom('mail_links')
    .selectAll()
    .where('email_key', '=', emailKey(email))
    .where('code_hash', '=', hashToken(code))
    .where('code_tries', '<', CODE_TRIES)
    .orderBy('issued_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/** Counts a wrong code against every unused link to this address. */
export async function countWrongCode(trx: Db, email: string): Promise<void> {
  await trx
    .updateTable('mail_links')
    .set((eb) => ({ code_tries: eb('code_tries', '+', 1) }))
    .where('email_key', '=', emailKey(email))
    .where('used_at', 'is', null)
    .execute()
}

/** The people registered with an address, oldest first. */
export async function findAccountsByEmail(db: Db, email: string): Promise<AccountRow[]> {
  return db
    .selectFrom('accounts')
    .selectAll()
    .where('email_key', '=', emailKey(email))
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

/** Takes back the unused links of one kind of a person, when a newer one takes their place or they are no longer wanted. */
export async function withdrawMailLinks(trx: Db, accountId: string, kind: LinkKind): Promise<void> {
  await trx
    .deleteFrom('mail_links')
    .where('account_id', '=', accountId)
    .where('kind', '=', kind)
    .where('used_at', 'is', null)
    .execute()
}

/** Puts another address in place; certificates that still wait for delivery, and their codes, follow it (ours). */
export async function moveEmail(trx: Db, account: { id: string; email: string }, email: string): Promise<void> {
  await trx
    .updateTable('accounts')
    .set({ email, email_key: emailKey(email) })
    .where('id', '=', account.id)
    .execute()
  await trx
    .updateTable('outbox')
    .set({ recipient: email })
    .where('account_id', '=', account.id)
    .where('kind', 'in', ['certificate', 'reminder'])
    .where('status', '!=', 'sent')
    .where('recipient', '=', account.email)
    .execute()
  await trx
    .updateTable('mail_links')
    .set({ email, email_key: emailKey(email) })
    .where('account_id', '=', account.id)
    .where('kind', '=', 'receipt')
    .execute()
}

/** Whether a certificate of this person has not yet been taken by a mail server. */
export async function hasUndeliveredCertificate(trx: Db, accountId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('certificates')
    .select('number')
    .where('account_id', '=', accountId)
    .where('mail_accepted_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether a mail is this person's own test mail. */
export async function isMailOf(db: Db, accountId: string, mailId: string): Promise<boolean> {
  const row = await db
    .selectFrom('outbox')
    .select('id')
    .where('id', '=', mailId)
    .where('account_id', '=', accountId)
    .where('kind', '=', 'test')
    .executeTakeFirst()
  return row !== undefined
}

/** An account as its owner sees it (M6). */
export const describeAccount = (row: AccountRow): Account => ({
  userId: row.user_id,
  category: row.category,
  nameEn: row.name_en,
  email: row.email,
  phone: row.phone,
  organization: row.organization,
  birthDate: row.birth_date,
  sex: row.sex,
  postalCode: row.postal_code,
  address: row.address,
  useApproved: row.use_approved_at !== null,
  language: row.language,
  mailJapanese: row.mail_japanese,
  deletionDueAt: row.deletion_due_at,
})

/** Changes single columns of an account. */
export async function updateAccount(
  trx: Db,
  id: string,
  values: Partial<
    Pick<
      AccountRow,
      | 'password_hash'
      | 'phone'
      | 'postal_code'
      | 'address'
      | 'language'
      | 'mail_japanese'
      | 'use_approved_at'
      | 'deletion_due_at'
    >
  >,
): Promise<void> {
  await trx.updateTable('accounts').set(values).where('id', '=', id).execute()
}

/** Marks a link as having done its work. */
export async function useMailLink(trx: Db, id: string, now: Temporal.Instant): Promise<void> {
  await trx
    .updateTable('mail_links')
    .set({ used_at: instantText(now) })
    .where('id', '=', id)
    .execute()
}

/** A row's dates as the rules want them. */
export function mailLinkFacts(row: MailLinkRow) {
  return {
    kind: row.kind,
    issuedAt: Temporal.Instant.from(row.issued_at),
    usedAt: row.used_at === null ? null : Temporal.Instant.from(row.used_at),
  }
}
