import { pbkdf2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import bcrypt from 'bcryptjs'

const ARGON2 = /^\$argon2(id|i|d)\$(v=\d+\$)?[mtp]=\d+,[mtp]=\d+,[mtp]=\d+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$/
const BCRYPT = /^\$2[aby]\$(0[4-9]|1[0-9]|2\d|3[01])\$[./A-Za-z0-9]{53}$/
/** PHC form `$pbkdf2-sha256$i=N[,l=N]$salt$hash`, or with the bare number of rounds as Python's passlib writes it. */
const PBKDF2 =
  /^\$pbkdf2-(sha1|sha256|sha512)\$(?:i=)?(\d{1,8})(?:,l=\d+)?\$([A-Za-z0-9+/.]+)={0,2}\$([A-Za-z0-9+/.]+)={0,2}$/
/** Some write `$pbkdf2$` for SHA-1. */
const PBKDF2_SHA1 = /^\$pbkdf2\$/
const MOST_ROUNDS = 10_000_000

const derive = promisify(pbkdf2)
const bytes = (text: string) => Buffer.from(text.replaceAll('.', '+'), 'base64')
const readPbkdf2 = (hash: string) => PBKDF2.exec(hash.replace(PBKDF2_SHA1, '$pbkdf2-sha1$'))

/** Whether a password can be checked against this hash: argon2, bcrypt, or PBKDF2 in PHC form (DESIGN §10). */
export function isKnownHash(hash: string): boolean {
  const rounds = Number(readPbkdf2(hash)?.[2] ?? 0)
  return ARGON2.test(hash) || BCRYPT.test(hash) || (rounds > 0 && rounds <= MOST_ROUNDS)
}

/** Checks a password against a bcrypt or PBKDF2 hash; null when the hash is neither. */
export async function verifyOldHash(hash: string, password: string): Promise<boolean | null> {
  if (BCRYPT.test(hash)) return bcrypt.compare(password, hash)
  const found = readPbkdf2(hash)
  if (!found) return null
  const [, digest = '', rounds = '', salt = '', expected = ''] = found
  const wanted = bytes(expected)
  const derived = await derive(password, bytes(salt), Number(rounds), wanted.length, digest)
  return timingSafeEqual(derived, wanted)
}
