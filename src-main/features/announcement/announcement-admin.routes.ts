import { Hono } from 'hono'
import {
  announcementForm,
  managedAnnouncement,
  managedAnnouncementsReply,
  textIn,
  type AnnouncementForm,
} from '#contract/http/staff/admin'
import { announcementSchema, type Announcement } from '#contract/http/staff/announcement'
import { LANGUAGES } from '#domain/language'
import { pageQuery } from '#contract/http/certificate/receipt'
import { dateInTokyo } from '../../platform/clock'
import { newToken } from '../../platform/ids'
import type { ServiceDeps } from '../../http/service-deps'
import { describe } from '../../http/openapi'
import { answerRefusal, problem } from '../../http/problem'
import { staffSignedIn } from '../staff-session/staff-signed-in.guard'
import { json, query } from '../../http/validate'
import { findAnyAnnouncement, listAllAnnouncements } from './announcement.repo'
import { takeAnnouncementAway, writeAnnouncement } from './write-announcement.action'

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
        const wish = { announcement: toAnnouncement(id, c.req.valid('json')), mustBeThere: false }
        const made = await writeAnnouncement(deps, c.var.actor, wish, c.var.now)
        return made.ok ? c.json(made.value, 201) : answerRefusal(c, made)
      },
    )
    .put(
      '/:id',
      describe(
        'Write an announcement under this id; one that is there is replaced. With `If-Match: *` only where one is there',
        { 200: managedAnnouncement },
        ['staff.none', 'staff.role', 'announcement.unknown', 'request.invalid'],
      ),
      admin,
      json(announcementForm),
      async (c) => {
        const id = announcementSchema.shape.id.safeParse(c.req.param('id'))
        if (!id.success) return problem(c, 'request.invalid', { errors: [{ field: 'id', code: 'announcement.id' }] })
        // RFC 9110, 13.1.1: `If-Match: *` writes only over what is there.
        const mustBeThere = c.req.header('if-match') === '*'
        const wish = { announcement: toAnnouncement(id.data, c.req.valid('json')), mustBeThere }
        const made = await writeAnnouncement(deps, c.var.actor, wish, c.var.now)
        return made.ok ? c.json(made.value, 200) : answerRefusal(c, made)
      },
    )
    .delete(
      '/:id',
      describe('Take an announcement away', { 204: null }, ['staff.none', 'staff.role', 'announcement.unknown']),
      admin,
      async (c) => {
        const done = await takeAnnouncementAway(deps, c.var.actor, c.req.param('id'), c.var.now)
        return done.ok ? c.body(null, 204) : answerRefusal(c, done)
      },
    )
}
