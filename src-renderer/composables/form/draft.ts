import { type Draft, type DraftOwner, useDrafts } from '../../stores/drafts/drafts'

/**
 * What is typed into a form, or carried from screen to screen: kept over errors, Back, other screens, a language switch, a reload
 * and the end of the session, and for a person or the holder of a link also over closing the window. On the device it is
 * encrypted, for its owner only. Fields named in `secret` (passwords, codes) are kept in memory only. `forget()` it when the task
 * is done.
 */
export function useDraft<Values extends Record<string, string>>(
  name: string,
  initial: Values,
  { owner = 'window', secret = [] }: { owner?: DraftOwner; secret?: (keyof Values & string)[] } = {},
): Draft<Values> {
  return useDrafts().open(name, initial, owner, secret) as unknown as Draft<Values>
}
