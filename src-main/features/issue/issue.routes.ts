import { Hono } from 'hono'
import * as z from 'zod/mini'
import {
  certificatePreview,
  issuedCertificate,
  issuedReply,
  previewRequest,
  reissueRequest,
  resendRequest,
} from '#contract/http/certificate/application'
import { certificatesReply } from '#contract/http/certificate/certificate'
import type { ServiceDeps } from '../../http/service-deps'
import { describe } from '../../http/openapi'
import { answerRefusal, problem } from '../../http/problem'
import { staffSignedIn } from '../staff-session/staff-signed-in.guard'
import { json } from '../../http/validate'
import { findAccountByUserId } from '../account/account.repo'
import { previewCertificate } from './import-certificates.action'
import { certificateFactsOf, findCertificate } from '../certificate/certificate.repo'
import { importByClerk } from './import-by-staff.action'
import { reissue } from './reissue.action'
import { resend } from './resend.action'
import { listCertificateMails } from '../timeline/timeline.repo'
import { certificateTimeline } from '../timeline/timeline.rules'

/** DESIGN §9: what clerks do with certificates. Every act is written down with who and why. */
export const staffCertificateRoutes = (deps: ServiceDeps) => {
  const { db, mailer } = deps
  const clerk = staffSignedIn(deps)
  return new Hono()
    .get(
      '/:number',
      describe('A certificate and how its mail went', { 200: issuedCertificate }, [
        'staff.none',
        'certificate.unknown',
      ]),
      clerk,
      async (c) => {
        const row = await findCertificate(db, c.req.param('number'))
        if (!row) return problem(c, 'certificate.unknown')
        const mails = (await listCertificateMails(db, [row.number])).get(row.number) ?? []
        const { cancelled_at: cancelledAt, replaced_by: replacedBy } = row
        const timeline = certificateTimeline(row, mails, c.var.now)
        return c.json({ ...certificateFactsOf(row), cancelledAt, replacedBy, timeline }, 200)
      },
    )
    .post(
      '/preview',
      describe(
        'The mail of a certificate as it would go out, not signed; changes nothing',
        { 200: certificatePreview },
        ['staff.none', 'request.invalid', 'applicant.unknown'],
      ),
      clerk,
      json(previewRequest),
      async (c) => {
        const { userId, certificate } = c.req.valid('json')
        const account = await findAccountByUserId(db, userId)
        if (account?.system !== 'zairyu') return problem(c, 'applicant.unknown')
        return c.json(previewCertificate({ ...certificate, userId: account.user_id }, account, mailer), 200)
      },
    )
    .post(
      '/:number/resend',
      describe('Send the mail of a certificate again, with a new link and code', { 204: null }, [
        'staff.none',
        'request.invalid',
        'certificate.unknown',
        'certificate.cancelled',
      ]),
      clerk,
      json(resendRequest),
      async (c) => {
        const wish = { number: c.req.param('number'), reason: c.req.valid('json').reason }
        const done = await resend(deps, c.var.actor, wish, c.var.now)
        if (!done.ok) return answerRefusal(c, done)
        return c.body(null, 204)
      },
    )
    .post(
      '/:number/reissue',
      describe('Correct a certificate: cancel it and issue another; both are kept', { 201: issuedReply }, [
        'staff.none',
        'request.invalid',
        'certificate.unknown',
        'certificate.cancelled',
      ]),
      clerk,
      json(reissueRequest),
      async (c) => {
        const { reason, certificate: form } = c.req.valid('json')
        const done = await reissue(deps, c.var.actor, { number: c.req.param('number'), reason, form }, c.var.now)
        if (!done.ok) return answerRefusal(c, done)
        return c.json({ certificateNumber: done.value }, 201)
      },
    )
    .post(
      '/import',
      describe('Import certificates as JSON Lines; all lines or none', { 200: certificatesReply }, [
        'staff.none',
        'request.invalid',
      ]),
      clerk,
      json(z.object({ lines: z.string({ error: 'field.required' }) })),
      async (c) => {
        const taken = await importByClerk(deps, c.var.actor, c.req.valid('json').lines, c.var.now)
        if (!taken.ok) return answerRefusal(c, taken)
        return c.json(taken.value, 200)
      },
    )
}
