/** What a mailed link is for. */
export type LinkKind = 'registration' | 'receipt' | 'password-reset' | 'email-change' | 'email-undo'
