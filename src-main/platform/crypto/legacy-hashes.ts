import { pbkdf2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import bcrypt from 'bcryptjs'

/** Why a password cannot be checked against a hash that another system made. */
export type HashProblem =
  /** Not in a form that is known. */
  | 'hash.unknown'
  /** Digest or salt is shorter than its form makes it: a part would be compared, and many passwords would fit. */
  | 'hash.cut'
  /** So little work that it protects nobody, or so much that one login would stop the service. */
  | 'hash.cost'

interface Bounds {
  least: number
  most: number
}
const within = (value: number, { least, most }: Bounds) => Number.isInteger(value) && value >= least && value <= most

const SALT_BYTES: Bounds = { least: 8, most: 64 }

/** Bytes of base64 without padding, also with `.` for `+` as passlib writes it; null where the text is not whole (RFC 4648 §3.5). */
function decode(text: string): Buffer | null {
  const bytes = Buffer.from(text.replaceAll('.', '+'), 'base64')
  return bytes.toString('base64').replace(/=+$/, '') === text.replaceAll('.', '+') ? bytes : null
}

const ARGON2 =
  /^\$argon2(?:id|i|d)\$(?:v=(?:16|19)\$)?((?:[mtp]=\d{1,9},){2}[mtp]=\d{1,9})\$([A-Za-z0-9+/]*)\$([A-Za-z0-9+/]*)$/
/** KiB, passes, lanes; and KiB × passes, which is the time: a second or so at the most. */
const ARGON2_MEMORY: Bounds = { least: 1024, most: 262_144 }
const ARGON2_PASSES: Bounds = { least: 1, most: 16 }
const ARGON2_LANES: Bounds = { least: 1, most: 16 }
const ARGON2_WORK = 1_048_576
/** The lengths that libraries write; a cut one is another number of bytes, or none at all. */
const ARGON2_DIGESTS: ReadonlySet<number> = new Set([16, 32, 64])

function argon2Problem(hash: string): HashProblem | null {
  const [, parameters = '', salt = '', digest = ''] = ARGON2.exec(hash) ?? []
  const value = new Map(parameters.split(',').map((part) => [part.slice(0, 1), Number(part.slice(2))]))
  const [memory, passes, lanes] = [value.get('m'), value.get('t'), value.get('p')]
  if (memory === undefined || passes === undefined || lanes === undefined) return 'hash.unknown'
  const [saltBytes, digestBytes] = [decode(salt), decode(digest)]
  if (!saltBytes || !digestBytes || !within(saltBytes.length, SALT_BYTES) || !ARGON2_DIGESTS.has(digestBytes.length))
    return 'hash.cut'
  const fits =
    within(memory, ARGON2_MEMORY) &&
    within(passes, ARGON2_PASSES) &&
    within(lanes, ARGON2_LANES) &&
    memory * passes <= ARGON2_WORK
  return fits ? null : 'hash.cost'
}

const BCRYPT = /^\$2[aby]\$(\d\d)\$([./A-Za-z0-9]{0,53})$/
/** 16 bytes of salt in 22 signs and 23 of digest in 31: of the last sign of each only the upper bits count, the rest is zero. */
const BCRYPT_WHOLE = /^.{21}[.Oeu].{30}[.CGKOSWaeimquy26]$/
const BCRYPT_COST: Bounds = { least: 4, most: 15 }

function bcryptProblem(hash: string): HashProblem | null {
  const [, cost = '', rest = ''] = BCRYPT.exec(hash) ?? []
  if (cost === '') return 'hash.unknown'
  if (!BCRYPT_WHOLE.test(rest)) return 'hash.cut'
  return within(Number(cost), BCRYPT_COST) ? null : 'hash.cost'
}

/** PHC form `$pbkdf2-sha256$i=N[,l=N]$salt$hash`, or with the bare number of rounds as Python's passlib writes it. */
const PBKDF2 =
  /^\$pbkdf2-(sha1|sha256|sha512)\$(?:i=)?(\d{1,9})(?:,l=(\d{1,3}))?\$([A-Za-z0-9+/.]*)={0,2}\$([A-Za-z0-9+/.]*)={0,2}$/
/** Some write `$pbkdf2$` for SHA-1. */
const PBKDF2_SHA1 = /^\$pbkdf2\$/
const PBKDF2_ROUNDS: Bounds = { least: 1000, most: 2_000_000 }
const DIGEST_BYTES = { sha1: 20, sha256: 32, sha512: 64 } as const
type Digest = keyof typeof DIGEST_BYTES

interface Pbkdf2 {
  digest: Digest
  rounds: number
  /** The length that the hash itself names, if it does. */
  length: number | null
  salt: Buffer | null
  expected: Buffer | null
}

function readPbkdf2(hash: string): Pbkdf2 | null {
  const found = PBKDF2.exec(hash.replace(PBKDF2_SHA1, '$pbkdf2-sha1$'))
  if (!found) return null
  const [, digest, rounds, length, salt = '', expected = ''] = found
  return {
    digest: digest as Digest,
    rounds: Number(rounds),
    length: length === undefined ? null : Number(length),
    salt: decode(salt),
    expected: decode(expected),
  }
}

/**
 * PBKDF2 compares as many bytes as the digest has, so a cut one would be opened by many passwords (one byte: by every 256th).
 * It has to be as long as its hash function makes it, or as it says itself, which is never less than SHA-1's 20 bytes.
 */
function pbkdf2Problem({ digest, rounds, length, salt, expected }: Pbkdf2): HashProblem | null {
  if (!salt || !expected || !within(salt.length, SALT_BYTES)) return 'hash.cut'
  if (expected.length !== (length ?? DIGEST_BYTES[digest])) return 'hash.cut'
  if (!within(expected.length, { least: DIGEST_BYTES.sha1, most: DIGEST_BYTES[digest] })) return 'hash.cut'
  return within(rounds, PBKDF2_ROUNDS) ? null : 'hash.cost'
}

/** Why passwords cannot be checked against this hash; null when they can: argon2, bcrypt, or PBKDF2 in PHC form (DESIGN §10). */
export function hashProblem(hash: string): HashProblem | null {
  if (hash.startsWith('$argon2')) return argon2Problem(hash)
  if (hash.startsWith('$2')) return bcryptProblem(hash)
  const read = readPbkdf2(hash)
  return read ? pbkdf2Problem(read) : 'hash.unknown'
}

const derive = promisify(pbkdf2)

/** Checks a password against a sound bcrypt or PBKDF2 hash; null when the hash is neither. */
export async function verifyOldHash(hash: string, password: string): Promise<boolean | null> {
  if (hash.startsWith('$2')) return bcrypt.compare(password, hash)
  const found = readPbkdf2(hash)
  if (!found?.salt || !found.expected) return null
  const derived = await derive(password, found.salt, found.rounds, found.expected.length, found.digest)
  return timingSafeEqual(derived, found.expected)
}

/** Type, version and parameters of an argon2 hash, which decide its time; null of any other hash. */
export const argon2Form = (hash: string): string | null =>
  hash.startsWith('$argon2') ? hash.split('$').slice(0, -2).join('$') : null

/** So many zero bytes: a salt or a digest that belongs to no password. */
const zeros = (bytes: number) => Buffer.alloc(bytes).toString('base64').replace(/=+$/, '')

/** 2^most − 2^own, as bcrypt counts its work, is 2^own + … + 2^(most − 1). */
function bcryptDummies(own: string | null, others: readonly string[]): string[] {
  const costOf = (hash: string) => Number(BCRYPT.exec(hash)?.[1] ?? 0)
  const done = own === null ? 0 : costOf(own)
  const most = Math.max(0, ...others.map(costOf))
  if (done >= most) return []
  const costs = done === 0 ? [most] : Array.from({ length: most - done }, (_, index) => done + index)
  return costs.map((cost) => `$2b$${String(cost).padStart(2, '0')}$${'.'.repeat(53)}`)
}

/** The rounds that are missing to the most that anybody has, for each hash function. */
function pbkdf2Dummies(own: string | null, others: readonly string[]): string[] {
  return (Object.keys(DIGEST_BYTES) as Digest[]).flatMap((digest) => {
    const roundsOf = (hash: string) => {
      const read = readPbkdf2(hash)
      return read?.digest === digest ? read.rounds : 0
    }
    const missing = Math.max(0, ...others.map(roundsOf)) - (own === null ? 0 : roundsOf(own))
    return missing > 0 ? [`$pbkdf2-${digest}$i=${missing}$${zeros(16)}$${zeros(DIGEST_BYTES[digest])}`] : []
  })
}

/**
 * Hashes that fit no password, to be checked besides `own` so that the work of all is that of the slowest of each kind among `others`:
 * the highest cost of bcrypt, the most rounds of PBKDF2, and each set of parameters of argon2. All of them sound.
 */
export function dummyWork(own: string | null, others: readonly string[]): string[] {
  const forms = new Set(others.map(argon2Form))
  forms.delete(own === null ? null : argon2Form(own))
  const argon2Dummies = [...forms].flatMap((form) => (form === null ? [] : `${form}$${zeros(16)}$${zeros(32)}`))
  return [...bcryptDummies(own, others), ...pbkdf2Dummies(own, others), ...argon2Dummies]
}
