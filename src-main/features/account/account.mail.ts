import type { Language } from '#domain/language'
import type { Temporal } from 'temporal-polyfill'
import { SENDER_DOMAIN } from '../../mail/composer/composer'
import {
  heading,
  letter,
  loginLink,
  notice,
  opening,
  paragraph,
  secretLink,
  timed,
  userIdPlate,
} from '../../mail/composer/bilingual-mail'
import type { MailDraft } from '../../mail/mailer/outbox'
import { codeToRead, say } from '../../mail/composer/texts'

/** To whom a mail on an account goes; `email` is the recipient, not always the address of the account. */
export interface AccountMailReader {
  accountId: string
  email: string
  language: Language
}

/** What a mail with a link needs. `code` is the 8 characters, with or without their hyphen. */
export interface MailedLink {
  token: string
  code: string
  expiresAt: Temporal.Instant
}

/** M6.1: to the new address, the link that completes the change, good for 24 hours, once. It says nothing on whose account it is. */
export function emailChangeMail({
  accountId,
  email,
  token,
  code,
  expiresAt,
  language,
}: AccountMailReader & MailedLink): MailDraft {
  return {
    kind: 'email-change',
    to: email,
    ...letter(language, 'mail.emailChange.subject', (one, isFirst) => [
      opening(one, isFirst, 'mail.emailChange.title'),
      paragraph(one, 'mail.emailChange.text'),
      ...(isFirst ? [secretLink(one, 'mail.emailChange.action', 'email-change')] : []),
      timed(one, 'mail.emailChange.until', expiresAt),
      notice(one, 'mail.unasked.title', 'mail.emailChange.unasked'),
    ]),
    secrets: { token, code: codeToRead(code) },
    accountId,
  }
}

/** Ours: to the old address, that it is no longer the one of the account, and the link that undoes it for 7 days. */
export function emailChangedMail({
  accountId,
  email,
  token,
  code,
  expiresAt,
  newEmailMasked,
  language,
}: AccountMailReader & MailedLink & { newEmailMasked: string }): MailDraft {
  return {
    kind: 'email-changed',
    to: email,
    ...letter(language, 'mail.emailChanged.title', (one, isFirst) => [
      opening(one, isFirst, 'mail.emailChanged.title'),
      paragraph(one, 'mail.emailChanged.text', { email: { value: newEmailMasked } }),
      heading(one, 'mail.notYou.title'),
      paragraph(one, 'mail.emailUndo.text'),
      ...(isFirst ? [secretLink(one, 'mail.emailUndo.action', 'email-undo', false)] : []),
      timed(one, 'mail.emailUndo.until', expiresAt),
    ]),
    secrets: { token, code: codeToRead(code) },
    accountId,
  }
}

/** M6.1: to the new address, that the change is complete. */
export function emailChangeDoneMail({ accountId, email, language }: AccountMailReader): MailDraft {
  return {
    kind: 'email-change-done',
    to: email,
    ...letter(language, 'mail.emailDone.title', (one, isFirst) => [
      opening(one, isFirst, 'mail.emailDone.title'),
      paragraph(one, 'mail.emailDone.text'),
      paragraph(one, 'mail.registered.domain', { domain: SENDER_DOMAIN }),
      notice(one, 'mail.unasked.title', 'mail.emailDone.unasked'),
    ]),
    secrets: {},
    accountId,
  }
}

/** Ours: to the restored address. Whoever undoes a change should fear for the password too. */
export function emailChangeUndoneMail({ accountId, email, language }: AccountMailReader): MailDraft {
  return {
    kind: 'email-change-undone',
    to: email,
    ...letter(language, 'mail.emailUndone.title', (one, isFirst) => [
      opening(one, isFirst, 'mail.emailUndone.title'),
      paragraph(one, 'mail.emailUndone.text'),
      heading(one, 'mail.registered.next'),
      paragraph(one, 'mail.emailUndone.password'),
      ...(isFirst ? [loginLink(one)] : []),
    ]),
    secrets: {},
    accountId,
  }
}

/** M6.2 (変更完了のメール), and ours after a reset: when it was, and what to do if it was somebody else. */
export function passwordChangedMail({
  accountId,
  email,
  at,
  how,
  userId,
  language,
}: AccountMailReader & { userId: string; at: Temporal.Instant; how: 'changed' | 'reset' }): MailDraft {
  return {
    kind: 'password-changed',
    to: email,
    ...letter(language, `mail.password.${how}.title`, (one, isFirst) => [
      opening(one, isFirst, `mail.password.${how}.title`),
      timed(one, `mail.password.${how}.text`, at),
      ...(isFirst ? [userIdPlate(one, userId)] : []),
      heading(one, 'mail.notYou.title'),
      paragraph(one, 'mail.notYou.text'),
      ...(isFirst ? [loginLink(one, false)] : []),
    ]),
    secrets: {},
    accountId,
  }
}

/** M6.3 (変更完了のメール): what was changed, not to what: the mail may be read by others. */
export function detailsChangedMail({
  accountId,
  email,
  fields,
  language,
}: AccountMailReader & { fields: ('phone' | 'postalCode' | 'address')[] }): MailDraft {
  return {
    kind: 'details-changed',
    to: email,
    ...letter(language, 'mail.details.title', (one, isFirst) => [
      opening(one, isFirst, 'mail.details.title'),
      { kind: 'paragraph', passages: fields.map((field) => say(one, `mail.details.${field}`)) },
      paragraph(one, 'mail.details.look'),
      heading(one, 'mail.notYou.title'),
      paragraph(one, 'mail.notYou.text'),
      ...(isFirst ? [loginLink(one, false)] : []),
    ]),
    secrets: {},
    accountId,
  }
}

/** Ours: shows on request that the mailbox can receive mail of this system. */
export function testMail({ accountId, email, language }: AccountMailReader): MailDraft {
  return {
    kind: 'test',
    to: email,
    ...letter(language, 'mail.test.subject', (one, isFirst) => [
      opening(one, isFirst, 'mail.test.title'),
      paragraph(one, 'mail.test.text'),
      paragraph(one, 'mail.test.spam', { domain: SENDER_DOMAIN }),
    ]),
    secrets: {},
    accountId,
  }
}

/** Ours: when the account goes, and how its owner can still keep it. */
export function deletionAskedMail({
  accountId,
  email,
  dueAt,
  language,
}: AccountMailReader & { dueAt: Temporal.Instant }): MailDraft {
  return {
    kind: 'deletion-asked',
    to: email,
    ...letter(language, 'mail.deletion.subject', (one, isFirst) => [
      opening(one, isFirst, 'mail.deletion.title'),
      timed(one, 'mail.deletion.text', dueAt),
      heading(one, 'mail.deletion.withdraw.title'),
      paragraph(one, 'mail.deletion.withdraw.text'),
      ...(isFirst ? [loginLink(one, false)] : []),
      notice(one, 'mail.unasked.title', 'mail.deletion.unasked'),
    ]),
    secrets: {},
    accountId,
  }
}

/**
 * Ours: the last mail. It belongs to no account: the account is gone, and with an account go the mails that belong to it, sent
 * or not.
 */
export function deletionDoneMail({ email, language }: Omit<AccountMailReader, 'accountId'>): MailDraft {
  return {
    kind: 'deletion-done',
    to: email,
    ...letter(language, 'mail.deleted.title', (one, isFirst) => [
      opening(one, isFirst, 'mail.deleted.title'),
      paragraph(one, 'mail.deleted.text'),
    ]),
    secrets: {},
  }
}
