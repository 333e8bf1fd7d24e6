import type { FieldProblem } from '#contract/http/problem'
import type { ApiProblem } from '../api/problem'
import { useDates } from './dates'
import { useText } from './text'

/** Texts for what the service or a schema refused: `problem.<code>` with what was found. An unknown code has a general text. */
export function useProblemText() {
  const { t, has } = useText()
  const dates = useDates()

  function ofField(error: FieldProblem): string {
    const general = `problem.${error.code}`
    const better = `${general}.suggestion`
    const key = error.params?.['suggestion'] !== undefined && has(better) ? better : general
    return has(key) ? t(key, error.params) : t('problem.field.other')
  }

  function ofProblem(problem: ApiProblem): string {
    const key = `problem.${problem.code}`
    if (!has(key)) return t('problem.service.failed')
    return t(key, {
      incident: problem.incident ?? '',
      until: problem.until ? dates.minute(problem.until) : '',
      retryAt: problem.retryAt ? dates.minute(problem.retryAt) : '',
    })
  }

  return { ofField, ofProblem }
}
