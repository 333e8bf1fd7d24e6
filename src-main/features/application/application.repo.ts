import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Db } from '../../database/open'
import { instantText } from '../../platform/clock'
import { newId } from '../../platform/ids'
import type { StoredState } from '#domain/application-state'
import { receiptNumber, receiptSeries } from './application.rules'
import type { ApplicationRow } from '../../database/tables/application.table'

export interface NewApplication {
  accountId: string
  office: string
  officeCode: string
  receivedOn: string
  note: string
  takenBy: string | null
  state: StoredState
  certificate?: { number: string; validUntil: string }
}

/** Writes an application under the next number of its series, without gaps. */
export async function createApplication(
  trx: Db,
  application: NewApplication,
  now: Temporal.Instant,
): Promise<ApplicationRow> {
  const series = receiptSeries(application.officeCode, application.receivedOn)
  const { last } = await trx
    .insertInto('receipt_counters')
    .values({ series, last: 1 })
    .onConflict((conflict) =>
      conflict.column('series').doUpdateSet((eb) => ({ last: eb('receipt_counters.last', '+', 1) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  const at = instantText(now)
  const row: ApplicationRow = {
    id: newId(),
    receipt_number: receiptNumber(series, last),
    account_id: application.accountId,
    office: application.office,
    received_on: application.receivedOn,
    state: application.state,
    certificate_number: application.certificate?.number ?? null,
    valid_until: application.certificate?.validUntil ?? null,
    note: application.note,
    taken_by: application.takenBy,
    created_at: at,
    updated_at: at,
  }
  await trx.insertInto('applications').values(row).execute()
  return row
}

/** One application, as it is kept. */
export async function findApplication(db: Db, id: string): Promise<ApplicationRow | null> {
  return (await db.selectFrom('applications').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
}

/** Moves an application on; `seen` is its state as it was read, so that two clerks do not take the same step. */
export async function transitionApplication(
  trx: Db,
  seen: ApplicationRow,
  to: { state: StoredState; certificate?: { number: string; validUntil: string } },
  now: Temporal.Instant,
): Promise<boolean> {
  const moved = await trx
    .updateTable('applications')
    .set({
      state: to.state,
      updated_at: instantText(now),
      ...(to.certificate && { certificate_number: to.certificate.number, valid_until: to.certificate.validUntil }),
    })
    .where('id', '=', seen.id)
    .where('state', '=', seen.state)
    .executeTakeFirst()
  return moved.numUpdatedRows > 0n
}

/** Puts a reissued certificate in the place of the one that was taken back; its mail is on the way again. */
export async function replaceCertificateOf(
  trx: Db,
  oldNumber: string,
  certificate: { number: string; validUntil: string },
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .updateTable('applications')
    .set({
      certificate_number: certificate.number,
      valid_until: certificate.validUntil,
      state: 'issued',
      updated_at: instantText(now),
    })
    .where('certificate_number', '=', oldNumber)
    .execute()
}

/** The certificate and those that it took the place of. */
async function withPredecessors(db: Db, number: string): Promise<string[]> {
  const before = await db.selectFrom('certificates').select('number').where('replaced_by', '=', number).execute()
  const further = await Promise.all(before.map((one) => withPredecessors(db, one.number)))
  return [number, ...further.flat()]
}

/** Why something was done, where the entry says so. */
function reasonIn(detail: string | null): string | null {
  const { reason } = JSON.parse(detail ?? '{}') as { reason?: unknown }
  return typeof reason === 'string' ? reason : null
}

/** Who did what to an application and its certificates, and why, oldest first; with the times when its applicant was unlocked. */
export async function listHistory(db: Db, row: ApplicationRow) {
  const numbers = row.certificate_number ? await withPredecessors(db, row.certificate_number) : []
  const rows = await db
    .selectFrom('audit')
    .leftJoin('staff', (join) =>
      join.on('staff.id', '=', sql<string>`substr(audit.actor, 7)`).on('audit.actor', 'like', 'staff:%'),
    )
    .select(['audit.at', 'audit.action', 'audit.actor', 'audit.detail', 'staff.name'])
    .where((eb) =>
      eb.or([
        eb('audit.subject', 'in', [`application:${row.id}`, ...numbers.map((number) => `certificate:${number}`)]),
        eb.and([eb('audit.subject', '=', `account:${row.account_id}`), eb('audit.action', '=', 'account.unlocked')]),
      ]),
    )
    .orderBy('audit.at')
    .orderBy('audit.id')
    .execute()
  return rows.map(({ at, action, actor, detail, name }) => ({
    at,
    action,
    by: name ?? actor.split(':')[0] ?? actor,
    reason: reasonIn(detail),
  }))
}
