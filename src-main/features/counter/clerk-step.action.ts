import type { Temporal } from 'temporal-polyfill'
import type { Db } from '../../database/open'
import type { ActionDeps } from '../../mail/mailer/mailer'
import { refused, type Outcome } from '../../platform/outcome'
import { findAccount } from '../account/account.repo'
import type { AccountRow } from '../../database/tables/account.table'
import { certificateProblems, issueCertificate } from '../issue/import-certificates.action'
import type { CertificateInput } from '#contract/http/certificate/certificate'
import { asStaff, type ActingStaff, type StaffActor } from '../staff-session/as-staff.action'
import { findApplication, transitionApplication } from '../application/application.repo'
import type { StoredState } from '#domain/application-state'
import { transition, type ClerkStep } from '../application/application.rules'
import type { ApplicationRow } from '../../database/tables/application.table'

interface Step {
  trx: Db
  staff: ActingStaff
  row: ApplicationRow
  account: AccountRow
  /** Where the rule says that the application stands afterwards. */
  state: StoredState
}

/** One step of a clerk with an application: of two who take a step at once, the second is told that its state has changed. */
const step = <T>(
  db: Db,
  actor: StaffActor,
  { id, kind }: { id: string; kind: ClerkStep },
  now: Temporal.Instant,
  act: (step: Step) => Promise<Outcome<T>>,
): Promise<Outcome<T>> =>
  asStaff(db, actor, now, async (trx, staff): Promise<Outcome<T>> => {
    const row = await findApplication(trx, id)
    const account = row && (await findAccount(trx, row.account_id))
    if (!row || !account) return refused('application.unknown')
    const next = transition(row.state, kind)
    return next.ok ? act({ trx, staff, row, account, state: next.value }) : refused(next.problem)
  })

/** 受付 → 審査中. */
export const beginExamination = (
  { db }: { db: Db },
  actor: StaffActor,
  id: string,
  now: Temporal.Instant,
): Promise<Outcome<null>> =>
  step(db, actor, { id, kind: 'examine' }, now, async ({ trx, staff, row, state }) => {
    if (!(await transitionApplication(trx, row, { state }, now))) return refused('application.state')
    await staff.note({ action: 'application.examined', subject: `application:${id}` })
    return { ok: true, value: null }
  })

/** 審査中 → 不交付; the applicant is told by post. */
export const refuseApplication = (
  { db }: { db: Db },
  actor: StaffActor,
  { id, reason }: { id: string; reason: string },
  now: Temporal.Instant,
): Promise<Outcome<null>> =>
  step(db, actor, { id, kind: 'refuse' }, now, async ({ trx, staff, row, state }) => {
    if (!(await transitionApplication(trx, row, { state }, now))) return refused('application.state')
    await staff.note({ action: 'application.refused', subject: `application:${id}`, detail: { reason } })
    return { ok: true, value: null }
  })

/** 審査中 → 交付: the certificate with its mail; answers its number. */
export const issueForApplication = (
  { db, mailer }: ActionDeps,
  actor: StaffActor,
  { id, form }: { id: string; form: Omit<CertificateInput, 'userId'> },
  now: Temporal.Instant,
): Promise<Outcome<string>> =>
  step(db, actor, { id, kind: 'issue' }, now, async ({ trx, staff, row, account, state }) => {
    const input = { ...form, userId: account.user_id }
    const errors = await certificateProblems(trx, input, now)
    if (errors.length > 0) return refused('request.invalid', errors)
    const source = { actor: `staff:${staff.person.id}`, mailer }
    const validUntil = await issueCertificate(trx, { input, account }, source, now)
    const certificate = { number: input.certificateNumber, validUntil }
    const isMoved = await transitionApplication(trx, row, { state, certificate }, now)
    return isMoved ? { ok: true, value: input.certificateNumber } : refused('application.state')
  })
