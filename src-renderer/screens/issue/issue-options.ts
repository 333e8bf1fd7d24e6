import { computed } from 'vue'
import nationalities from '../../../resources/reference/nationalities.json'
import statuses from '../../../resources/reference/statuses-of-residence.json'
import { nationalityName } from '../../composables/reference/nationalities'
import { useNames } from '../../i18n/readings/names'
import { useText } from '../../i18n/text'

interface Status {
  ja: string
  en: string
  periods: string[]
  /** The longest period that the Minister may designate for a person. */
  designatedUpTo?: string
}
const byName = new Map((statuses.items as Status[]).map((status) => [status.ja, status]))

/** The status of residence with this Japanese name, null for one for which no certificate can exist (domain.md). */
export function statusOf(ja: string): Status | null {
  return byName.get(ja) ?? null
}

const PERIOD = /^(?:([1-9]\d?)年)?(?:([1-9]\d?)月)?(?:([1-9]\d{0,2})日)?$/

/** How long a period of stay is, in days of a year of 12 months of 31 days: only to tell the longer one. Null: no period. */
export function lengthOf(period: string): number | null {
  const found = PERIOD.exec(period)
  if (!found || period === '') return null
  const [years = 0, months = 0, days = 0] = found.slice(1).map((count) => Number(count ?? 0))
  return (years * 12 + months) * 31 + days
}

/** What is wrong with the period of a status: only fixed ones, or where the Minister designates one, none that is longer. */
export function periodProblem(statusName: string, period: string): 'period.form' | 'period.long' | null {
  const status = statusOf(statusName)
  if (!status || period === '' || status.periods.includes(period)) return null
  const length = lengthOf(period)
  if (!status.designatedUpTo || length === null) return 'period.form'
  return length > (lengthOf(status.designatedUpTo) ?? 0) ? 'period.long' : null
}

/** The lists of the form. Nationalities: the frequent ones first, each beginning with its code, so that typing it finds it. */
export function useIssueOptions() {
  const { t, language } = useText()
  const named = useNames()
  const choose = computed(() => ({ value: '', label: t('application.choose') }))
  return {
    statuses: computed(() => [
      choose.value,
      ...[...byName.values()].map(({ ja, en }) => ({ value: ja, label: `${named(ja)} ${en}` })),
    ]),
    periods: (statusName: string) => [
      choose.value,
      ...(statusOf(statusName)?.periods ?? []).map((period) => ({ value: period, label: named(period) })),
    ],
    nationalities: computed(() => {
      const rest = Object.keys(nationalities.items).filter((code) => !nationalities.frequent.includes(code))
      const codes = [...nationalities.frequent, ...rest]
      return [
        choose.value,
        ...codes.map((code) => ({
          value: code,
          label: `${code} ${named(nationalityName(code, language.value) ?? '')}`,
        })),
      ]
    }),
  }
}
