import type * as z from 'zod/mini'
import {
  applicantReply,
  applicationItem,
  applicationReply,
  type applicationRequest,
  certificatePreview,
  issuedCertificate,
  issuedReply,
  type issueRequest,
  type previewRequest,
  type reissueRequest,
  workListReply,
  type workListQuery,
} from '#contract/http/certificate/application'
import { certificatesReply } from '#contract/http/certificate/certificate'
import { extensionReply } from '#contract/http/account/session'
import { type staffLoginRequest, staffSessionReply } from '#contract/http/staff/staff'
import { call, part } from './call'
import { keptLogin } from './problem'

export type WorkListWish = Partial<z.output<typeof workListQuery>> & { page?: number; size?: number }

/** What clerks ask of the service (DESIGN §9). Without a session of staff everything but `session.start` throws `staff.none`. */
export const staffApi = {
  session: {
    /** Never prolongs. */
    read: () => call('GET', '/staff/session', { reply: staffSessionReply, quiet: true }),
    /** Throws `session.not-kept` when the browser does not keep the session. */
    start: async (request: z.input<typeof staffLoginRequest>) =>
      keptLogin(
        await call('POST', '/staff/session', { body: request, reply: staffSessionReply, quiet: true }),
        staffApi.session.read,
      ),
    end: () => call('DELETE', '/staff/session', { quiet: true }),
    extend: () => call('POST', '/staff/session/extension', { reply: extensionReply }),
  },
  applicants: {
    read: (userId: string) => call('GET', `/staff/applicants/${part(userId)}`, { reply: applicantReply }),
    unlock: (userId: string, reason: string) =>
      call('POST', `/staff/applicants/${part(userId)}/unlock`, { body: { reason }, reply: applicantReply }),
  },
  applications: {
    list: (wish: WorkListWish) => call('GET', '/staff/applications', { query: { ...wish }, reply: workListReply }),
    take: (request: z.input<typeof applicationRequest>) =>
      call('POST', '/staff/applications', { body: request, reply: applicationItem }),
    read: (id: string) => call('GET', `/staff/applications/${part(id)}`, { reply: applicationReply }),
    examine: (id: string) => call('POST', `/staff/applications/${part(id)}/examination`),
    refuse: (id: string, reason: string) =>
      call('POST', `/staff/applications/${part(id)}/refusal`, { body: { reason } }),
    issue: (id: string, form: z.input<typeof issueRequest>) =>
      call('POST', `/staff/applications/${part(id)}/certificate`, { body: form, reply: issuedReply }),
  },
  certificates: {
    read: (number: string) => call('GET', `/staff/certificates/${part(number)}`, { reply: issuedCertificate }),
    preview: (request: z.input<typeof previewRequest>) =>
      call('POST', '/staff/certificates/preview', { body: request, reply: certificatePreview }),
    resend: (number: string, reason: string) =>
      call('POST', `/staff/certificates/${part(number)}/resend`, { body: { reason } }),
    reissue: (number: string, request: z.input<typeof reissueRequest>) =>
      call('POST', `/staff/certificates/${part(number)}/reissue`, { body: request, reply: issuedReply }),
    import: (lines: string) =>
      call('POST', '/staff/certificates/import', { body: { lines }, reply: certificatesReply }),
  },
}
