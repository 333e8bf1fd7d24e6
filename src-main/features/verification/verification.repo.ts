import type { VerificationKeys } from '#contract/verification'
import { keepFact, readFact } from '../../database/facts'
import type { Db } from '../../database/open'

/** An Ed25519 key as it is kept; `madeAt` is an instant. */
export interface KeptKey {
  kid: string
  x: string
  d: string
  madeAt: string
}

/** All keys with which certificates were ever signed, so that old mails can still be checked; `current` signs now. */
export interface KeptKeys {
  current: string
  keys: KeptKey[]
}

const SIGNING_KEYS = 'signing-keys'

/**
 * Keeps the first key, unless there is one. In the database and not in a file of its own: all processes on one database sign with
 * the same key, and a backup that holds the certificates holds the key to their lines (the file of the database is 0600 like
 * one of its own would be). It signs a help against damage, not the official proof; whoever can read it can read the certificates.
 */
export async function keepFirstKey(db: Db, key: KeptKey): Promise<void> {
  await keepFact(db, SIGNING_KEYS, JSON.stringify({ current: key.kid, keys: [key] } satisfies KeptKeys))
}

/** The kept keys, null before the first start. */
export async function readKeys(db: Db): Promise<KeptKeys | null> {
  const kept = await readFact(db, SIGNING_KEYS)
  return kept === null ? null : (JSON.parse(kept) as KeptKeys)
}

/** The key that signs now. */
export async function currentKey(db: Db): Promise<KeptKey> {
  const kept = await readKeys(db)
  const key = kept?.keys.find(({ kid }) => kid === kept.current)
  if (!key) throw new Error('there is no key to sign certificates with')
  return key
}

/** What everybody may know of the keys. */
export async function publicKeys(db: Db, training: boolean): Promise<VerificationKeys> {
  const { current, keys } = (await readKeys(db)) ?? { current: '', keys: [] }
  return {
    current,
    keys: keys.map(({ kid, x }) => ({ kty: 'OKP', crv: 'Ed25519', x, kid, use: 'sig' })),
    training,
  }
}
