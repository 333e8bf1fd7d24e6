import type { Selectable } from 'kysely'

/** An announcement; `title` and `body` are JSON objects from language to text. */
export interface AnnouncementTable {
  id: string
  published_at: string
  until: string | null
  important: number
  title: string
  body: string
}
export type AnnouncementRow = Selectable<AnnouncementTable>

export interface AnnouncementTables {
  announcements: AnnouncementTable
}
