import { Hono } from 'hono'
import * as z from 'zod/mini'
import {
  certificatePreview,
  issuedCertificate,
  issuedReply,
  previewRequest,
  reissueRequest,
  resendRequest,
} from '#contract/application'
import { certificatesReply } from '#contract/certificate'
import { writeAudit } from '../../service/audit'
import type { ServiceDeps } from '../../service/deps'
import { describe } from '../../service/describe'
import { deviceOf } from '../../service/device'
import { refused, type Outcome } from '../../service/outcome'
import { problem } from '../../service/problem'
import { staffSignedIn } from '../../service/staff-signed-in'
import { json } from '../../service/validate'
import { findAccount, findAccountByUserId } from '../account/account.repo'
import { replaceCertificateOf } from '../application/application.repo'
import { withdrawCertificateMails } from '../outbox/withdraw-mails.action'
import {
  certificateProblems,
  issueCertificate,
  previewCertificate,
  resendCertificate,
  takeInCertificates,
} from './certificate.intake'
import { cancelCertificate, certificateFactsOf, findCertificate } from './certificate.repo'
import { listCertificateMails } from './timeline.repo'
import { certificateTimeline } from './timeline.rules'

/** DESIGN §9: what clerks do with certificates. Every act is written down with who and why. */
export const staffCertificateRoutes = (deps: ServiceDeps) => {
  const { db, mailFrom, mailWaits } = deps
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
        return c.json(previewCertificate({ ...certificate, userId: account.user_id }, account, mailFrom), 200)
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
        const { now, person } = c.var
        const { reason } = c.req.valid('json')
        const number = c.req.param('number')
        const done = await db.transaction().execute(async (trx): Promise<Outcome<null>> => {
          const row = await findCertificate(trx, number)
          const account = row && (await findAccount(trx, row.account_id))
          if (!row || !account) return refused('certificate.unknown')
          if (row.cancelled_at !== null) return refused('certificate.cancelled')
          await resendCertificate(trx, row, account, mailFrom, now)
          const entry = { actor: `staff:${person.id}`, action: 'certificate.resent', subject: `certificate:${number}` }
          await writeAudit(trx, { ...entry, detail: { reason }, device: deviceOf(c) }, now)
          return { ok: true, value: null }
        })
        if (!done.ok) return problem(c, done.problem)
        mailWaits()
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
        const { now, person } = c.var
        const { reason, certificate: form } = c.req.valid('json')
        const number = c.req.param('number')
        const done = await db.transaction().execute(async (trx): Promise<Outcome<string>> => {
          const row = await findCertificate(trx, number)
          const account = row && (await findAccount(trx, row.account_id))
          if (!row || !account) return refused('certificate.unknown')
          if (row.cancelled_at !== null) return refused('certificate.cancelled')
          const input = { ...form, userId: account.user_id }
          const errors = await certificateProblems(trx, input, now)
          if (errors.length > 0)
            return refused(
              'request.invalid',
              errors.map((error) => ({ ...error, field: `certificate.${error.field}` })),
            )
          await cancelCertificate(trx, number, input.certificateNumber, now)
          await withdrawCertificateMails(trx, number, 'certificate.cancelled', now)
          const entry = {
            actor: `staff:${person.id}`,
            action: 'certificate.cancelled',
            subject: `certificate:${number}`,
          }
          await writeAudit(trx, { ...entry, detail: { reason }, device: deviceOf(c) }, now)
          const validUntil = await issueCertificate(
            trx,
            { input, account },
            { actor: `staff:${person.id}`, mailFrom },
            now,
          )
          await replaceCertificateOf(trx, number, { number: input.certificateNumber, validUntil }, now)
          return { ok: true, value: input.certificateNumber }
        })
        if (!done.ok) return problem(c, done.problem, done.errors ? { errors: done.errors } : {})
        mailWaits()
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
        const source = { actor: `staff:${c.var.person.id}`, mailFrom }
        const taken = await takeInCertificates(db, c.req.valid('json').lines, source, c.var.now)
        if (!taken.ok) {
          const errors = taken.problem.flatMap(({ line, errors: found }) =>
            found.map((error) => ({ ...error, field: `${line}.${error.field}` })),
          )
          return problem(c, 'request.invalid', { errors })
        }
        mailWaits()
        return c.json(taken.value, 200)
      },
    )
}
