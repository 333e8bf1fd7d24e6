import list from '../../../resources/reference/common-passwords.json' with { type: 'json' }

const common = new Set(list.passwords.map((password) => password.toLowerCase()))

/** Ours: whether a password stands on the list of those that are guessed first, in whatever case. */
export const isCommonPassword = (password: string): boolean => common.has(password.toLowerCase())
