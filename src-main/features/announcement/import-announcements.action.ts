import * as z from 'zod/mini'
import type { Temporal } from 'temporal-polyfill'
import { announcementEntry } from '#contract/http/staff/announcement'
import type { FieldProblem } from '#contract/http/problem'
import firstOnes from '../../../resources/announcements.json' with { type: 'json' }
import type { Db } from '../../database/open'
import { readAppMetadata, writeAppMetadata } from '../../database/app-metadata'
import { accept, refuse, type Result } from '../../platform/result'
import { writeAudit } from '../../database/audit'
import { damagedTexts } from '#domain/text/damaged-text'
import { fieldProblems } from '../../platform/field-problems'
import { putAnnouncements } from './announcement.repo'

/** Takes announcements in (DESIGN §10): a JSON array, all or none; the same id replaces. Answers how many were written. */
export async function importAnnouncements(
  db: Db,
  text: string,
  actor: string,
  now: Temporal.Instant,
): Promise<Result<number, FieldProblem[]>> {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return refuse([{ field: '', code: 'row.json' }])
  }
  const lost = damagedTexts(value)
  if (lost.length > 0) return refuse(lost)
  const parsed = z.array(announcementEntry, { error: 'row.array' }).safeParse(value)
  if (!parsed.success) return refuse(fieldProblems(parsed.error.issues))
  await db.transaction().execute(async (trx) => {
    await putAnnouncements(trx, parsed.data)
    await writeAudit(
      trx,
      { actor, action: 'announcements.written', subject: 'announcements', detail: { count: parsed.data.length } },
      now,
    )
  })
  return accept(parsed.data.length)
}

const SEEDED = 'announcements-seeded'

/** Gives a new data directory the announcements that come with the program, once. */
export async function seedAnnouncements(db: Db): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if ((await readAppMetadata(trx, SEEDED)) !== null) return
    await putAnnouncements(trx, z.array(announcementEntry).parse(firstOnes))
    await writeAppMetadata(trx, SEEDED, 'yes')
  })
}
