import { vi } from 'vitest'
import * as z from 'zod/mini'
import {
  accountReply,
  codeReply,
  codeRequest,
  completionReply,
  registrationForm,
  registrationLinkReply,
  startRegistrationReply,
  startRegistrationRequest,
} from '#contract/http/account/account'
import {
  mailSettingsReply,
  mailSettingsRequest,
  outboxMail,
  outboxReply,
  retryMailsReply,
  retryMailsRequest,
} from '#contract/http/staff/admin'
import { announcementSchema, announcementsReply } from '#contract/http/staff/announcement'
import {
  applicationReply,
  certificatePreview,
  issuedReply,
  issueRequest,
  previewRequest,
  workListReply,
} from '#contract/http/certificate/application'
import { applicationsReply, certificateView } from '#contract/http/certificate/certificate-view'
import { crashReport } from '#contract/http/crash-report'
import { type Health, healthReply } from '#contract/http/health'
import {
  activitiesReply,
  deletionReply,
  deletionRequest,
  detailsForm,
  emailChangeCompletion,
  emailChangeLinkReply,
  emailChangeReply,
  emailChangeRequest,
  emailChangedReply,
  emailLinkReply,
  exportReply,
  passwordChangeForm,
  testMailReply,
} from '#contract/http/account/my-page'
import { PROBLEM_STATUS, problemSchema, type Problem, type ProblemCode } from '#contract/http/problem'
import { receiptLinkReply, receiptSchema, receiptsReply } from '#contract/http/certificate/receipt'
import {
  passwordResetForm,
  passwordResetLinkReply,
  passwordResetReply,
  passwordResetRequest,
  userIdReminderReply,
  userIdReminderRequest,
} from '#contract/http/account/recovery'
import { draftKeyReply, extensionReply, loginRequest, sessionReply } from '#contract/http/account/session'
import { staffLoginRequest, staffSessionReply } from '#contract/http/staff/staff'
import { verificationKeyReply } from '#domain/verification/verification'

/** Every call of the journey, with the contract of what is sent and answered: a fake that drifts from it fails its test. */
const CALLS = {
  'GET /health': { reply: healthReply },
  'POST /crash-reports': { request: crashReport, reply: null },
  'POST /support-files': { reply: z.record(z.string(), z.unknown()) },
  'GET /announcements': { reply: announcementsReply },
  'GET /announcements/:id': { reply: announcementSchema },
  'POST /registrations': { request: startRegistrationRequest, reply: startRegistrationReply },
  'GET /registrations/:token': { reply: registrationLinkReply },
  'POST /registrations/:token/check': { request: registrationForm, reply: null },
  'POST /registrations/:token/completion': { request: registrationForm, reply: completionReply },
  'POST /codes': { request: codeRequest, reply: codeReply },
  'POST /user-id-reminders': { request: userIdReminderRequest, reply: userIdReminderReply },
  'POST /password-resets': { request: passwordResetRequest, reply: passwordResetReply },
  'GET /password-resets/:token': { reply: passwordResetLinkReply },
  'POST /password-resets/:token/completion': { request: passwordResetForm, reply: null },
  'PUT /account/password': { request: passwordChangeForm, reply: null },
  'PUT /account/details': { request: detailsForm, reply: accountReply },
  'POST /account/email-changes': { request: emailChangeRequest, reply: emailChangeReply },
  'GET /email-changes/:token': { reply: emailChangeLinkReply },
  'POST /email-changes/:token/completion': { request: emailChangeCompletion, reply: emailChangedReply },
  'GET /email-undos/:token': { reply: emailLinkReply },
  'POST /email-undos/:token/completion': { reply: emailChangedReply },
  'GET /session': { reply: sessionReply },
  'POST /session': { request: loginRequest, reply: sessionReply },
  'DELETE /session': { reply: null },
  'POST /session/extension': { reply: extensionReply },
  'GET /session/draft-key': { reply: draftKeyReply },
  'GET /account': { reply: accountReply },
  'GET /account/activity': { reply: activitiesReply },
  'POST /account/not-me': { reply: null },
  'POST /account/test-mails': { reply: testMailReply },
  'GET /account/test-mails/:id': { reply: testMailReply },
  'POST /account/export': { reply: exportReply },
  'POST /account/deletion': { request: deletionRequest, reply: deletionReply },
  'DELETE /account/deletion': { reply: null },
  'GET /applications': { reply: applicationsReply },
  'GET /receipts': { reply: receiptsReply },
  'GET /receipts/:number': { reply: certificateView },
  'GET /receipts/links/:token': { reply: receiptLinkReply },
  'POST /receipts/:number/registration': { reply: receiptSchema },
  'GET /staff/session': { reply: staffSessionReply },
  'POST /staff/session': { request: staffLoginRequest, reply: staffSessionReply },
  'DELETE /staff/session': { reply: null },
  'POST /staff/session/extension': { reply: extensionReply },
  'GET /staff/applications': { reply: workListReply },
  'GET /staff/applications/:id': { reply: applicationReply },
  'POST /staff/applications/:id/certificate': { request: issueRequest, reply: issuedReply },
  'POST /staff/certificates/preview': { request: previewRequest, reply: certificatePreview },
  'GET /staff/mail-settings': { reply: mailSettingsReply },
  'PUT /staff/mail-settings': { request: mailSettingsRequest, reply: mailSettingsReply },
  'GET /staff/mails': { reply: outboxReply },
  'GET /staff/mails/:id': { reply: outboxMail },
  'POST /staff/mails/:id/retry': { reply: outboxMail },
  'POST /staff/mails/retries': { request: retryMailsRequest, reply: retryMailsReply },
  'GET /verification-key': { reply: verificationKeyReply },
} satisfies Record<string, { request?: z.ZodMiniType; reply: z.ZodMiniType | null }>
export type CallName = keyof typeof CALLS

