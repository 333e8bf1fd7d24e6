import { Hono } from 'hono'
import type { Temporal } from 'temporal-polyfill'
import { applicationsReply, certificateView } from '#contract/http/certificate/certificate-view'
import { pageQuery, receiptLinkReply, receiptSchema, receiptsReply } from '#contract/http/certificate/receipt'
import type { Db } from '../../database/open'
import { instantText } from '../../platform/clock'
import { selfAuditEntry, writeAudit } from '../../database/audit'
import type { ServiceDeps } from '../../http/service-deps'
import { describe } from '../../http/openapi'
import { deviceOf } from '../../http/cookies/device'
import { problem } from '../../http/problem'
import { signedIn } from '../session/signed-in.guard'
import { query } from '../../http/validate'
import { findMailLink } from '../account/account.repo'
import type { ApplicationRow } from '../../database/tables/application.table'
import { findApplicationOf, listCounterSteps, listOwnApplications } from '../application/own-application.repo'
import { counterOf, counterTimeline, pendingState } from '../application/own-application.rules'
import { withdrawCertificateMails } from './withdraw-mails.action'
import { holdSession, touchSession } from '../session/session.repo'
import { findCertificates, findOwnCertificate, listReceipts, registerReceipt, toReceipt } from './certificate.repo'
import { certificateSheet } from './certificate-sheet.query'
import { certificateCode } from './signed-certificate.action'
import type { CertificateRow } from '../../database/tables/certificate.table'
import { listCertificateMails } from '../timeline/timeline.repo'
import { certificateState, certificateTimeline } from '../timeline/timeline.rules'

/** What tells where these applications and certificates stand, what has happened to each and what comes next. */
async function readProgress(
  db: Db,
  applications: readonly ApplicationRow[],
  certificates: readonly CertificateRow[],
  now: Temporal.Instant,
) {
  const mails = await listCertificateMails(
    db,
    certificates.map(({ number }) => number),
  )
  const stepsOf = await listCounterSteps(db, applications)
  const pending = (application: ApplicationRow) => ({
    counter: counterOf(application),
    state: pendingState(application.state),
    timeline: counterTimeline(application, stepsOf(application)),
  })
  return {
    pending,
    issued: (certificate: CertificateRow, application: ApplicationRow | null) => {
      const own = mails.get(certificate.number) ?? []
      const before = application && pending(application)
      return {
        counter: before?.counter ?? null,
        state: certificateState(certificate, own, now),
        timeline: [...(before?.timeline ?? []), ...certificateTimeline(certificate, own, now)],
      }
    },
  }
}

/** 申請状況確認: a person's own applications and certificates with their state. */
export const applicationRoutes = (deps: ServiceDeps) =>
  new Hono().get(
    '/',
    describe('Own applications with their state, what has happened and what comes next', { 200: applicationsReply }, [
      'request.invalid',
      'session.none',
    ]),
    signedIn(deps),
    query(pageQuery),
    async (c) => {
      const { account, now } = c.var
      const { rows, total } = await listOwnApplications(deps.db, account.id, c.req.valid('query'))
      const numbers = rows.flatMap(({ certificate_number: number }) => number ?? [])
      const certificates = await findCertificates(deps.db, numbers)
      const progress = await readProgress(deps.db, rows, certificates, now)
      const byNumber = new Map(certificates.map((certificate) => [certificate.number, certificate]))
      const items = rows.map((row) => {
        const certificate = byNumber.get(row.certificate_number ?? '')
        return certificate
          ? { certificate: toReceipt(certificate), ...progress.issued(certificate, row) }
          : { certificate: null, ...progress.pending(row) }
      })
      return c.json({ items, total, asOf: instantText(now) }, 200)
    },
  )

/** M5: a person's own certificates and the registration of their receipt. Those of others do not exist here. */
export const receiptRoutes = (deps: ServiceDeps) => {
  const { db } = deps
  return new Hono()
    .get(
      '/',
      describe('The list of receipts (M5)', { 200: receiptsReply }, ['request.invalid', 'session.none']),
      signedIn(deps),
      query(pageQuery),
      async (c) => {
        const { items, total } = await listReceipts(db, c.var.account.id, c.req.valid('query'))
        return c.json({ items, total, asOf: instantText(c.var.now) }, 200)
      },
    )
    .get(
      '/links/:token',
      describe('Which own certificate the link of a mail is about', { 200: receiptLinkReply }, [
        'session.none',
        'link.unknown',
      ]),
      signedIn(deps),
      async (c) => {
        const link = await findMailLink(db, 'receipt', c.req.param('token'))
        const own =
          link?.certificate_number && (await findOwnCertificate(db, c.var.account.id, link.certificate_number))
        return own ? c.json({ certificateNumber: own.number }, 200) : problem(c, 'link.unknown')
      },
    )
    .get(
      '/:certificateNumber',
      describe('An own certificate, word for word as its mail shows it, and its way', { 200: certificateView }, [
        'session.none',
        'certificate.unknown',
      ]),
      signedIn(deps),
      async (c) => {
        const { account, now } = c.var
        const row = await findOwnCertificate(db, account.id, c.req.param('certificateNumber'))
        if (!row) return problem(c, 'certificate.unknown')
        const application = await findApplicationOf(db, row.number)
        const progress = await readProgress(db, application ? [application] : [], [row], now)
        const shown = { ...toReceipt(row), ...progress.issued(row, application), ...certificateSheet(row) }
        return c.json({ ...shown, code: await certificateCode(db, row, now), asOf: instantText(now) }, 200)
      },
    )
    .post(
      '/:certificateNumber/registration',
      describe('Register the receipt (M5); a second time answers with the first', { 200: receiptSchema }, [
        'session.none',
        'certificate.unknown',
      ]),
      signedIn(deps),
      async (c) => {
        const { account, now, session } = c.var
        const asked = c.req.param('certificateNumber')
        const row = await db.transaction().execute(async (trx) => {
          if (!(await holdSession(trx, session.token_hash, now))) return 'ended'
          const own = await findOwnCertificate(trx, account.id, asked)
          if (!own || own.registered_at !== null) return own
          const { number } = own
          await registerReceipt(trx, number, now)
          await withdrawCertificateMails(trx, number, 'certificate.registered', now)
          await touchSession(trx, session.token_hash, now)
          await writeAudit(
            trx,
            selfAuditEntry(account.id, 'receipt.registered', deviceOf(c), `certificate:${number}`),
            now,
          )
          return { ...own, registered_at: instantText(now) }
        })
        if (row === 'ended') return problem(c, 'session.none')
        return row ? c.json(toReceipt(row), 200) : problem(c, 'certificate.unknown')
      },
    )
}
