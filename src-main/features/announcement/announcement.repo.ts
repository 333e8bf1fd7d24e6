import type { Temporal } from 'temporal-polyfill'
import type { ManagedAnnouncement } from '#contract/http/staff/admin'
import { announcementSchema, type Announcement } from '#contract/http/staff/announcement'
import type { Db } from '../../database/open'
import { instantText } from '../../platform/clock'
import type { AnnouncementRow } from '../../database/tables/announcement.table'

const toAnnouncement = (row: AnnouncementRow): Announcement =>
  announcementSchema.parse({
    id: row.id,
    publishedAt: row.published_at,
    ...(row.until !== null && { until: row.until }),
    important: row.important === 1,
    title: JSON.parse(row.title) as unknown,
    body: JSON.parse(row.body) as unknown,
  })

const current = (db: Db, now: Temporal.Instant) =>
  db
    .selectFrom('announcements')
    .where('published_at', '<=', instantText(now))
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', instantText(now))]))

/** One page of what is published and not yet over: important ones first, then the newest. */
export async function listAnnouncements(db: Db, { page, size }: { page: number; size: number }, now: Temporal.Instant) {
  const { total } = await current(db, now)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await current(db, now)
    .selectAll()
    .orderBy('important', 'desc')
    .orderBy('published_at', 'desc')
    .orderBy('id')
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  return { items: rows.map(toAnnouncement), total }
}

/** One announcement, when it is published and not yet over. */
export async function findAnnouncement(db: Db, id: string, now: Temporal.Instant): Promise<Announcement | null> {
  const row = await current(db, now).selectAll().where('id', '=', id).executeTakeFirst()
  return row ? toAnnouncement(row) : null
}

/** Writes announcements; the same id replaces. */
export async function putAnnouncements(trx: Db, announcements: readonly Announcement[]): Promise<void> {
  for (const { id, publishedAt, until, important, title, body } of announcements) {
    const values = {
      published_at: new Date(publishedAt).toISOString(),
      until: until === undefined ? null : new Date(until).toISOString(),
      important: important ? 1 : 0,
      title: JSON.stringify(title),
      body: JSON.stringify(body),
    }
    await trx
      .insertInto('announcements')
      .values({ id, ...values })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
      .execute()
  }
}

/** An announcement with whether its readers see it. */
function toManaged(row: AnnouncementRow, now: Temporal.Instant): ManagedAnnouncement {
  const at = instantText(now)
  const state = row.published_at > at ? 'scheduled' : row.until !== null && row.until <= at ? 'over' : 'shown'
  return { ...toAnnouncement(row), state }
}

/** One page of all announcements, also those to come and those that are over: the newest first. */
export async function listAllAnnouncements(
  db: Db,
  { page, size }: { page: number; size: number },
  now: Temporal.Instant,
): Promise<{ items: ManagedAnnouncement[]; total: number }> {
  const { total } = await db
    .selectFrom('announcements')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await db
    .selectFrom('announcements')
    .selectAll()
    .orderBy('published_at', 'desc')
    .orderBy('id')
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  return { items: rows.map((row) => toManaged(row, now)), total }
}

/** One announcement, whether or not its readers see it. */
export async function findAnyAnnouncement(
  db: Db,
  id: string,
  now: Temporal.Instant,
): Promise<ManagedAnnouncement | null> {
  const row = await db.selectFrom('announcements').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? toManaged(row, now) : null
}

/** Takes an announcement away; false when there was none. */
export async function deleteAnnouncement(trx: Db, id: string): Promise<boolean> {
  const deleted = await trx.deleteFrom('announcements').where('id', '=', id).executeTakeFirst()
  return deleted.numDeletedRows > 0n
}
