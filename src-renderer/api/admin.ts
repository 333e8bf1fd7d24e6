import type * as z from 'zod/mini'
import {
  type announcementForm,
  auditReply,
  type AuditWish,
  mailSettingsReply,
  type mailSettingsRequest,
  type MailState,
  managedAnnouncement,
  managedAnnouncementsReply,
  numbersReply,
  outboxMail,
  outboxReply,
  retryMailsReply,
  type RetryMailsRequest,
  type staffAddRequest,
  type staffChangeRequest,
  staffPasswordReply,
  staffPeopleReply,
  staffPerson,
  testDeliveryReply,
} from '#contract/http/staff/admin'
import { call, callForFile, part, type PageQuery } from './call'

/** What only admins ask of the service (DESIGN §9). Clerks get `staff.role`. */
export const adminApi = {
  announcements: {
    list: (wish: PageQuery) =>
      call('GET', '/staff/announcements', { query: { ...wish }, reply: managedAnnouncementsReply }),
    read: (id: string) => call('GET', `/staff/announcements/${part(id)}`, { reply: managedAnnouncement }),
    add: (form: z.input<typeof announcementForm>) =>
      call('POST', '/staff/announcements', { body: form, reply: managedAnnouncement }),
    replace: (id: string, form: z.input<typeof announcementForm>) =>
      call('PUT', `/staff/announcements/${part(id)}`, { body: form, reply: managedAnnouncement, mustBeThere: true }),
    remove: (id: string) => call('DELETE', `/staff/announcements/${part(id)}`),
  },
  people: {
    list: (wish: PageQuery) => call('GET', '/staff/people', { query: { ...wish }, reply: staffPeopleReply }),
    add: (request: z.input<typeof staffAddRequest>) =>
      call('POST', '/staff/people', { body: request, reply: staffPasswordReply }),
    change: (id: string, request: z.input<typeof staffChangeRequest>) =>
      call('PUT', `/staff/people/${part(id)}`, { body: request, reply: staffPerson }),
    leave: (id: string) => call('POST', `/staff/people/${part(id)}/departure`),
    setPassword: (id: string) =>
      call('POST', `/staff/people/${part(id)}/password`, { body: {}, reply: staffPasswordReply }),
  },
  mailSettings: {
    read: () => call('GET', '/staff/mail-settings', { reply: mailSettingsReply }),
    change: (request: z.input<typeof mailSettingsRequest>) =>
      call('PUT', '/staff/mail-settings', { body: request, reply: mailSettingsReply }),
    test: (email: string) =>
      call('POST', '/staff/mail-settings/test-mails', { body: { email }, reply: testDeliveryReply }),
  },
  mails: {
    list: (wish: PageQuery & { status?: MailState | undefined }) =>
      call('GET', '/staff/mails', { query: { ...wish }, reply: outboxReply }),
    read: (id: string) => call('GET', `/staff/mails/${part(id)}`, { reply: outboxMail }),
    retryAll: (request: RetryMailsRequest) =>
      call('POST', '/staff/mails/retries', { body: request, reply: retryMailsReply }),
    retry: (id: string) => call('POST', `/staff/mails/${part(id)}/retry`, { reply: outboxMail }),
  },
  audit: {
    list: (wish: PageQuery & AuditWish) => call('GET', '/staff/audit', { query: { ...wish }, reply: auditReply }),
    /** The file as it came, with the mark by which spreadsheets know UTF-8. */
    export: (wish: AuditWish) => callForFile('POST', '/staff/audit/exports', wish),
  },
  numbers: () => call('GET', '/staff/numbers', { reply: numbersReply }),
}
