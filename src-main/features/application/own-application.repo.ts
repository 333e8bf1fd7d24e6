import type { Db } from '../../database/open'
import type { ApplicationRow } from '../../database/tables/application.table'
import { NO_STEPS, type CounterSteps } from './own-application.rules'

/** One page of a person's applications, the newest first; pages count from 1. */
export async function listOwnApplications(
  db: Db,
  accountId: string,
  { page, size }: { page: number; size: number },
): Promise<{ rows: ApplicationRow[]; total: number }> {
  const counted = await db
    .selectFrom('own_application_counts')
    .select('count')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  const rows = await db
    .selectFrom('applications')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('created_at', 'desc')
    .orderBy('receipt_number')
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  return { rows, total: counted?.count ?? 0 }
}

/** The application that a certificate belongs to. */
export async function findApplicationOf(db: Db, certificateNumber: string): Promise<ApplicationRow | null> {
  const row = await db
    .selectFrom('applications')
    .selectAll()
    .where('certificate_number', '=', certificateNumber)
    .executeTakeFirst()
  return row ?? null
}

/** When clerks took their steps with these applications, as the audit log has it. */
export async function listCounterSteps(
  db: Db,
  rows: readonly ApplicationRow[],
): Promise<(row: ApplicationRow) => CounterSteps> {
  const subjects = rows.filter((row) => row.taken_by !== null).map(({ id }) => `application:${id}`)
  const acts = subjects.length
    ? await db
        .selectFrom('audit')
        .select(['subject', 'action', 'at'])
        .where('subject', 'in', subjects)
        .where('action', 'in', ['application.examined', 'application.refused'])
        .execute()
    : []
  const steps = new Map<string, CounterSteps>()
  for (const { subject, action, at } of acts) {
    const known = steps.get(subject) ?? NO_STEPS
    steps.set(subject, action === 'application.examined' ? { ...known, examinedAt: at } : { ...known, refusedAt: at })
  }
  return ({ id }) => steps.get(`application:${id}`) ?? NO_STEPS
}
