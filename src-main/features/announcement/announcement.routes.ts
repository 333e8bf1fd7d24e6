import { Hono } from 'hono'
import { announcementSchema, announcementsReply } from '#contract/http/staff/announcement'
import { pageQuery } from '#contract/http/certificate/receipt'
import type { ServiceDeps } from '../../http/service-deps'
import { describe } from '../../http/openapi'
import { problem } from '../../http/problem'
import { query } from '../../http/validate'
import { findAnnouncement, listAnnouncements } from './announcement.repo'

/** M1.5: announcements for everybody. */
export const announcementRoutes = ({ db, clock }: ServiceDeps) =>
  new Hono()
    .get(
      '/',
      describe('Announcements (M1.5)', { 200: announcementsReply }, ['request.invalid']),
      query(pageQuery),
      async (c) => c.json(await listAnnouncements(db, c.req.valid('query'), clock.now()), 200),
    )
    .get('/:id', describe('One announcement', { 200: announcementSchema }, ['announcement.unknown']), async (c) => {
      const found = await findAnnouncement(db, c.req.param('id'), clock.now())
      return found ? c.json(found, 200) : problem(c, 'announcement.unknown')
    })