/** What was asked: the parts of the path, the query and the body as it went over the wire. */
export interface Asked {
  params: Record<string, string>
  query: URLSearchParams
  body: unknown
}
type Answer = unknown

/** A refusal as the service writes it. */
export class Refusal {
  readonly body: Problem
  constructor(code: ProblemCode, details: Partial<Problem> = {}) {
    this.body = problemSchema.parse({
      type: 'about:blank',
      title: code,
      status: PROBLEM_STATUS[code],
      code,
      ...details,
    })
  }
}
/** The line is down: nothing answers. */
export const UNREACHABLE = Symbol('unreachable')

export const NOW = '2026-11-22T06:57:00.000Z'

/** The service as the page sees it: answers by call, and what was asked so far. */
export class FakeService {
  readonly asked: { call: CallName; at: Asked }[] = []
  /** Whether the browser keeps the cookie of a login: it is signed in from then on. */
  keepsCookies = true
  private readonly answers = new Map<CallName, (asked: Asked) => Answer>()

  constructor() {
    this.mailGoes()
    this.answer('GET /announcements', () => ({ items: [], total: 0 }))
    this.answer('GET /session', () => new Refusal('session.none'))
    this.answer('GET /session/draft-key', () => ({ key: 'A'.repeat(43) }))
    this.answer('POST /session/extension', () => ({ deadline: '2026-11-22T09:57:00.000Z' }))
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => this.respond(url, init))
  }

  answer(call: CallName, answer: (asked: Asked) => Answer): void {
    this.answers.set(call, answer)
  }

  /** Somebody is signed in when the page opens. */
  signedIn(name = 'NGUYEN VAN AN'): void {
    this.answer('GET /session', () => session(name))
  }

  /** Mail goes out, or does not for the office's own fault. */
  mailGoes(alarm: Health['mail']['alarm'] = null): void {
    this.answer('GET /health', () => ({
      status: alarm === null ? 'ok' : 'degraded',
      version: '0.1.0',
      now: NOW,
      training: false,
      mailFrom: 'example.jp',
      database: { status: 'ok', migration: '0001' },
      mail: { queued: 0, failed: 0, alarm },
    }))
  }

  bodiesOf(call: CallName): unknown[] {
    return this.asked.filter((entry) => entry.call === call).map((entry) => entry.at.body)
  }

  private async respond(url: string, init: RequestInit): Promise<Response> {
    const { pathname, searchParams } = new URL(url, 'http://127.0.0.1')
    const path = pathname.replace('/api/v1', '')
    const [call, params] = this.find(`${init.method ?? 'GET'} ${path}`)
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined
    const contract = CALLS[call]
    if ('request' in contract) contract.request.parse(body)
    const asked = { params, query: searchParams, body }
    this.asked.push({ call, at: asked })
    const answer = await this.answers.get(call)?.(asked)
    if (answer === UNREACHABLE) throw new TypeError('Failed to fetch')
    if (answer instanceof Refusal)
      return Response.json(answer.body, {
        status: answer.body.status,
        headers: { 'content-type': 'application/problem+json' },
      })
    if (this.keepsCookies && (call === 'POST /session' || call === 'POST /staff/session'))
      this.answer(call === 'POST /session' ? 'GET /session' : 'GET /staff/session', () => answer)
    if (contract.reply === null) return new Response(null, { status: 204 })
    return Response.json(contract.reply.parse(answer))
  }

  private find(line: string): [CallName, Record<string, string>] {
    // The exact name goes first: /receipts/links/x is no certificate.
    for (const call of Object.keys(CALLS) as CallName[]) {
      const names = [...call.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '')
      const found = new RegExp(`^${call.replace(/:\w+/g, '([^/]+)')}$`).exec(line)
      if (found)
        return [
          call,
          Object.fromEntries(names.map((name, place) => [name, decodeURIComponent(found[place + 1] ?? '')])),
        ]
    }
    throw new Error(`the page asked for ${line}, which the contract does not know`)
  }
}

export const session = (name = 'NGUYEN VAN AN') => ({
  userId: 'K7RM2XQ9PA',
  name,
  previousLoginAt: null,
  deadline: '2026-11-22T09:57:00.000Z',
  recentUntil: '2026-11-22T07:07:00.000Z',
})

export const receipt = (certificateNumber: string, registeredAt: string | null = null) => ({
  certificateNumber,
  issuedOn: '2026-11-20',
  validUntil: '2027-02-20',
  requestedAt: '2026-11-20T06:02:00.000Z',
  registeredAt,
})
