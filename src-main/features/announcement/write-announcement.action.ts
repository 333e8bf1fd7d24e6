import type { Temporal } from 'temporal-polyfill'
import type { ManagedAnnouncement } from '#contract/http/staff/admin'
import type { Announcement } from '#contract/http/staff/announcement'
import type { Db } from '../../database/open'
import { refused, type Outcome } from '../../platform/outcome'
import { asStaff, type StaffActor } from '../staff-session/as-staff.action'
import { deleteAnnouncement, findAnyAnnouncement, putAnnouncements } from './announcement.repo'

/**
 * Writes an announcement under its id and answers how it stands. `mustBeThere`: whoever edits one that somebody else has taken away
 * meanwhile is told so, and does not bring it back.
 */
export const writeAnnouncement = (
  { db }: { db: Db },
  actor: StaffActor,
  { announcement, mustBeThere }: { announcement: Announcement; mustBeThere: boolean },
  now: Temporal.Instant,
): Promise<Outcome<ManagedAnnouncement>> =>
  asStaff(db, actor, now, async (trx, { note }) => {
    if (mustBeThere && !(await findAnyAnnouncement(trx, announcement.id, now))) return refused('announcement.unknown')
    await putAnnouncements(trx, [announcement])
    const detail = { languages: Object.keys(announcement.title).length }
    await note({ action: 'announcement.written', subject: `announcement:${announcement.id}`, detail })
    const written = await findAnyAnnouncement(trx, announcement.id, now)
    return written ? { ok: true, value: written } : refused('announcement.unknown')
  })

/** Takes an announcement away. */
export const takeAnnouncementAway = (
  { db }: { db: Db },
  actor: StaffActor,
  id: string,
  now: Temporal.Instant,
): Promise<Outcome<null>> =>
  asStaff(db, actor, now, async (trx, { note }) => {
    if (!(await deleteAnnouncement(trx, id))) return refused('announcement.unknown')
    await note({ action: 'announcement.deleted', subject: `announcement:${id}` })
    return { ok: true, value: null }
  })
