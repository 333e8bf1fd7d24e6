import { sql, type SelectQueryBuilder } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { APPLICATION_SORTS, ApplicationItem, ApplicationState } from '#contract/application'
import { normalizeUserId } from '#contract/user-id'
import type { Database } from '../../database/schema'
import type { Db } from '../../database/open'
import { instantText } from '../../platform/clock'
import { newId } from '../../platform/ids'
import { receiptNumber, receiptSeries, shownState, SHOWN_STATES, type StoredState } from './application.rules'
import type { ApplicationRow } from './application.table'

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
export async function moveApplication(
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

const WAITS = ['issued', 'sent'] as const
const mailGivenUp = sql<boolean>`exists (select 1 from outbox where outbox.certificate_number = applications.certificate_number and outbox.kind = 'certificate' and outbox.status = 'failed')`

type Applications = SelectQueryBuilder<Database, 'applications' | 'accounts', object>

/** Those that the work list shows under a state. */
function inState(query: Applications, state: ApplicationState, today: string): Applications {
  switch (state) {
    case 'expired':
      return query.where('applications.state', 'in', WAITS).where('applications.valid_until', '<', today)
    case 'failed':
      return query
        .where('applications.state', '=', 'issued')
        .where('applications.valid_until', '>=', today)
        .where(mailGivenUp)
    case 'issued':
      return query
        .where('applications.state', '=', 'issued')
        .where('applications.valid_until', '>=', today)
        .where((eb) => eb.not(mailGivenUp))
    case 'sent':
      return query.where('applications.state', '=', 'sent').where('applications.valid_until', '>=', today)
    case 'received':
    case 'examining':
    case 'refused':
    case 'registered':
      return query.where('applications.state', '=', state)
  }
}

/** Those whose receipt or certificate number or applicant's name begins with `q`, or whose user ID it is; each by its own index. */
function matching(query: Applications, q: string): Applications {
  const upper = q.normalize('NFKC').toUpperCase()
  const end = (text: string) => `${text}\u{10FFFF}`
  return query.where('applications.id', 'in', (eb) =>
    eb
      .selectFrom('applications as a')
      .select('a.id')
      .where('a.receipt_number', '>=', upper)
      .where('a.receipt_number', '<', end(upper))
      .union(
        eb
          .selectFrom('applications as b')
          .select('b.id')
          .where('b.certificate_number', '>=', q)
          .where('b.certificate_number', '<', end(q)),
      )
      .union(
        eb
          .selectFrom('applications as c')
          .innerJoin('accounts as p', 'p.id', 'c.account_id')
          .select('c.id')
          .where('p.name_en', '>=', upper)
          .where('p.name_en', '<', end(upper)),
      )
      .union(
        eb
          .selectFrom('applications as d')
          .innerJoin('accounts as r', 'r.id', 'd.account_id')
          .select('d.id')
          .where('r.user_id_key', '=', normalizeUserId(q)),
      ),
  )
}

const ORDER = {
  updatedAt: 'applications.updated_at',
  receiptNumber: 'applications.receipt_number',
} as const

export interface WorkListWish {
  state?: ApplicationState | undefined
  q?: string | undefined
  sort: (typeof APPLICATION_SORTS)[number]
  page: number
  size: number
}

const COLUMNS = [
  'applications.id',
  'applications.receipt_number',
  'applications.office',
  'applications.received_on',
  'applications.state',
  'applications.certificate_number',
  'applications.valid_until',
  'applications.updated_at',
  'accounts.user_id',
  'accounts.name_en',
  'accounts.organization',
] as const

/** One page of the work list; `today` is an ISO date (Tokyo), pages count from 1. */
export async function listApplications(db: Db, wish: WorkListWish, today: string) {
  const all: Applications = db
    .selectFrom('applications')
    .innerJoin('accounts', 'accounts.id', 'applications.account_id')
  const found = wish.q ? matching(all, wish.q) : all
  const wanted = wish.state ? inState(found, wish.state, today) : found
  const { total } = await wanted.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const descending = wish.sort.startsWith('-')
  const column = ORDER[wish.sort.replace('-', '') as keyof typeof ORDER]
  const rows = await wanted
    .select([...COLUMNS, mailGivenUp.as('mail_given_up')])
    .orderBy(column, descending ? 'desc' : 'asc')
    .orderBy('applications.id')
    .limit(wish.size)
    .offset((wish.page - 1) * wish.size)
    .execute()
  const items = rows.map((row): ApplicationItem => ({
    id: row.id,
    receiptNumber: row.receipt_number,
    userId: row.user_id,
    name: row.name_en ?? row.organization ?? row.user_id,
    office: row.office,
    receivedOn: row.received_on,
    state: shownState({ state: row.state, validUntil: row.valid_until, mailFailed: Boolean(row.mail_given_up) }, today),
    certificateNumber: row.certificate_number,
    validUntil: row.valid_until,
    updatedAt: row.updated_at,
  }))
  const counts = await Promise.all(
    SHOWN_STATES.map(async (state) => {
      const { count } = await inState(found, state, today)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return [state, count] as const
    }),
  )
  return { items, total, counts: Object.fromEntries(counts) as Record<ApplicationState, number> }
}

/** Who did what to an application and its certificate, oldest first. */
export async function listHistory(db: Db, row: ApplicationRow) {
  const subjects = [
    `application:${row.id}`,
    ...(row.certificate_number ? [`certificate:${row.certificate_number}`] : []),
  ]
  const rows = await db
    .selectFrom('audit')
    .leftJoin('staff', (join) =>
      join.on('staff.id', '=', sql<string>`substr(audit.actor, 7)`).on('audit.actor', 'like', 'staff:%'),
    )
    .select(['audit.at', 'audit.action', 'audit.actor', 'staff.name'])
    .where('audit.subject', 'in', subjects)
    .orderBy('audit.at')
    .orderBy('audit.id')
    .execute()
  return rows.map(({ at, action, actor, name }) => ({ at, action, by: name ?? actor.split(':')[0] ?? actor }))
}
