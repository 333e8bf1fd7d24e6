import type { Temporal } from 'temporal-polyfill'
import type { Signer } from '#domain/verification/verification-line'
import type { Db } from '../../database/open'
import { getOrCreateSealingKey, readSealingKey, seal, unseal, type SealingKey } from '../../platform/crypto/sealing'
import { newSigningKey, signerOf, type SigningKey } from '../../platform/crypto/signing'
import { findCurrentKey, findKeyFile, replaceSigningKey, type SigningKeyRow } from './verification.repo'

/** As what the private half of a key is sealed: it cannot be put in the place of another. */
const sealedAs = (kid: string) => `signing-key:${kid}`

function openKey(sealing: SealingKey | null, { kid, x, sealed }: SigningKeyRow): SigningKey | null {
  const d = sealing && sealed !== null ? unseal(sealing, sealed, sealedAs(kid)) : null
  return d === null ? null : { kid, x, d }
}

/**
 * Whether certificates can be signed. `none`: no key yet; `moved`: the key lay open in the database of an older version;
 * `sealing-key-missing`, `sealing-key-other`: the file with the sealing key is not there, or belongs to other data.
 */
export type SigningState = 'ready' | 'none' | 'moved' | 'sealing-key-missing' | 'sealing-key-other'

/** How signing stands; changes nothing. */
export async function signingState(db: Db): Promise<SigningState> {
  const row = await findCurrentKey(db)
  if (!row) return 'none'
  if (row.sealed === null) return 'moved'
  const sealing = readSealingKey(await findKeyFile(db))
  if (!sealing) return 'sealing-key-missing'
  return openKey(sealing, row) ? 'ready' : 'sealing-key-other'
}

/** Makes a new key, which signs from now on; answers its id. What older ones signed can still be checked. */
export async function newKeySigns(trx: Db, now: Temporal.Instant): Promise<SigningKey> {
  const sealing = getOrCreateSealingKey(await findKeyFile(trx))
  const key = await newSigningKey()
  const { kid, x, d } = key
  await replaceSigningKey(trx, { kid, x, sealed: seal(sealing, d, sealedAs(kid)) }, now)
  return key
}

/** What signs now. Where no key can be opened (the sealing key was lost, say) a new one is made, so that issuing goes on. */
export async function currentSigner(trx: Db, now: Temporal.Instant): Promise<Signer> {
  const row = await findCurrentKey(trx)
  const key = row && openKey(readSealingKey(await findKeyFile(trx)), row)
  return signerOf(key ?? (await newKeySigns(trx, now)))
}
