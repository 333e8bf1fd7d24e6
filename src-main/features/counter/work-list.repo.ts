import { sql, type SelectQueryBuilder } from 'kysely'
import type { APPLICATION_SORTS, ApplicationItem, ApplicationState } from '#contract/http/certificate/application'
import { normalizeUserId } from '#domain/user-id'
import type { Db } from '../../database/open'
import type { Database } from '../../database/tables/schema'
import { shownState, SHOWN_STATES } from '../application/application.rules'

/** A search that fits more than these shows the first of them; the clerk types on. */
const MOST_MATCHES = 1000

const WAITS = ['issued', 'sent'] as const
const mailGivenUp = sql<boolean>`exists (select 1 from outbox where outbox.certificate_number = applications.certificate_number and outbox.kind = 'certificate' and outbox.status = 'failed' and outbox.withdrawn_for is null)`

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

type Filter = Pick<WorkListWish, 'office' | 'from' | 'to'>
const isFilter = ({ office, from, to }: Filter) => Boolean(office ?? from ?? to)

/** The same condition on every table that has office and day of intake. */
const inFilter = ({ office, from, to }: Filter) => {
  const terms = [
    ...(office ? [sql<boolean>`office = ${office}`] : []),
    ...(from ? [sql<boolean>`received_on >= ${from}`] : []),
    ...(to ? [sql<boolean>`received_on <= ${to}`] : []),
  ]
  return terms.length > 0 ? sql<boolean>`(${sql.join(terms, sql` and `)})` : sql<boolean>`true`
}

/** The applications whose receipt or certificate number or applicant's name begins with `q`, or whose user ID it is; each by its own index. */
async function findMatches(db: Db, q: string, filter: Filter): Promise<string[]> {
  const upper = q.normalize('NFKC').toUpperCase()
  const end = (text: string) => `${text}\u{10FFFF}`
  const people = db
    .selectFrom('accounts')
    .select('id')
    .where('name_en', '>=', upper)
    .where('name_en', '<', end(upper))
    .union(db.selectFrom('accounts').select('id').where('user_id_key', '=', normalizeUserId(q)))
  const found = await db
    .selectFrom('applications')
    .select('id')
    .where('receipt_number', '>=', upper)
    .where('receipt_number', '<', end(upper))
    .union(
      db
        .selectFrom('applications')
        .select('id')
        .where('certificate_number', '>=', q)
        .where('certificate_number', '<', end(q)),
    )
    .union(db.selectFrom('applications').select('id').where('account_id', 'in', people))
    .limit(MOST_MATCHES)
    .execute()
  const ids = found.map(({ id }) => id)
  if (ids.length === 0 || !isFilter(filter)) return ids
  const rows = await db.selectFrom('applications').select('id').where('id', 'in', ids).where(inFilter(filter)).execute()
  return rows.map(({ id }) => id)
}

type Counts = Record<ApplicationState, number>
const noCounts = () => Object.fromEntries(SHOWN_STATES.map((state) => [state, 0])) as Counts

/** How many of these there are by shown state. */
async function countMatches(db: Db, ids: readonly string[], today: string): Promise<Counts> {
  const counts = noCounts()
  const rows = await db
    .selectFrom('applications')
    .select(['state', 'valid_until', mailGivenUp.as('mail_given_up')])
    .where('id', 'in', ids)
    .execute()
  for (const { state, valid_until: validUntil, mail_given_up: failed } of rows)
    counts[shownState({ state, validUntil, mailFailed: Boolean(failed) }, today)] += 1
  return counts
}

/** How many there are by state and last valid day, from the counts that the database keeps. */
const keptCounts = (db: Db, filter: Filter) =>
  isFilter(filter)
    ? db
        .selectFrom('application_day_counts')
        .select((eb) => ['state', 'valid_until', eb.fn.sum<number>('count').as('count')])
        .where(inFilter(filter))
        .groupBy(['state', 'valid_until'])
        .execute()
    : db.selectFrom('application_counts').selectAll().execute()

/** How many there are by shown state. */
async function countAll(db: Db, filter: Filter, today: string): Promise<Counts> {
  const counts = noCounts()
  for (const row of await keptCounts(db, filter))
    counts[shownState({ state: row.state, validUntil: row.valid_until || null, mailFailed: false }, today)] += row.count
  const { failed } = await db
    .selectFrom('outbox')
    .innerJoin('applications', 'applications.certificate_number', 'outbox.certificate_number')
    .select((eb) => eb.fn.count<number>('applications.id').distinct().as('failed'))
    .where('outbox.status', '=', 'failed')
    .where('outbox.withdrawn_for', 'is', null)
    .where('outbox.kind', '=', 'certificate')
    .where('applications.state', '=', 'issued')
    .where('applications.valid_until', '>=', today)
    .where(inFilter(filter))
    .executeTakeFirstOrThrow()
  return { ...counts, issued: counts.issued - failed, failed }
}

const ORDER = {
  updatedAt: 'applications.updated_at',
  receiptNumber: 'applications.receipt_number',
} as const

export interface WorkListWish {
  state?: ApplicationState | undefined
  q?: string | undefined
  office?: string | undefined
  /** First and last day of intake, ISO dates. */
  from?: string | undefined
  to?: string | undefined
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
  const matches = wish.q ? await findMatches(db, wish.q, wish) : null
  if (matches?.length === 0) return { items: [], total: 0, counts: noCounts() }
  const counts = matches ? await countMatches(db, matches, today) : await countAll(db, wish, today)
  const total = wish.state ? counts[wish.state] : Object.values(counts).reduce((sum, count) => sum + count, 0)
  const all: Applications = db
    .selectFrom('applications')
    .innerJoin('accounts', 'accounts.id', 'applications.account_id')
  const found = matches ? all.where('applications.id', 'in', matches) : isFilter(wish) ? all.where(inFilter(wish)) : all
  const descending = wish.sort.startsWith('-')
  const column = ORDER[wish.sort.replace('-', '') as keyof typeof ORDER]
  const rows = await (wish.state ? inState(found, wish.state, today) : found)
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
  return { items, total, counts }
}
