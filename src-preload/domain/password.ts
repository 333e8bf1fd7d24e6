/** M3-6: 10–20 characters, at least one of each of the four kinds, nothing else. */
export const PASSWORD_MIN = 10
export const PASSWORD_MAX = 20
export const PASSWORD_SYMBOLS = '$%&=@_#*+-?!'

/** The rules of M3-6 in the order in which a screen shows them. */
export const PASSWORD_RULES = ['length', 'upper', 'lower', 'digit', 'symbol'] as const
export type PasswordRule = (typeof PASSWORD_RULES)[number]

const kinds: Record<Exclude<PasswordRule, 'length'>, RegExp> = {
  upper: /[A-Z]/,
  lower: /[a-z]/,
  digit: /[0-9]/,
  symbol: /[$%&=@_#*+\-?!]/,
}

/** Which rules of M3-6 a password keeps so far; for the list that ticks itself off while typing. */
export function passwordRulesMet(password: string): Record<PasswordRule, boolean> {
  return {
    length: password.length >= PASSWORD_MIN && password.length <= PASSWORD_MAX,
    upper: kinds.upper.test(password),
    lower: kinds.lower.test(password),
    digit: kinds.digit.test(password),
    symbol: kinds.symbol.test(password),
  }
}

export interface PasswordProblem {
  code: 'password.short' | 'password.long' | 'password.characters' | 'password.kinds'
  params?: Record<string, string | number>
}

/** The first rule of M3-6 that a password breaks, or null. `params.count` is its length, `params.found` the first character not allowed. */
export function findPasswordProblem(password: string): PasswordProblem | null {
  const foreign = [...password].find((sign) => !/^[A-Za-z0-9$%&=@_#*+\-?!]$/.test(sign))
  if (foreign !== undefined) return { code: 'password.characters', params: { found: foreign } }
  if (password.length < PASSWORD_MIN) return { code: 'password.short', params: { count: password.length } }
  if (password.length > PASSWORD_MAX) return { code: 'password.long', params: { count: password.length } }
  const met = passwordRulesMet(password)
  return met.upper && met.lower && met.digit && met.symbol ? null : { code: 'password.kinds' }
}
