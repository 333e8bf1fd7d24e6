import type { Language } from '#domain/language'
import { lineOf, narrowed } from '#domain/text/typed-text'
import nationalities from '../../../resources/reference/nationalities.json' with { type: 'json' }
import offices from '../../../resources/reference/offices.json' with { type: 'json' }
import statuses from '../../../resources/reference/statuses-of-residence.json' with { type: 'json' }

interface Nationality {
  /** ISO 3166-1 alpha-2, under which `Intl.DisplayNames` knows the name; absent for entries with names of their own only. */
  alpha2?: string
  /** Names that stand before those of `Intl.DisplayNames`. */
  names?: Partial<Record<Language, string>>
}

/** Full-width digits and letters, as examination systems write them, are the same name. */
const plain = (name: string) => narrowed(lineOf(name)).trim()

const byJapanese = (items: { ja: string; en: string }[]) => new Map(items.map((item) => [plain(item.ja), item.en]))
const statusNames = byJapanese(statuses.items)
const officeNames = byJapanese(offices.items)
const specialPeriods = new Map(Object.entries(statuses.periods))

/**
 * The name of a nationality or region (`VNM` → `ベトナム`, `Viet Nam`) in one of the eight languages, null for a code that is not
 * in the reference data. The code is ISO 3166-1 alpha-3, `XXA` for stateless persons, `XKR` for 朝鮮 (domain.md).
 */
export function nationalityName(code: string, language: Language): string | null {
  const entry = Object.hasOwn(nationalities.items, code)
    ? (nationalities.items as Record<string, Nationality>)[code]
    : undefined
  if (!entry) return null
  const own = entry.names?.[language]
  if (own) return own
  if (!entry.alpha2) return entry.names?.en ?? null
  return new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }).of(entry.alpha2) ?? null
}

/** The official English name of a status of residence given in Japanese, null when no certificate can exist for it (domain.md). */
export function statusNameEn(ja: string): string | null {
  return statusNames.get(plain(ja)) ?? null
}

/** The English name of an issuing office given in Japanese, null when it is not in the reference data: then only the Japanese is shown. */
export function officeNameEn(ja: string): string | null {
  return officeNames.get(plain(ja)) ?? null
}

/** The code with which receipt numbers of an office begin (`TYO`), null when the office is not in the reference data. */
export function officeCode(ja: string): string | null {
  return offices.items.find((office) => plain(office.ja) === plain(ja))?.code ?? null
}

/**
 * A period of stay in English: `3年` → `3 years`, `3月` → `3 months`, `4年3月` → `4 years 3 months`, `15日` → `15 days`; null for
 * anything that is not a period.
 */
export function periodEn(ja: string): string | null {
  const written = plain(ja)
  const special = specialPeriods.get(written)
  if (special) return special
  const found = /^(?:([1-9]\d?)年)?(?:([1-9]\d?)(?:か|ヶ|ケ|カ)?月)?(?:([1-9]\d{0,2})日)?$/.exec(written)
  if (!found || written === '') return null
  const units = ['year', 'month', 'day']
  const said = found
    .slice(1)
    .flatMap((count, place) => (count ? [`${count} ${units[place]}${count === '1' ? '' : 's'}`] : []))
  return said.join(' ')
}
