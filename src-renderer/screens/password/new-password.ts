import type { FieldProblem } from '#contract/http/problem'

/**
 * That both passwords are the same. The contract's form tells it only once every single field fits; a reader wants to know
 * all mistakes at once.
 */
export function passwordPairProblems(typed: { password: string; passwordConfirmation: string }): FieldProblem[] {
  if (typed.passwordConfirmation === typed.password && typed.password !== '') return []
  return [
    {
      field: 'passwordConfirmation',
      code: typed.passwordConfirmation === '' ? 'field.required' : 'password.mismatch',
    },
  ]
}
