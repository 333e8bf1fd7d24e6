import { useDraft } from '../form/draft'

/** What the login screen keeps over Back and other screens: the ID, and until when it is locked (instant). Never a password. */
export const useLoginDraft = () => useDraft('session.login', { userId: '', lockedUntil: '' })
