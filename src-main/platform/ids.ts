import { createHash, createHmac, randomBytes, randomInt } from 'node:crypto'
import { v7 } from 'uuid'
import { USER_ID_ALPHABET, USER_ID_LENGTH, withCheckCharacter } from '#domain/user-id'

const signs = (count: number) => Array.from({ length: count }, () => USER_ID_ALPHABET[randomInt(31)]).join('')

/** A random 256-bit token, base64url; it leaves the program once and is stored only as `hashToken`. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** SHA-256 in hex: the only form in which tokens, codes and session IDs are stored (DESIGN §4). */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Ours: an 8-character code for typing, without signs that are mistaken for each other; shown as `ABCD-EFGH`. */
export const newCode = (): string => signs(8)

/** A random user ID with its check character (DESIGN §3). Uniqueness is the caller's to ensure. */
export const newUserId = (): string => withCheckCharacter(signs(USER_ID_LENGTH - 1))

/** An identifier for a row that is never typed. Those of one process ascend (UUID version 7), so that rows of the same instant keep their order. */
export const newId = (): string => v7()

/** A short number that a reader can quote to the help desk: `7F3K-22QD`. */
export const newIncidentNumber = (): string => `${signs(4)}-${signs(4)}`

/** A key that belongs to a name: the same for the same secret and name, without meaning for anybody else. 256 bits, base64url. */
export const derivedKey = (secret: string, name: string): string =>
  createHmac('sha256', secret).update(name).digest('base64url')

/** A password that is made for somebody and shown once: 16 signs in four groups, 79 bits. */
export const newPassphrase = (): string => Array.from({ length: 4 }, () => signs(4)).join('-')
