import type { Db } from '../../database/open'

/** The tables whose size says something about how the program is used. */
const COUNTED = [
  'accounts',
  'announcements',
  'applications',
  'audit',
  'certificates',
  'mail_links',
  'outbox',
  'sessions',
  'staff',
  'staff_sessions',
] as const

/** How many rows there are, table by table; nothing of what is in them. */
export async function countRows(db: Db): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of COUNTED) {
    const { count } = await db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    counts[table] = Number(count)
  }
  return counts
}
