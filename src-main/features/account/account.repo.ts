import { Temporal } from 'temporal-polyfill'
import { emailKey } from '#domain/text/email-address'
import { withoutInvisible } from '#domain/text/typed-text'
import { normalizeUserId } from '#domain/user-id'
import type { Account, RegistrationForm } from '#contract/http/account/account'
import type { Language } from '#domain/language'
import type { Db } from '../../database/open'
import { instantText } from '../../platform/clock'
import { hashToken, newCode, newId, newToken, newUserId } from '../../platform/ids'
import type { LinkKind } from '#domain/mail-link'
import { containsUserId } from './account.rules'
import type { AccountRow, MailLinkRow } from '../../database/tables/account.table'

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
  /** The browser that asks for the mail (see `deviceKeyOf`). */
  askedBy?: string | null
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
      issued_at: instantText(now),
      used_at: null,
      void_at: null,
      asked_by: link.askedBy === undefined || link.askedBy === null ? null : hashToken(link.askedBy),
    })
    .execute()
  await addLinkToken(trx, id, token)
  return { token, code }
}

/** Takes a link back as if it had never been. */
export async function forgetMailLink(trx: Db, token: string): Promise<void> {
  await trx
    .deleteFrom('mail_links')
    .where('id', 'in', (eb) =>
      eb.selectFrom('mail_link_tokens').select('link_id').where('token_hash', '=', hashToken(token)),
    )
    .execute()
}

/** A further token that opens the same link: for somebody who typed its code. */
export async function addLinkToken(trx: Db, linkId: string, token: string): Promise<void> {
  await trx
    .insertInto('mail_link_tokens')
    .values({ token_hash: hashToken(token), link_id: linkId })
    .execute()
}

/** The link that a token opens, used or expired ones too; one that is void is no link any more. */
export async function findMailLink(db: Db, kind: LinkKind, token: string): Promise<MailLinkRow | null> {
  const row = await db
    .selectFrom('mail_link_tokens')
    .innerJoin('mail_links', 'mail_links.id', 'mail_link_tokens.link_id')
    .selectAll('mail_links')
    .where('mail_link_tokens.token_hash', '=', hashToken(withoutInvisible(token)))
    .where('mail_links.kind', '=', kind)
    .where('mail_links.void_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/** The link with a token of this hash, whatever its kind; used or expired ones too, but none that is void. */
export async function findMailLinkByTokenHash(db: Db, tokenHash: string): Promise<MailLinkRow | null> {
  const row = await db
    .selectFrom('mail_link_tokens')
    .innerJoin('mail_links', 'mail_links.id', 'mail_link_tokens.link_id')
    .selectAll('mail_links')
    .where('mail_link_tokens.token_hash', '=', tokenHash)
    .where('mail_links.void_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/**
 * The newest link to this address whose code was typed, used or expired ones too; the code of a void one is no code.
 * @param askedBy only among the links for whose mail this browser asked
 */
export async function findMailLinkByCode(
  db: Db,
  email: string,
  code: string,
  askedBy?: string,
): Promise<MailLinkRow | null> {
  const row = await db
    .selectFrom('mail_links')
    .selectAll()
    .where('email_key', '=', emailKey(email))
    .where('code_hash', '=', hashToken(code))
    .where('void_at', 'is', null)
    .$if(askedBy !== undefined, (links) => links.where('asked_by', '=', hashToken(askedBy ?? '')))
    .orderBy('issued_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
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

/** A certificate that no mail server has taken yet: whose account it is about waits with its deletion. */
const undelivered = (db: Db) =>
  db
    .selectFrom('certificates')
    .select('certificates.account_id')
    .where('mail_accepted_at', 'is', null)
    .where('cancelled_at', 'is', null)

/** Whether a certificate of this person has not yet been taken by a mail server. */
export async function hasUndeliveredCertificate(trx: Db, accountId: string): Promise<boolean> {
  const row = await undelivered(trx).where('account_id', '=', accountId).limit(1).executeTakeFirst()
  return row !== undefined
}

/** The accounts whose owners wish them to go, the first due first; with `now` those that are due. */
export async function listDeletions(
  db: Db,
  now?: Temporal.Instant,
): Promise<{ id: string; dueAt: string; isDeletable: boolean }[]> {
  const rows = await db
    .selectFrom('accounts')
    .select(['id', 'deletion_due_at'])
    .select((eb) => eb('id', 'in', undelivered(db)).as('waits'))
    .where('deletion_due_at', 'is not', null)
    .$if(now !== undefined, (due) => due.where('deletion_due_at', '<=', now ? instantText(now) : ''))
    .orderBy('deletion_due_at')
    .orderBy('id')
    .execute()
  return rows.flatMap(({ id, deletion_due_at: dueAt, waits }) =>
    dueAt === null ? [] : [{ id, dueAt, isDeletable: !waits }],
  )
}

/** Deletes an account with all that hangs on it, where that is still wished, due and possible; answers who is told, null where it is not. */
export async function deleteAccountDue(
  trx: Db,
  id: string,
  now: Temporal.Instant,
): Promise<Pick<AccountRow, 'email' | 'language'> | null> {
  const deleted = await trx
    .deleteFrom('accounts')
    .where('id', '=', id)
    .where('deletion_due_at', '<=', instantText(now))
    .where('id', 'not in', undelivered(trx))
    .returning(['email', 'language'])
    .executeTakeFirst()
  return deleted ?? null
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

/** Writes a new password. With `was` only over that one; false where it has been replaced meanwhile. */
export async function setPassword(trx: Db, id: string, password_hash: string, was?: string): Promise<boolean> {
  const written = await trx
    .updateTable('accounts')
    .set({ password_hash })
    .where('id', '=', id)
    .$if(was !== undefined, (accounts) => accounts.where('password_hash', '=', was ?? ''))
    .executeTakeFirst()
  return written.numUpdatedRows > 0n
}

/** Changes single columns of an account. */
export async function updateAccount(
  trx: Db,
  id: string,
  values: Partial<
    Pick<
      AccountRow,
      'phone' | 'postal_code' | 'address' | 'language' | 'mail_japanese' | 'use_approved_at' | 'deletion_due_at'
    >
  >,
): Promise<void> {
  await trx.updateTable('accounts').set(values).where('id', '=', id).execute()
}

/** Marks a link as having done its work; false where it has done so already, or no longer counts. */
export async function useMailLink(trx: Db, id: string, now: Temporal.Instant): Promise<boolean> {
  const used = await trx
    .updateTable('mail_links')
    .set({ used_at: instantText(now) })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('void_at', 'is', null)
    .executeTakeFirst()
  return used.numUpdatedRows > 0n
}

/** A row's dates as the rules want them. */
export function mailLinkFacts(row: MailLinkRow) {
  return {
    kind: row.kind,
    issuedAt: Temporal.Instant.from(row.issued_at),
    usedAt: row.used_at === null ? null : Temporal.Instant.from(row.used_at),
  }
}
