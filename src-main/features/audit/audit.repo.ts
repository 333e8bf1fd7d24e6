import type { Kysely, SelectQueryBuilder } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { ACTOR_KINDS, type AuditItem, type AuditWish } from '#contract/http/staff/admin'
import { normalizeUserId } from '#domain/user-id'
import type { Db } from '../../database/open'
import type { AuditTable, Database } from '../../database/tables/schema'
import { instantText } from '../../platform/clock'
import { readActor } from './audit.rules'

const dayBegins = (date: Temporal.PlainDate) => instantText(date.toZonedDateTime('Asia/Tokyo').toInstant())

/** The filter in the words of the log. `null`: nothing can fit. */
interface Filter {
  since: string | null
  before: string | null
  actors: string[] | null
  actorKind: string | null
  action: string | null
  subjects: string[] | null
}

/** Everything that a typed name may mean as a subject: each way by its own index. */
async function subjectsOf(db: Db, typed: string): Promise<string[]> {
  const upper = typed.normalize('NFKC').toUpperCase()
  const accounts = await db
    .selectFrom('accounts')
    .select('id')
    .where('user_id_key', '=', normalizeUserId(typed))
    .execute()
  const applications = await db.selectFrom('applications').select('id').where('receipt_number', '=', upper).execute()
  const staff = await db.selectFrom('staff').select('id').where('login_name', '=', typed.toLowerCase()).execute()
  return [
    typed,
    `certificate:${typed}`,
    `mail:${typed}`,
    `announcement:${typed}`,
    ...accounts.map(({ id }) => `account:${id}`),
    ...applications.map(({ id }) => `application:${id}`),
    ...staff.map(({ id }) => `staff:${id}`),
  ]
}

async function actorsOf(db: Db, typed: string): Promise<Pick<Filter, 'actors' | 'actorKind'>> {
  if ((ACTOR_KINDS as readonly string[]).includes(typed)) return { actors: null, actorKind: typed }
  const staff = await db
    .selectFrom('staff')
    .select('id')
    .where((eb) => eb.or([eb('login_name', '=', typed.toLowerCase()), eb('name', '=', typed)]))
    .execute()
  const accounts = await db
    .selectFrom('accounts')
    .select('id')
    .where('user_id_key', '=', normalizeUserId(typed))
    .execute()
  const systems = await db.selectFrom('service_tokens').select('id').where('name', '=', typed).execute()
  const actors = [
    typed,
    ...staff.map(({ id }) => `staff:${id}`),
    ...accounts.map(({ id }) => `account:${id}`),
    ...systems.map(({ id }) => `system:${id}`),
  ]
  return { actors, actorKind: null }
}

async function readFilter(db: Db, wish: AuditWish): Promise<Filter> {
  const who = wish.actor === undefined ? { actors: null, actorKind: null } : await actorsOf(db, wish.actor)
  return {
    ...who,
    since: wish.from === undefined ? null : dayBegins(Temporal.PlainDate.from(wish.from)),
    before: wish.to === undefined ? null : dayBegins(Temporal.PlainDate.from(wish.to).add({ days: 1 })),
    action: wish.action ?? null,
    subjects: wish.subject === undefined ? null : await subjectsOf(db, wish.subject),
  }
}

function filtered(db: Kysely<Database>, filter: Filter): SelectQueryBuilder<Database, 'audit', object> {
  let query = db.selectFrom('audit') as SelectQueryBuilder<Database, 'audit', object>
  if (filter.since !== null) query = query.where('at', '>=', filter.since)
  if (filter.before !== null) query = query.where('at', '<', filter.before)
  if (filter.actors !== null) query = query.where('actor', 'in', filter.actors)
  if (filter.actorKind !== null) {
    const kind = filter.actorKind
    query = query.where((eb) =>
      eb.or([eb('actor', '=', kind), eb.and([eb('actor', '>=', `${kind}:`), eb('actor', '<', `${kind};`)])]),
    )
  }
  if (filter.action !== null) query = query.where('action', '=', filter.action)
  if (filter.subjects !== null) query = query.where('subject', 'in', filter.subjects)
  return query
}

/** The readable names of what stands behind `kind:ID`, for as many entries as are given. */
async function namesOf(db: Db, entries: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  const ids = (kind: string) => [
    ...new Set(entries.flatMap((entry) => (entry.startsWith(`${kind}:`) ? [entry.slice(kind.length + 1)] : []))),
  ]
  const [staff, accounts, systems, applications] = [ids('staff'), ids('account'), ids('system'), ids('application')]
  if (staff.length > 0)
    for (const row of await db
      .selectFrom('staff')
      .select(['id', 'name', 'login_name'])
      .where('id', 'in', staff)
      .execute())
      names.set(`staff:${row.id}`, `${row.name} (${row.login_name})`)
  if (accounts.length > 0)
    for (const row of await db.selectFrom('accounts').select(['id', 'user_id']).where('id', 'in', accounts).execute())
      names.set(`account:${row.id}`, row.user_id)
  const tokens = [...systems, ...ids('token')]
  if (tokens.length > 0)
    for (const row of await db
      .selectFrom('service_tokens')
      .select(['id', 'name'])
      .where('id', 'in', tokens)
      .execute()) {
      names.set(`system:${row.id}`, row.name)
      names.set(`token:${row.id}`, row.name)
    }
  if (applications.length > 0)
    for (const row of await db
      .selectFrom('applications')
      .select(['id', 'receipt_number'])
      .where('id', 'in', applications)
      .execute())
      names.set(`application:${row.id}`, row.receipt_number)
  for (const entry of entries)
    for (const kind of ['certificate:', 'announcement:'])
      if (entry.startsWith(kind)) names.set(entry, entry.slice(kind.length))
  return names
}

async function describeRows(db: Db, rows: AuditTable[]): Promise<AuditItem[]> {
  const names = await namesOf(
    db,
    rows.flatMap(({ actor, subject }) => [actor, subject]),
  )
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    actorKind: readActor(row.actor).kind,
    actorName: names.get(row.actor) ?? null,
    action: row.action,
    subject: row.subject,
    subjectName: names.get(row.subject) ?? null,
    detail: row.detail === null ? null : (JSON.parse(row.detail) as Record<string, string | number>),
    device: row.device,
  }))
}

/** One page of what fits, the newest first. */
export async function listAudit(db: Db, wish: AuditWish, { page, size }: { page: number; size: number }) {
  const filter = await readFilter(db, wish)
  const { total } = await filtered(db, filter)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await filtered(db, filter)
    .selectAll('audit')
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  return { items: await describeRows(db, rows), total: Number(total) }
}

/** Everything that fits, the newest first, slice by slice; each slice begins behind the last entry of the one before. */
export async function* readAudit(db: Db, wish: AuditWish, slice = 500): AsyncGenerator<AuditItem[]> {
  const filter = await readFilter(db, wish)
  let last: AuditTable | undefined
  for (;;) {
    const behind = last
    const rows: AuditTable[] = await filtered(db, filter)
      .$if(behind !== undefined, (query) =>
        query.where((eb) =>
          eb.or([
            eb('at', '<', behind?.at ?? ''),
            eb.and([eb('at', '=', behind?.at ?? ''), eb('id', '<', behind?.id ?? '')]),
          ]),
        ),
      )
      .selectAll('audit')
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(slice)
      .execute()
    if (rows.length > 0) yield await describeRows(db, rows)
    if (rows.length < slice) return
    last = rows.at(-1)
  }
}
