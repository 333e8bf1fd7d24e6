/** Ours (DESIGN §3): 31 signs that are not mistaken for each other; the place of a sign is its value, 0–30. */
export const USER_ID_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
export const USER_ID_LENGTH = 10

/**
 * What a person typed as a user ID, in the written form: full-width letters narrowed, capitals, no spaces, hyphens and invisible signs.
 * Old IDs may have any form; therefore nothing else is touched.
 */
export function normalizeUserId(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2010-\u2015\u2212\u30FC-]/gu, '')
    .toUpperCase()
}

/** Ours: the weighted sum of the ten signs, weights 10 … 1 from the left, modulo 31; null when a sign is not in the alphabet. */
function weightedSum(signs: string): number | null {
  let sum = 0
  for (const [place, sign] of [...signs].entries()) {
    const value = USER_ID_ALPHABET.indexOf(sign)
    if (value < 0) return null
    sum += value * (USER_ID_LENGTH - place)
  }
  return sum % USER_ID_ALPHABET.length
}

/** The ten-character ID that begins with these nine signs of the alphabet: the last sign makes the sum divisible by 31. */
export function withCheckCharacter(nineSigns: string): string {
  const sum = weightedSum(nineSigns)
  if (sum === null || nineSigns.length !== USER_ID_LENGTH - 1)
    throw new RangeError('nine signs of the alphabet are needed')
  return nineSigns + USER_ID_ALPHABET[(USER_ID_ALPHABET.length - sum) % USER_ID_ALPHABET.length]
}

/**
 * Whether a typed ID has the form of ours but a wrong check character: surely a typing error. IDs of other forms
 * (set before 2026-01-01, M2) are never called mistyped.
 */
export function isMistypedUserId(typed: string): boolean {
  const id = normalizeUserId(typed)
  if (id.length !== USER_ID_LENGTH) return false
  const sum = weightedSum(id)
  return sum !== null && sum !== 0
}

/** Ours: groups on a screen are spacing only; `K7RM2XQ9PA` is shown as `K7RM`, `2XQ9`, `PA`. */
export function userIdGroups(id: string): string[] {
  return id.match(/.{1,4}/gu) ?? []
}
