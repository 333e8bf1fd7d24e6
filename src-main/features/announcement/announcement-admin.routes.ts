import { Hono, type Context } from 'hono'
import {
  announcementForm,
  managedAnnouncement,
  managedAnnouncementsReply,
  textIn,
  type AnnouncementForm,
} from '#contract/admin'
import { announcementSchema, type Announcement } from '#contract/announcement'
import { LANGUAGES } from '#contract/language'
import { pageQuery } from '#contract/receipt'
import { dateInTokyo } from '../../platform/clock'
import { newToken } from '../../platform/ids'
import { writeAudit } from '../../service/audit'
import type { ServiceDeps } from '../../service/deps'
import { describe } from '../../service/describe'
import { deviceOf } from '../../service/device'
import { problem } from '../../service/problem'
import { staffSignedIn, type StaffSignedIn } from '../../service/staff-signed-in'
import { json, query } from '../../service/validate'
import { deleteAnnouncement, findAnyAnnouncement, listAllAnnouncements, putAnnouncements } from './announcement.repo'

/** Only what was written: a language that was left empty is not there. */
const written = (texts: AnnouncementForm['title']): AnnouncementForm['title'] => ({
  ...Object.fromEntries(LANGUAGES.map((one) => [one, textIn(texts, one)] as const).filter(([, text]) => text !== '')),
  ja: textIn(texts, 'ja'),
})

const toAnnouncement = (id: string, { title, body, until, ...form }: AnnouncementForm): Announcement => ({
  ...form,
  id,
  title: written(title),
  body: written(body),
  ...(until !== undefined && { until }),
})

/** DESIGN §9: announcements in eight languages; readers see them from the instant of publication on, until they are over. */
export const announcementAdminRoutes = (deps: ServiceDeps) => {
  const { db } = deps
  const admin = staffSignedIn(deps, 'admin')

  /** Writes it with its audit row and answers how it stands. */
  const put = async (c: Context<StaffSignedIn>, announcement: Announcement) => {
    const { now, person } = c.var
    return db.transaction().execute(async (trx) => {
      await putAnnouncements(trx, [announcement])
      const subject = `announcement:${announcement.id}`
      const entry = {
        actor: `staff:${person.id}`,
        action: 'announcement.written',
        subject,
        device: deviceOf(c),
      } as const
      await writeAudit(trx, { ...entry, detail: { languages: Object.keys(announcement.title).length } }, now)
      return findAnyAnnouncement(trx, announcement.id, now)
    })
  }

  return new Hono()
    .get(
      '/',
      describe('All announcements, also those to come and those that are over', { 200: managedAnnouncementsReply }, [
        'staff.none',
        'staff.role',
        'request.invalid',
      ]),
      admin,
      query(pageQuery),
      async (c) => c.json(await listAllAnnouncements(db, c.req.valid('query'), c.var.now), 200),
    )
    .get(
      '/:id',
      describe('One announcement, whether or not readers see it', { 200: managedAnnouncement }, [
        'staff.none',
        'staff.role',
        'announcement.unknown',
      ]),
      admin,
      async (c) => {
        const found = await findAnyAnnouncement(db, c.req.param('id'), c.var.now)
        return found ? c.json(found, 200) : problem(c, 'announcement.unknown')
      },
    )
    .post(
      '/',
      describe('Write an announcement', { 201: managedAnnouncement }, ['staff.none', 'staff.role', 'request.invalid']),
      admin,
      json(announcementForm),
      async (c) => {
        const id = `${dateInTokyo(c.var.now).toString()}-${newToken().slice(0, 8)}`
        const made = await put(c, toAnnouncement(id, c.req.valid('json')))
        return made ? c.json(made, 201) : problem(c, 'announcement.unknown')
      },
    )
    .put(
      '/:id',
      describe('Write an announcement under this id; one that is there is replaced', { 200: managedAnnouncement }, [
        'staff.none',
        'staff.role',
        'request.invalid',
      ]),
      admin,
      json(announcementForm),
      async (c) => {
        const id = announcementSchema.shape.id.safeParse(c.req.param('id'))
        if (!id.success) return problem(c, 'request.invalid', { errors: [{ field: 'id', code: 'announcement.id' }] })
        const made = await put(c, toAnnouncement(id.data, c.req.valid('json')))
        return made ? c.json(made, 200) : problem(c, 'announcement.unknown')
      },
    )
    .delete(
      '/:id',
      describe('Take an announcement away', { 204: null }, ['staff.none', 'staff.role', 'announcement.unknown']),
      admin,
      async (c) => {
        const id = c.req.param('id')
        const { now, person } = c.var
        const isGone = await db.transaction().execute(async (trx) => {
          if (!(await deleteAnnouncement(trx, id))) return false
          const entry = {
            actor: `staff:${person.id}`,
            action: 'announcement.deleted',
            subject: `announcement:${id}`,
          } as const
          await writeAudit(trx, { ...entry, device: deviceOf(c) }, now)
          return true
        })
        return isGone ? c.body(null, 204) : problem(c, 'announcement.unknown')
      },
    )
}
