import type { Counter, OwnApplicationState, TimelineEntry } from '#contract/http/certificate/certificate-view'
import { timelineEntry } from '../timeline/timeline.rules'
import type { StoredState } from '#domain/application-state'
import type { ApplicationRow } from '../../database/tables/application.table'

/** When the examination began and when the application was refused: instants (ISO), null where nothing says so. */
export interface CounterSteps {
  examinedAt: string | null
  refusedAt: string | null
}
export const NO_STEPS: CounterSteps = { examinedAt: null, refusedAt: null }

/** Where an application stands that has no certificate: what is kept, since nothing is seen beyond it. */
export function pendingState(state: StoredState): Extract<OwnApplicationState, 'received' | 'examining' | 'refused'> {
  return state === 'received' || state === 'refused' ? state : 'examining'
}

/** How an application came in at a counter; null when it came with a handed-over certificate: its owner never had the number. */
export function counterOf(row: ApplicationRow): Counter | null {
  if (row.taken_by === null) return null
  return { receiptNumber: row.receipt_number, office: row.office, receivedOn: row.received_on }
}

/**
 * The way of an application before its certificate: taken in, examined, and what is awaited. A refusal comes by post (domain.md)
 * and ends it. What was handed over has no such way.
 */
export function counterTimeline(row: ApplicationRow, { examinedAt, refusedAt }: CounterSteps): TimelineEntry[] {
  if (row.taken_by === null) return []
  const received = timelineEntry('received', 'done', row.received_on)
  if (row.certificate_number !== null) return [received, timelineEntry('examining', 'done', examinedAt)]
  const state = pendingState(row.state)
  if (state === 'refused')
    return [received, timelineEntry('examining', 'done', examinedAt), timelineEntry('refused', 'done', refusedAt)]
  return [received, timelineEntry('examining', 'next', examinedAt), timelineEntry('result', 'later', null)]
}
