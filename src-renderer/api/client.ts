import type { z } from 'zod'
import {
  accountReply,
  codeReply,
  type codeRequest,
  completionReply,
  type registrationForm,
  registrationLinkReply,
  startRegistrationReply,
  type startRegistrationRequest,
} from '#contract/account'
import { announcementSchema, announcementsReply } from '#contract/announcement'
import { applicationsReply, certificateView } from '#contract/certificate-view'
import { healthReply } from '#contract/health'
import {
  activitiesReply,
  deletionReply,
  type deletionRequest,
  type detailsForm,
  type mailLanguageForm,
  emailChangedReply,
  emailChangeReply,
  type emailChangeRequest,
  emailLinkReply,
  exportReply,
  type passwordChangeForm,
  testMailReply,
} from '#contract/my-page'
import { receiptLinkReply, receiptSchema, receiptsReply } from '#contract/receipt'
import {
  type passwordResetForm,
  passwordResetLinkReply,
  passwordResetReply,
  type passwordResetRequest,
  userIdReminderReply,
  type userIdReminderRequest,
} from '#contract/recovery'
import { draftKeyReply, extensionReply, type loginRequest, sessionReply } from '#contract/session'
import { verificationKeyReply } from '#contract/verification'
import { call } from './call'

const part = encodeURIComponent

export interface PageWish {
  page?: number
  size?: number
}

/** Every call of the service, one function each. What comes back is checked against the contract; what fails is an `ApiProblem`. */
export const api = {
  health: () => call('GET', '/health', { reply: healthReply }),
  /** The public keys for the signed line of certificates. */
  verificationKey: { read: () => call('GET', '/verification-key', { reply: verificationKeyReply }) },
  announcements: {
    list: (wish: PageWish = {}) => call('GET', '/announcements', { query: { ...wish }, reply: announcementsReply }),
    read: (id: string) => call('GET', `/announcements/${part(id)}`, { reply: announcementSchema }),
  },
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
    open: (token: string) => call('GET', `/email-changes/${part(token)}`, { reply: emailLinkReply }),
    complete: (token: string) => call('POST', `/email-changes/${part(token)}/completion`, { reply: emailChangedReply }),
  },
  emailUndos: {
    open: (token: string) => call('GET', `/email-undos/${part(token)}`, { reply: emailLinkReply }),
    /** Ends all sessions of the person, this one too where it is his. */
    complete: (token: string) => call('POST', `/email-undos/${part(token)}/completion`, { reply: emailChangedReply }),
  },
  session: {
    /** Throws `session.none` when nobody is signed in; never prolongs. */
    read: () => call('GET', '/session', { reply: sessionReply, quiet: true }),
    start: (request: z.input<typeof loginRequest>) =>
      call('POST', '/session', { body: request, reply: sessionReply, quiet: true }),
    end: () => call('DELETE', '/session', { quiet: true }),
    extend: () => call('POST', '/session/extension', { reply: extensionReply }),
    /** Quiet: typing goes on when the session is over; the screen's own calls say so. */
    draftKey: () => call('GET', '/session/draft-key', { reply: draftKeyReply, quiet: true }),
  },
  account: {
    read: () => call('GET', '/account', { reply: accountReply }),
    changePassword: (form: z.input<typeof passwordChangeForm>) => call('PUT', '/account/password', { body: form }),
    changeDetails: (form: z.input<typeof detailsForm>) =>
      call('PUT', '/account/details', { body: form, reply: accountReply }),
    changeMailLanguage: (form: z.input<typeof mailLanguageForm>) =>
      call('PUT', '/account/mail-language', { body: form, reply: accountReply }),
    activity: (wish: PageWish = {}) => call('GET', '/account/activity', { query: { ...wish }, reply: activitiesReply }),
    /** Locks the ID and ends all sessions, this one too. */
    notMe: () => call('POST', '/account/not-me'),
    sendTestMail: () => call('POST', '/account/test-mails', { reply: testMailReply }),
    testMail: (id: string) => call('GET', `/account/test-mails/${part(id)}`, { reply: testMailReply }),
    export: () => call('POST', '/account/export', { reply: exportReply }),
    askDeletion: (request: z.input<typeof deletionRequest>) =>
      call('POST', '/account/deletion', { body: request, reply: deletionReply }),
    withdrawDeletion: () => call('DELETE', '/account/deletion'),
  },
  applications: {
    list: (wish: PageWish = {}) => call('GET', '/applications', { query: { ...wish }, reply: applicationsReply }),
  },
  receipts: {
    read: (certificateNumber: string) =>
      call('GET', `/receipts/${part(certificateNumber)}`, { reply: certificateView }),
    list: (wish: PageWish = {}) => call('GET', '/receipts', { query: { ...wish }, reply: receiptsReply }),
    link: (token: string) => call('GET', `/receipts/links/${part(token)}`, { reply: receiptLinkReply }),
    register: (certificateNumber: string) =>
      call('POST', `/receipts/${part(certificateNumber)}/registration`, { reply: receiptSchema }),
  },
}
