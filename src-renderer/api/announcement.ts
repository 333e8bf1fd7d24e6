import { announcementSchema, announcementsReply } from '#contract/http/staff/announcement'
import { call, part, type PageQuery } from './call'

/** What everybody may read. */
export const announcementApi = {
  list: (wish: PageQuery = {}) => call('GET', '/announcements', { query: { ...wish }, reply: announcementsReply }),
  read: (id: string) => call('GET', `/announcements/${part(id)}`, { reply: announcementSchema }),
}
