import { typedEmail } from '#domain/text/email-address'
import domains from '../../../resources/reference/mail-domains.json'

const frequent: readonly string[] = domains.frequent
const known: ReadonlySet<string> = new Set([...frequent, ...domains.like])
const mistaken: Readonly<Record<string, string>> = domains.mistaken
const endings: Readonly<Record<string, string>> = domains.endings

/**
 * How many keys were hit wrongly between two words: a letter more, a letter less, another one, two exchanged
 * (optimal string alignment).
 */
export function typingDistance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)]
  const at = (row: number, column: number) => rows[row]?.[column] ?? Infinity
  for (let row = 1; row <= one.length; row += 1) {
    rows[row] = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const differs = one[row - 1] === other[column - 1] ? 0 : 1
      const exchanged = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      ;(rows[row] as number[])[column] = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + differs,
        exchanged ? at(row - 2, column - 2) + 1 : Infinity,
      )
    }
  }
  return at(one.length, other.length)
}

/** Short names are too much alike: there one key must be enough, and the name before the first dot must be right. */
function isLikely(typed: string, domain: string): boolean {
  const distance = typingDistance(typed, domain)
  if (domain.length <= 8) return distance === 1 && typed.split('.')[0] === domain.split('.')[0]
  return distance <= (domain.length <= 10 ? 1 : 2)
}

/** The closest frequent domain, the more frequent one of two; null where none is near. */
function nearest(typed: string): string | null {
  const near = frequent
    .filter((domain) => isLikely(typed, domain))
    .map((domain) => ({ domain, distance: typingDistance(typed, domain) }))
  return near.toSorted((one, other) => one.distance - other.distance)[0]?.domain ?? null
}

/** `gmail` for `gmail.com`: the name alone. */
const byName = (typed: string): string | null =>
  typed.includes('.') ? null : (frequent.find((domain) => domain.split('.')[0] === typed) ?? null)

/** `example.con` → `example.com`: an ending that does not exist. */
function withRealEnding(typed: string): string | null {
  const dot = typed.lastIndexOf('.')
  const ending = endings[typed.slice(dot + 1)]
  return dot > 0 && ending ? `${typed.slice(0, dot)}.${ending}` : null
}

/**
 * The address that was probably meant (`an@gmial.com` → `an@gmail.com`), or null. A domain that is known, or far from all known
 * ones (a firm's own), is never questioned.
 */
export function likelyEmail(typed: string): string | null {
  const plain = typedEmail(typed)
  const at = plain.lastIndexOf('@')
  if (at < 1 || at === plain.length - 1) return null
  const written = plain.slice(at + 1).toLowerCase()
  const domain = written
    .replaceAll(',', '.')
    .replace(/\.{2,}/g, '.')
    .replace(/^\.|\.$/g, '')
  const meant = known.has(domain)
    ? domain
    : (mistaken[domain] ?? byName(domain) ?? nearest(domain) ?? withRealEnding(domain) ?? domain)
  return meant === written ? null : `${plain.slice(0, at)}@${meant}`
}
