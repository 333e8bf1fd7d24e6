import { PASSWORD_MAX, passwordRulesMet } from '#domain/password'

/** What others know of the person; none of it belongs into a password. `birthDate` in any form, its digits count. */
export interface PasswordOwner {
  userId?: string | null
  nameEn?: string | null
  email?: string | null
  birthDate?: string | null
}

/** One thing to be told; `found` is the part of what was typed that it is about. */
export interface PasswordAdvice {
  kind: 'user-id' | 'name' | 'email' | 'birthday' | 'known' | 'repeat' | 'sequence' | 'year' | 'longer' | 'fine'
  found: string
}

/** Rows that fingers run along, forwards and backwards. */
const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc']
const RUN = 4
/** What guessers try first, beside the list of the service (ours). */
const KNOWN = [
  'password',
  'passwd',
  'welcome',
  'admin',
  'login',
  'letmein',
  'sakura',
  'nippon',
  'japan',
  'tokyo',
  'visa',
]
/** From here on length alone makes guessing hopeless; the limit of M3-6 is not far. */
const LONG = 14
/** Shorter parts of a name or an address stand in many words by chance. */
const TELLING = 3

/** Letters as they are read: `P@ssw0rd` is `password`. */
const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[@4]/g, 'a')
    .replace(/[1!]/g, 'i')
    .replace(/[$5]/g, 's')
    .replace(/0/g, 'o')
    .replace(/3/g, 'e')

/** The part of the password that spells one of the words, as it was typed; '' where none does. */
function spelled(password: string, words: string[]): string {
  for (const word of words.filter(({ length }) => length >= TELLING)) {
    const literal = password.toLowerCase().indexOf(word.toLowerCase())
    const place = literal >= 0 ? literal : plain(password).indexOf(plain(word))
    if (place >= 0) return password.slice(place, place + word.length)
  }
  return ''
}

function repeated(password: string): string {
  return /(.)\1{2,}/u.exec(password)?.[0] ?? /(..+?)\1+/u.exec(password)?.[0] ?? ''
}

function sequence(password: string): string {
  const typed = password.toLowerCase()
  const rows = ROWS.flatMap((row) => [row, [...row].reverse().join('')])
  for (let start = 0; start + RUN <= typed.length; start += 1) {
    let length = 0
    for (const row of rows)
      for (let end = start + RUN; end <= typed.length && row.includes(typed.slice(start, end)); end += 1)
        length = Math.max(length, end - start)
    if (length > 0) return password.slice(start, start + length)
  }
  return ''
}

function birthday(birthDate: string): string[] {
  const digits = birthDate.replace(/\D/g, '')
  return digits.length === 8 ? [digits, digits.slice(2), digits.slice(0, 4), digits.slice(4)] : []
}

/**
 * Advice on a password from what was typed: what others could guess, then whether longer would be better, else that it is fine. It
 * judges nobody and refuses nothing; that is for the rules of M3-6 and the service. Nothing typed: no advice.
 * zxcvbn-ts would know more words, but with its common, English and Japanese lists it is 930 kB gzip for this one hint, and the
 * service refuses common passwords from a list of its own.
 */
export function adviseOnPassword(password: string, owner: PasswordOwner): PasswordAdvice[] {
  if (password === '') return []
  const guessable: PasswordAdvice[] = [
    { kind: 'user-id' as const, found: spelled(password, [owner.userId ?? '']) },
    { kind: 'name' as const, found: spelled(password, (owner.nameEn ?? '').trim().split(/\s+/)) },
    {
      kind: 'email' as const,
      found: spelled(
        password,
        (owner.email?.split('@')[0] ?? '').split(/[^A-Za-z0-9]+/).filter((part) => /\D/.test(part)),
      ),
    },
    { kind: 'birthday' as const, found: spelled(password, birthday(owner.birthDate ?? '')) },
    { kind: 'known' as const, found: spelled(password, KNOWN) },
    { kind: 'repeat' as const, found: repeated(password) },
    { kind: 'sequence' as const, found: sequence(password) },
    { kind: 'year' as const, found: /(?:19|20)\d\d/.exec(password)?.[0] ?? '' },
  ].filter(({ found }) => found !== '')
  // The same letters are told once, by what they say most: a birthday is a year as well, a name in the address too.
  const told = guessable.filter(
    ({ found }, place) => !guessable.slice(0, place).some((before) => before.found.includes(found)),
  )
  if (told.length > 0) return told
  if (!Object.values(passwordRulesMet(password)).every(Boolean)) return []
  return [{ kind: password.length < Math.min(LONG, PASSWORD_MAX) ? 'longer' : 'fine', found: '' }]
}
