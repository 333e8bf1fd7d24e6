import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { useDraft } from '../../composables/form/draft'
import type { Draft } from '../../stores/drafts/drafts'
import { emptyRegistration, type RegistrationDraft } from './fields/registration.fields'

/**
 * What one registration carries from screen to screen: where the mail went, what was typed, which ID was issued. What is typed
 * into the form belongs to the holder of the link and is there again when the link is opened again; the rest belongs to this
 * window. No link, code or password is written down.
 */
export const useRegistration = defineStore('registration', () => {
  const entry = () => useDraft('registration.email', { email: '', emailConfirmation: '' }, { owner: 'window' })
  const sent = () => useDraft('registration.sent', { email: '', expiresAt: '' }, { owner: 'window' })
  const issued = () => useDraft('registration.issued', { userId: '', email: '' }, { owner: 'window' })

  const opened = shallowRef<{ token: string; draft: Draft<RegistrationDraft> } | null>(null)
  /** A [登録する] whose answer never came: it may have gone through. */
  const unanswered = ref(false)
  /** The service refused a field at the very end: the form shows which. */
  const refused = ref(false)

  /** Opens what was typed with this link; nothing of it is ever shown or sent with another one. */
  async function beginFor(token: string, link: { email: string; expiresAt: string }): Promise<void> {
    const draft = useDraft(
      'registration.form',
      { ...emptyRegistration(), email: link.email },
      { owner: { link: token, until: link.expiresAt }, secret: ['password', 'passwordConfirmation'] },
    )
    await draft.ready()
    if (opened.value?.token !== token) unanswered.value = false
    opened.value = { token, draft }
  }

  /** What is typed with a link that has been opened in this window, or null. */
  const formOf = (token: string) => (opened.value?.token === token ? opened.value.draft : null)

  /** The link is of no use any more, and neither is what was typed with it. */
  function abandon(): void {
    opened.value?.draft.forget()
    opened.value = null
  }

  /** The account exists: its ID is kept for the last screen, what was typed is forgotten. */
  function complete(account: { userId: string; email: string }): void {
    Object.assign(issued().values, account)
    for (const draft of [sent(), entry()]) draft.forget()
    abandon()
    unanswered.value = false
  }

  return { entry, sent, issued, unanswered, refused, beginFor, formOf, abandon, complete }
})
