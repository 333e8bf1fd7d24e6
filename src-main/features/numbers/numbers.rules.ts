import type { Temporal } from 'temporal-polyfill'

/** Ours: so many weeks are seen at a glance. */
export const WEEKS = 12

/** The weeks (Monday to Monday) up to the one of `today`, the oldest first. */
export function lastWeeks(today: Temporal.PlainDate): { from: Temporal.PlainDate; to: Temporal.PlainDate }[] {
  const monday = today.subtract({ days: today.dayOfWeek - 1 })
  return Array.from({ length: WEEKS }, (_, place) => {
    const from = monday.subtract({ weeks: WEEKS - 1 - place })
    return { from, to: from.add({ weeks: 1 }) }
  })
}
