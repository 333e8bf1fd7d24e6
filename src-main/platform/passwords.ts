import argon2 from 'argon2'
import { verifyOldHash } from './old-hashes'

/** DESIGN §4: argon2id, 19 MiB, t=2, p=1. */
const PARAMETERS = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Slow on purpose and off the event loop; never call it inside a database transaction. */
export interface Passwords {
  hash(password: string): Promise<string>
  /**
   * Whether the password fits; `hash` null (no such account) takes as long and is never true. Hashes of other forms, from
   * before 2026, are known as well (M2); they take their own time until the first login replaces them.
   */
  verify(hash: string | null, password: string): Promise<boolean>
  /** Whether a stored hash has an older form or weaker parameters than today's. */
  isOutdated(hash: string): boolean
}

/** argon2id with the house's parameters. `parameters` are weakened only by tests. */
export function argonPasswords(parameters: Partial<typeof PARAMETERS> | { memoryCost: number } = {}): Passwords {
  const options = { ...PARAMETERS, ...parameters }
  const nobody = argon2.hash('nobody has this password', options)
  return {
    hash: (password) => argon2.hash(password, options),
    verify: async (hash, password) => {
      const old = hash === null ? null : await verifyOldHash(hash, password)
      if (old !== null) return old
      const fits = await argon2.verify(hash ?? (await nobody), password)
      return hash !== null && fits
    },
    isOutdated: (hash) => !hash.startsWith('$argon2id$') || argon2.needsRehash(hash, options),
  }
}
