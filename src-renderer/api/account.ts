import type * as z from 'zod/mini'
import {
  accountReply,
  codeReply,
  type codeRequest,
  completionReply,
  type registrationForm,
  registrationLinkReply,
  startRegistrationReply,
  type startRegistrationRequest,
} from '#contract/http/account/account'
import {
  activitiesReply,
  deletionReply,
  type deletionRequest,
  type detailsForm,
  type emailChangeCompletion,
  emailChangeLinkReply,
  emailChangeReply,
  type emailChangeRequest,
  emailChangedReply,
  emailLinkReply,
  exportReply,
  type mailLanguageForm,
  type passwordChangeForm,
  testMailReply,
} from '#contract/http/account/my-page'
import {
  type passwordResetForm,
  passwordResetLinkReply,
  passwordResetReply,
  type passwordResetRequest,
  userIdReminderReply,
  type userIdReminderRequest,
} from '#contract/http/account/recovery'
import { call, part, type PageQuery } from './call'

/** How an account comes to be, is found again, changed and left. Each function is one call; what fails is an `ApiProblem`. */
export const accountApi = {
  registrations: {
    start: (request: z.input<typeof startRegistrationRequest>) =>
      call('POST', '/registrations', { body: request, reply: startRegistrationReply }),
    open: (token: string) => call('GET', `/registrations/${part(token)}`, { reply: registrationLinkReply }),
    check: (token: string, form: z.input<typeof registrationForm>) =>
      call('POST', `/registrations/${part(token)}/check`, { body: form }),
    complete: (token: string, form: z.input<typeof registrationForm>) =>
      call('POST', `/registrations/${part(token)}/completion`, { body: form, reply: completionReply }),
  },
  codes: {
    use: (request: z.input<typeof codeRequest>) => call('POST', '/codes', { body: request, reply: codeReply }),
  },
  userIdReminders: {
    start: (request: z.input<typeof userIdReminderRequest>) =>
      call('POST', '/user-id-reminders', { body: request, reply: userIdReminderReply }),
  },
  passwordResets: {
    start: (request: z.input<typeof passwordResetRequest>) =>
      call('POST', '/password-resets', { body: request, reply: passwordResetReply }),
    open: (token: string) => call('GET', `/password-resets/${part(token)}`, { reply: passwordResetLinkReply }),
    /** Ends all sessions of the person, this one too where it is his. */
    complete: (token: string, form: z.input<typeof passwordResetForm>) =>
      call('POST', `/password-resets/${part(token)}/completion`, { body: form }),
  },
  emailChanges: {
    start: (request: z.input<typeof emailChangeRequest>) =>
      call('POST', '/account/email-changes', { body: request, reply: emailChangeReply }),
    open: (token: string) => call('GET', `/email-changes/${part(token)}`, { reply: emailChangeLinkReply }),
    /** Throws `password.needed` where nobody of that account is signed in and no password comes with it. */
    complete: (token: string, request: z.input<typeof emailChangeCompletion>) =>
      call('POST', `/email-changes/${part(token)}/completion`, { body: request, reply: emailChangedReply }),
  },
  emailUndos: {
    open: (token: string) => call('GET', `/email-undos/${part(token)}`, { reply: emailLinkReply }),
    /** Ends all sessions of the person, this one too where it is his. */
    complete: (token: string) => call('POST', `/email-undos/${part(token)}/completion`, { reply: emailChangedReply }),
  },
  read: () => call('GET', '/account', { reply: accountReply }),
  changePassword: (form: z.input<typeof passwordChangeForm>) => call('PUT', '/account/password', { body: form }),
  changeDetails: (form: z.input<typeof detailsForm>) =>
    call('PUT', '/account/details', { body: form, reply: accountReply }),
  changeMailLanguage: (form: z.input<typeof mailLanguageForm>) =>
    call('PUT', '/account/mail-language', { body: form, reply: accountReply }),
  activity: (wish: PageQuery = {}) => call('GET', '/account/activity', { query: { ...wish }, reply: activitiesReply }),
  /** Locks the ID and ends all sessions, this one too. */
  notMe: () => call('POST', '/account/not-me'),
  sendTestMail: () => call('POST', '/account/test-mails', { reply: testMailReply }),
  testMail: (id: string) => call('GET', `/account/test-mails/${part(id)}`, { reply: testMailReply }),
  export: () => call('POST', '/account/export', { reply: exportReply }),
  askDeletion: (request: z.input<typeof deletionRequest>) =>
    call('POST', '/account/deletion', { body: request, reply: deletionReply }),
  withdrawDeletion: () => call('DELETE', '/account/deletion'),
}
