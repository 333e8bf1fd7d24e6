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
} from '#contract/http/certificate/application'
import { pageQuery } from '#contract/http/certificate/receipt'
import type { Db } from '../../database/open'
import { dateInTokyo, instantText } from '../../platform/clock'
import type { ServiceDeps } from '../../http/service-deps'
import { describe } from '../../http/openapi'
import { answerRefusal, problem } from '../../http/problem'
import { staffSignedIn } from '../staff-session/staff-signed-in.guard'
import { json, query } from '../../http/validate'
import { findAccount, findAccountByUserId } from '../account/account.repo'
import type { AccountRow } from '../../database/tables/account.table'
import { unlockAccount } from './unlock-account.action'
import { readTries } from '../session/session.repo'
import { applicantName, isLocked } from '../session/session.rules'
import { findApplication, listHistory } from '../application/application.repo'
import { beginExamination, issueForApplication, refuseApplication } from './clerk-step.action'
import { receiveApplication } from './receive-application.action'
import { listApplications } from './work-list.repo'
import type { ApplicationRow } from '../../database/tables/application.table'

/** DESIGN §9: what clerks do with applications and locked users. Every act is written down with who and why. */
export const counterRoutes = (deps: ServiceDeps) => {
  const { db } = deps
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
        const { now } = c.var
        const wish = { userId: c.req.param('userId'), reason: c.req.valid('json').reason }
        const unlocked = await unlockAccount(deps, c.var.actor, wish, now)
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
        const taken = await receiveApplication(deps, c.var.actor, c.req.valid('json'), c.var.now)
        if (!taken.ok) return answerRefusal(c, taken)
        const shown = await readOne(taken.value, c.var.now)
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
        const done = await beginExamination(deps, c.var.actor, c.req.param('id'), c.var.now)
        return done.ok ? c.body(null, 204) : answerRefusal(c, done)
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
        const wish = { id: c.req.param('id'), reason: c.req.valid('json').reason }
        const done = await refuseApplication(deps, c.var.actor, wish, c.var.now)
        return done.ok ? c.body(null, 204) : answerRefusal(c, done)
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
        const wish = { id: c.req.param('id'), form: c.req.valid('json') }
        const done = await issueForApplication(deps, c.var.actor, wish, c.var.now)
        if (!done.ok) return answerRefusal(c, done)
        return c.json({ certificateNumber: done.value }, 201)
      },
    )
}
