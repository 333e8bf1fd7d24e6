import type { Language } from '#domain/language'
import nationalities from '../../../resources/reference/nationalities.json'

interface Nationality {
  alpha2?: string
  names?: Partial<Record<Language, string>>
}

/** The name of a nationality or region (`VNM` → `ベトナム`), null for a code that is not in the reference data; as in the mails. */
export function nationalityName(code: string, language: Language): string | null {
  const entry = (nationalities.items as Record<string, Nationality | undefined>)[code]
  const own = entry?.names?.[language]
  if (own || !entry?.alpha2) return own ?? entry?.names?.en ?? null
  const locale = language === 'tl' ? 'fil' : language
  // Older browsers cannot name regions.
  if (!('DisplayNames' in Intl)) return entry.names?.en ?? null
  return new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' }).of(entry.alpha2) ?? null
}
