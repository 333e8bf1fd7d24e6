import type { Temporal } from 'temporal-polyfill'
import type { Health } from '#contract/http/health'
import type { DataProblem } from '../database/copy/data-problem.rules'

/** What is known of the data of a running program. */
export type HealthParts = Required<Pick<Health, 'disk' | 'backup'>> & {
  database: { status: 'ok' | 'failing'; problem: DataProblem | null }
}

/** Watches over database, disk and backups. */
export interface HealthMonitor {
  /** Looks at the database by writing to it, at the room on its disk, and at the automatic backups; never fails. */
  look(now: Temporal.Instant): Promise<HealthParts>
  /** Takes note of what the database answered to somebody else: damage does not go away by itself. */
  note(thrown: unknown): void
}
