import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Account } from '#contract/http/account/account'
import type { FieldProblem } from '#contract/http/problem'
import { useDraft } from '../../../composables/form/draft'
import { useDrafts } from '../../../stores/drafts/drafts'
import { useSession } from '../../../stores/session/session'

/** What 利用者変更 can change (M6.3), in the order of the screen. */
export const DETAILS = ['postalCode', 'address', 'phone'] as const
export type Detail = (typeof DETAILS)[number]

/**
 * What the changes of M6 carry from screen to screen. What is typed belongs to the person, on any visit; what was done last is
 * of this window, until he signs out.
 */
export const useChange = defineStore('change', () => {
  const drafts = useDrafts()
  const session = useSession()
  const email = () => useDraft('change.email', { email: '', emailConfirmation: '' }, { owner: 'person' })
  const emailSent = () => useDraft('change.email-sent', { email: '', expiresAt: '' })
  const details = () =>
    useDraft('change.details', { begun: '', postalCode: '', address: '', phone: '' }, { owner: 'person' })
  const done = () => useDraft('change.done', { what: '', category: '', email: '' })

  /** What the service refused at the very end: the form shows it. */
  const refused = ref<FieldProblem[]>([])

  /** Begins with what is registered, unless something was typed before; when that has changed since, it begins anew. */
  async function begin(account: Account): Promise<void> {
    const { values, ready } = details()
    await ready()
    const registered = DETAILS.map((detail) => account[detail] ?? '').join('\n')
    if (values.begun === registered) return
    for (const detail of DETAILS) values[detail] = account[detail] ?? ''
    values.begun = registered
  }

  /** Keeps for 利用者変更完了 what was changed (`password`, or details apart by spaces), and to where that was told. */
  function complete(what: readonly string[], { category, email: to }: Account): void {
    Object.assign(done().values, { what: what.join(' '), category, email: to })
    if (!what.includes('password')) details().forget()
  }

  /** The address is changed: nothing of the way there can be repeated. */
  function completeEmail(): void {
    for (const draft of [email(), emailSent()]) draft.forget()
  }

  /**
   * Does what changes the credentials, and the key of drafts with them: what was typed and not sent is read before with the old key,
   * and kept with the new one afterwards. On other devices it is gone; its sessions are, too.
   */
  async function carryDrafts<Done>(act: () => Promise<Done>): Promise<Done> {
    if (!session.signedIn) return act()
    await Promise.all([email().ready(), details().ready()])
    const done = await act()
    await drafts.rekey()
    return done
  }

  return { email, emailSent, details, done, refused, begin, complete, completeEmail, carryDrafts }
})
