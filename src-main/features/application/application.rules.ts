import { STORED_STATES, type StoredState } from '#domain/application-state'
import { accept, refuse, type Result } from '../../platform/result'

/** What a clerk does; the rest happens by itself. */
export type ClerkStep = 'examine' | 'refuse' | 'issue'

/** 受付 → 審査中 → 交付 / 不交付. A refusal goes out by post (domain.md), so nothing follows it here. */
const STEPS: Record<ClerkStep, { from: readonly StoredState[]; to: StoredState }> = {
  examine: { from: ['received'], to: 'examining' },
  refuse: { from: ['examining'], to: 'refused' },
  issue: { from: ['examining'], to: 'issued' },
}

/** The state after a step of a clerk, or that the step is not possible now. */
export function transition(state: StoredState, step: ClerkStep): Result<StoredState, 'application.state'> {
  return STEPS[step].from.includes(state) ? accept(STEPS[step].to) : refuse('application.state')
}

/** The states of the work list: 期限経過 and 送信失敗 are seen, not kept. */
export const SHOWN_STATES = [...STORED_STATES, 'failed', 'expired'] as const
export type ShownState = (typeof SHOWN_STATES)[number]

/**
 * What the work list shows: 期限経過 when the validity of an unregistered certificate is over, 送信失敗 when its mail was given
 * up. `today` and `validUntil` are ISO dates (Tokyo).
 */
export function shownState(
  { state, validUntil, mailFailed }: { state: StoredState; validUntil: string | null; mailFailed: boolean },
  today: string,
): ShownState {
  const waits = state === 'issued' || state === 'sent'
  if (waits && validUntil !== null && validUntil < today) return 'expired'
  return state === 'issued' && mailFailed ? 'failed' : state
}

/** Ours: `TYO-2026-000123`; the series begins anew each year. */
export const receiptSeries = (officeCode: string, receivedOn: string): string =>
  `${officeCode}-${receivedOn.slice(0, 4)}`
export const receiptNumber = (series: string, count: number): string => `${series}-${String(count).padStart(6, '0')}`
