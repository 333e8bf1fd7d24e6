import { defineStore } from 'pinia'
import { ref } from 'vue'
import { useDraft } from '../../composables/draft'
import { emptyRegistration } from './registration.fields'

/**
 * What one registration carries from screen to screen: where the mail went, what was typed, which ID was issued.
 * All but the passwords survives a reload of the window; no link, code or password is written down.
 */
export const useRegistration = defineStore('registration', () => {
  const entry = () => useDraft('registration.email', { email: '', emailConfirmation: '' })
  const sent = () => useDraft('registration.sent', { email: '', expiresAt: '' })
  const form = () =>
    useDraft('registration.form', emptyRegistration(), { secret: ['password', 'passwordConfirmation'] })
  const issued = () => useDraft('registration.issued', { userId: '', email: '' })

  /** The link whose form is filled in; in memory only, so that nothing typed is ever sent with another one. */
  const openedLink = ref<string | null>(null)
  /** A [登録する] whose answer never came: it may have gone through. */
  const unanswered = ref(false)
  /** The confirmation was opened without a password, as after a reload. */
  const passwordLost = ref(false)
  /** The service refused a field at the very end: the form shows which. */
  const refused = ref(false)

  /** Keeps what was typed for this mail; what was typed for another one is forgotten (perhaps another person's; ours). */
  function beginFor(token: string, link: { email: string; expiresAt: string }): void {
    openedLink.value = token
    const { values } = form()
    if (values.email === link.email && values.expiresAt === link.expiresAt) return
    Object.assign(values, emptyRegistration(), { email: link.email, expiresAt: link.expiresAt })
    unanswered.value = false
  }

  /** The account exists: its ID is kept for the last screen, what was typed is forgotten. */
  function complete(account: { userId: string; email: string }): void {
    Object.assign(issued().values, account)
    for (const draft of [form(), sent(), entry()]) draft.forget()
    openedLink.value = null
    unanswered.value = false
  }

  return { entry, sent, form, issued, openedLink, unanswered, passwordLost, refused, beginFor, complete }
})
