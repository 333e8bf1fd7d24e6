import { defineStore } from 'pinia'
import { useDraft } from '../../composables/form/draft'
import { useLoginDraft } from '../../composables/session/login-draft'

/**
 * What the forgotten ID (M2.4) and the forgotten password (M2.5) carry from screen to screen. It survives a reload of the
 * window; no link, code or password is written down.
 */
export const useRecovery = defineStore('recovery', () => {
  const reminder = () => useDraft('forgot-id', { email: '', nameEn: '' })
  const reminded = () => useDraft('forgot-id.sent', { email: '' })
  const reset = () => useDraft('forgot-password', { userId: '', email: '' })
  const resetSent = () => useDraft('forgot-password.sent', { email: '', expiresAt: '' })
  const resetDone = () => useDraft('password-reset.done', { userId: '' })

  /** The new password is in place: the lock is lifted, the login knows the ID, nothing of the way there can be repeated. */
  async function completeReset(userId: string): Promise<void> {
    const login = useLoginDraft()
    // What was kept comes first; else it would bring the lock back.
    await login.ready()
    Object.assign(login.values, { userId, lockedUntil: '' })
    for (const draft of [reset(), resetSent()]) draft.forget()
    resetDone().values.userId = userId
  }

  return { reminder, reminded, reset, resetSent, resetDone, completeReset }
})
