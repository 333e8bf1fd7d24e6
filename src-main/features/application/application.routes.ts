import { Hono } from 'hono'
import * as z from 'zod/mini'
import {
  applicantReply,
  applicationItem,
  applicationReply,
  applicationRequest,
  issuedReply,
  issueRequest,
  refusalRequest,
  unlockRequest,
  workListQuery,
  workListReply,
} from '#contract/application'
import type { FieldProblem } from '#contract/problem'
import { pageQuery } from '#contract/receipt'
import { isMistypedUserId } from '#contract/user-id'
import type { Db } from '../../database/open'
import { dateInTokyo, instantText } from '../../platform/clock'
import { writeAudit } from '../../service/audit'
import type { ServiceDeps } from '../../service/deps'
import { describe } from '../../service/describe'
import { deviceOf } from '../../service/device'
import { refused, type Outcome } from '../../service/outcome'
import { answerRefusal, problem } from '../../service/problem'
import { staffSignedIn } from '../../service/staff-signed-in'
import { json, query } from '../../service/validate'
import { findAccount, findAccountByUserId } from '../account/account.repo'
import type { AccountRow } from '../account/account.table'
import { unlockAccount } from '../account/unlock-account.action'
import { certificateProblems, issueCertificate } from '../certificate/certificate.intake'
import { officeCode } from '../certificate/certificate.reference'
import { readTries } from '../session/session.repo'
import { applicantName, isLocked } from '../session/session.rules'
import { createApplication, findApplication, listHistory, moveApplication } from './application.repo'
import { listApplications } from './work-list.repo'
import { takeStep, type ClerkStep } from './application.rules'
import type { ApplicationRow } from './application.table'

