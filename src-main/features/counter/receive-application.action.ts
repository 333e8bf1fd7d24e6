import type { Temporal } from 'temporal-polyfill'
import type { FieldProblem } from '#contract/http/problem'
import { isMistypedUserId } from '#domain/user-id'
import type { Db } from '../../database/open'
import { dateInTokyo } from '../../platform/clock'
import { refused, type Outcome } from '../../platform/outcome'
import { findAccountByUserId } from '../account/account.repo'
import { officeCode } from '../certificate/certificate.reference'
import { asStaff, type StaffActor } from '../staff-session/as-staff.action'
import { createApplication } from '../application/application.repo'
import type { ApplicationRow } from '../../database/tables/application.table'

export interface CounterApplication {
  userId: string
  office: string
  receivedOn?: string | undefined
  note: string
}

/** Takes an application in at the counter, under the next number of its office; its person may have been deleted a moment before. */
export const receiveApplication = (
  { db }: { db: Db },
  actor: StaffActor,
  { userId, office, receivedOn, note: remark }: CounterApplication,
  now: Temporal.Instant,
): Promise<Outcome<ApplicationRow>> =>
  asStaff(db, actor, now, async (trx, { person, note }): Promise<Outcome<ApplicationRow>> => {
    const today = dateInTokyo(now).toString()
    const account = await findAccountByUserId(trx, userId)
    const errors: FieldProblem[] = []
    if (account?.system !== 'zairyu')
      errors.push({ field: 'userId', code: isMistypedUserId(userId) ? 'user-id.mistyped' : 'user-id.unknown' })
    const code = officeCode(office)
    if (code === null) errors.push({ field: 'office', code: 'office.unknown' })
    if (receivedOn !== undefined && receivedOn > today) errors.push({ field: 'receivedOn', code: 'date.future' })
    if (!account || code === null || errors.length > 0) return refused('request.invalid', errors)
    const application = {
      accountId: account.id,
      office,
      officeCode: code,
      receivedOn: receivedOn ?? today,
      note: remark,
      takenBy: person.id,
      state: 'received',
    } as const
    const row = await createApplication(trx, application, now)
    await note({ action: 'application.received', subject: `application:${row.id}` })
    return { ok: true, value: row }
  })
