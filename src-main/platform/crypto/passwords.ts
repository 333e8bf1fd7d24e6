import argon2 from 'argon2'
import { trimmedPassword } from '#domain/text/typed-text'
import { argon2Form, dummyWork, hashProblem, verifyOldHash } from './legacy-hashes'

/** DESIGN §4: argon2id, 19 MiB, t=2, p=1. */
const PARAMETERS = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** In the place of a hash where a password must not open the account any more: it has today's form, and no password fits it. */
export const NO_PASSWORD = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** Slow on purpose and off the event loop; never call it inside a database transaction. */
export interface Passwords {
  hash(password: string): Promise<string>
  /**
   * Whether the password fits; `hash` null (no such account) takes as long and is never true. Hashes of other forms, from
   * before 2026, are known as well (M2); one that is not sound (cut, absurd parameters) fits no password.
   *
   * `older`: hashes of the older forms that are still in use, one of each at least. Every call then does the work of all of them, whoever is
   * asked for, so that the time does not tell an account with an old hash from one with a new one, nor either from an ID that
   * does not exist. Work and not a pause, since a pause shows again as soon as the machine is busy. It costs each login as much
   * as the slowest old hash for as long as there is one.
   */
  verify(hash: string | null, password: string, older?: readonly string[]): Promise<boolean>
  /**
   * The password that was meant by what was typed, or null where it does not fit. A space or an end of line that was pasted along
   * does not cost a try; a password from before 2026 that has one is found as well. Both are asked, whichever fits, so that the
   * time says only what was typed.
   */
  fitting(hash: string | null, typed: string, older?: readonly string[]): Promise<string | null>
  /** Whether a stored hash has an older form or weaker parameters than today's. */
  isOutdated(hash: string): boolean
}

/** argon2id with the house's parameters. `parameters` are weakened only by tests. */
export function argonPasswords(parameters: Partial<typeof PARAMETERS> | { memoryCost: number } = {}): Passwords {
  const options = { ...PARAMETERS, ...parameters }
  const nobody = argon2.hash('nobody has this password', options)
  const check = async (hash: string, password: string) =>
    (await verifyOldHash(hash, password)) ?? argon2.verify(hash, password)
  const verify: Passwords['verify'] = async (hash, password, older = []) => {
    const own = hash !== null && hashProblem(hash) === null ? hash : null
    const fits = own !== null && (await check(own, password))
    const house = await nobody
    if (own === null || argon2Form(own) !== argon2Form(house)) await argon2.verify(house, password)
    const others = older.filter((one) => hashProblem(one) === null && argon2Form(one) !== argon2Form(house))
    for (const dummy of dummyWork(own, others)) await check(dummy, password)
    return fits
  }
  return {
    hash: (password) => argon2.hash(password, options),
    verify,
    fitting: async (hash, typed, older) => {
      const trimmed = trimmedPassword(typed)
      const isExact = await verify(hash, typed, older)
      const fits = trimmed === typed ? isExact : await verify(hash, trimmed, older)
      if (isExact) return typed
      return fits ? trimmed : null
    },
    isOutdated: (hash) => !hash.startsWith('$argon2id$') || argon2.needsRehash(hash, options),
  }
}
