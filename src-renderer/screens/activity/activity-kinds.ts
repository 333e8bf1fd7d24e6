import type { Activity } from '#contract/http/account/my-page'
import type { IconName } from '../../components/elements/AppIcon.vue'

type Kind = Activity['kind']

/** Sign-ins, failures and changes: what somebody else could have done. The rest happens by itself or ends something. */
const BY_A_PERSON: ReadonlySet<Kind> = new Set([
  'account.phone-changed',
  'account.mail-language-changed',
  'account.password-changed',
  'account.password-reset',
  'account.email-change-asked',
  'account.email-changed',
  'account.email-change-undone',
  'account.exported',
  'account.deletion-asked',
  'account.deletion-withdrawn',
  'account.reset-asked',
  'account.id-reminded',
  'session.opened',
  'session.wrong',
  'session.locked',
  'receipt.registered',
])

/** Whether the reader is offered to say 「これは自分ではない」. */
export const canBeDisowned = (kind: Kind): boolean => BY_A_PERSON.has(kind)

/** What did not go through. */
export const isFailure = (kind: Kind): boolean => ['session.wrong', 'session.locked', 'mail.failed'].includes(kind)

/** A sign beside the words, which say the same. */
export function activityIcon(kind: Kind): IconName {
  if (isFailure(kind)) return 'warning'
  if (kind.startsWith('session.')) return 'key'
  if (kind.startsWith('mail.') || kind === 'account.test-mail') return 'mail'
  return kind === 'receipt.registered' ? 'done' : 'user'
}

export interface ActivityDay {
  /** As it is shown, in Tokyo. */
  day: string
  items: Activity[]
}

/** The same order, parted where the day changes; `dayOf` names the day of an instant. */
export function byDay(items: readonly Activity[], dayOf: (at: string) => string): ActivityDay[] {
  const days: ActivityDay[] = []
  for (const item of items) {
    const day = dayOf(item.at)
    const last = days.at(-1)
    if (last?.day === day) last.items.push(item)
    else days.push({ day, items: [item] })
  }
  return days
}
