import type { TimelineEntry } from '#contract/http/certificate/certificate-view'

const REMINDERS: readonly TimelineEntry['kind'][] = [
  'reminder-queued',
  'reminder-sent',
  'reminder-failed',
  'reminder-withdrawn',
]

/** The steps without the reminders before the last one: that one says how many there were. */
export function briefly(steps: TimelineEntry[]): TimelineEntry[] {
  const last = steps.findLast(({ kind }) => REMINDERS.includes(kind))
  return steps.filter((step) => step === last || !REMINDERS.includes(step.kind))
}

/** The step that the certificate is waiting at: the last one that is next. */
export function stepTaken(steps: TimelineEntry[]): TimelineEntry | null {
  return steps.findLast(({ state }) => state === 'next') ?? null
}

/** The newest mail that a server took: if it is not found, that one is looked for. */
export function hintedMail(steps: TimelineEntry[]): TimelineEntry | null {
  return steps.findLast(({ kind }) => kind === 'mail-sent' || kind === 'reminder-sent') ?? null
}