/** DESIGN §9: what clerks do with applications and locked users. Every act is written down with who and why. */
export const counterRoutes = (deps: ServiceDeps) => {
  const { db, mailFrom, mailWaits } = deps
  const clerk = staffSignedIn(deps)

  const applicant = async (trx: Db, account: AccountRow, now: Parameters<typeof isLocked>[1]) => {
    const tries = await readTries(trx, applicantName(account))
    return {
      userId: account.user_id,
      name: account.name_en ?? account.organization ?? account.user_id,
      category: account.category,
      email: account.email,
      language: account.language,
      lockedUntil: isLocked(tries, now) ? instantText(tries.lockedUntil) : null,
    }
  }
  const readOne = async (row: ApplicationRow, now: Parameters<typeof isLocked>[1]) => {
    const today = dateInTokyo(now).toString()
    const wish = { q: row.receipt_number, sort: '-updatedAt', page: 1, size: 1 } as const
    const { items } = await listApplications(db, wish, today)
    const account = await findAccount(db, row.account_id)
    const item = items[0]
    if (!item || !account) return null
    return {
      ...item,
      note: row.note,
      applicant: await applicant(db, account, now),
      history: await listHistory(db, row),
    }
  }
  /** One step of a clerk in one transaction; `act` does what belongs to it. */
  const step = async <T>(
    id: string,
    kind: ClerkStep,
    act: (trx: Db, row: ApplicationRow, account: AccountRow) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> =>
    db.transaction().execute(async (trx) => {
      const row = await findApplication(trx, id)
      const account = row && (await findAccount(trx, row.account_id))
      if (!row || !account) return refused('application.unknown')
      const next = takeStep(row.state, kind)
      return next.ok ? act(trx, row, account) : refused(next.problem)
    })

  return new Hono()
    .get(
      '/applicants/:userId',
      describe('The applicant before the counter', { 200: applicantReply }, ['staff.none', 'applicant.unknown']),
      clerk,
      async (c) => {
        const account = await findAccountByUserId(db, c.req.param('userId'))
        if (account?.system !== 'zairyu') return problem(c, 'applicant.unknown')
        return c.json(await applicant(db, account, c.var.now), 200)
      },
    )
    .post(
      '/applicants/:userId/unlock',
      describe('Lift the lock of a user', { 200: applicantReply }, [
        'staff.none',
        'request.invalid',
        'applicant.unknown',
      ]),
      clerk,
      json(unlockRequest),
      async (c) => {
        const { now, person } = c.var
        const { reason } = c.req.valid('json')
        const wish = { userId: c.req.param('userId'), reason, actor: `staff:${person.id}`, device: deviceOf(c) }
        const unlocked = await unlockAccount(deps, wish, now)
        return unlocked.ok ? c.json(await applicant(db, unlocked.value, now), 200) : answerRefusal(c, unlocked)
      },
    )
    .get(
      '/applications',
      describe('The work list', { 200: workListReply }, ['staff.none', 'request.invalid']),
      clerk,
      query(z.extend(workListQuery, pageQuery.shape)),
      async (c) => c.json(await listApplications(db, c.req.valid('query'), dateInTokyo(c.var.now).toString()), 200),
    )
    .post(
      '/applications',
      describe('Take an application in at the counter', { 201: applicationItem }, ['staff.none', 'request.invalid']),
      clerk,
      json(applicationRequest),
      async (c) => {
        const { now, person } = c.var
        const { userId, office, receivedOn, note } = c.req.valid('json')
        const today = dateInTokyo(now).toString()
        const account = await findAccountByUserId(db, userId)
        const errors: FieldProblem[] = []
        if (account?.system !== 'zairyu')
          errors.push({ field: 'userId', code: isMistypedUserId(userId) ? 'user-id.mistyped' : 'user-id.unknown' })
        const code = officeCode(office)
        if (code === null) errors.push({ field: 'office', code: 'office.unknown' })
        if (receivedOn !== undefined && receivedOn > today) errors.push({ field: 'receivedOn', code: 'date.future' })
        if (!account || code === null || errors.length > 0) return problem(c, 'request.invalid', { errors })
        const row = await db.transaction().execute(async (trx) => {
          const made = await createApplication(
            trx,
            {
              accountId: account.id,
              office,
              officeCode: code,
              receivedOn: receivedOn ?? today,
              note,
              takenBy: person.id,
              state: 'received',
            },
            now,
          )
          const entry = {
            actor: `staff:${person.id}`,
            action: 'application.received',
            subject: `application:${made.id}`,
          }
          await writeAudit(trx, { ...entry, device: deviceOf(c) }, now)
          return made
        })
        const shown = await readOne(row, now)
        return shown ? c.json(applicationItem.parse(shown), 201) : problem(c, 'application.unknown')
      },
    )
    .get(
      '/applications/:id',
      describe('One application with its history', { 200: applicationReply }, ['staff.none', 'application.unknown']),
      clerk,
      async (c) => {
        const row = await findApplication(db, c.req.param('id'))
        const shown = row && (await readOne(row, c.var.now))
        return shown ? c.json(shown, 200) : problem(c, 'application.unknown')
      },
    )
    .post(
      '/applications/:id/examination',
      describe('The examination begins', { 204: null }, ['staff.none', 'application.unknown', 'application.state']),
      clerk,
      async (c) => {
        const { now, person } = c.var
        const done = await step(c.req.param('id'), 'examine', async (trx, row) => {
          if (!(await moveApplication(trx, row, { state: 'examining' }, now))) return refused('application.state')
          const entry = {
            actor: `staff:${person.id}`,
            action: 'application.examined',
            subject: `application:${row.id}`,
          }
          await writeAudit(trx, { ...entry, device: deviceOf(c) }, now)
          return { ok: true, value: null }
        })
        return done.ok ? c.body(null, 204) : problem(c, done.problem)
      },
    )
    .post(
      '/applications/:id/refusal',
      describe('Not issued (不交付); the applicant is told by post', { 204: null }, [
        'staff.none',
        'request.invalid',
        'application.unknown',
        'application.state',
      ]),
      clerk,
      json(refusalRequest),
      async (c) => {
        const { now, person } = c.var
        const { reason } = c.req.valid('json')
        const done = await step(c.req.param('id'), 'refuse', async (trx, row) => {
          if (!(await moveApplication(trx, row, { state: 'refused' }, now))) return refused('application.state')
          const entry = { actor: `staff:${person.id}`, action: 'application.refused', subject: `application:${row.id}` }
          await writeAudit(trx, { ...entry, detail: { reason }, device: deviceOf(c) }, now)
          return { ok: true, value: null }
        })
        return done.ok ? c.body(null, 204) : problem(c, done.problem)
      },
    )
    .post(
      '/applications/:id/certificate',
      describe('Issue the certificate; its mail goes out', { 201: issuedReply }, [
        'staff.none',
        'request.invalid',
        'application.unknown',
        'application.state',
      ]),
      clerk,
      json(issueRequest),
      async (c) => {
        const { now, person } = c.var
        const form = c.req.valid('json')
        const done = await step<string>(c.req.param('id'), 'issue', async (trx, row, account) => {
          const input = { ...form, userId: account.user_id }
          const errors = await certificateProblems(trx, input, now)
          if (errors.length > 0) return refused('request.invalid', errors)
          const validUntil = await issueCertificate(
            trx,
            { input, account },
            { actor: `staff:${person.id}`, mailFrom },
            now,
          )
          const certificate = { number: input.certificateNumber, validUntil }
          if (!(await moveApplication(trx, row, { state: 'issued', certificate }, now)))
            throw new Error('moved meanwhile')
          return { ok: true, value: input.certificateNumber }
        })
        if (!done.ok) return problem(c, done.problem, done.errors ? { errors: done.errors } : {})
        mailWaits()
        return c.json({ certificateNumber: done.value }, 201)
      },
    )
}
