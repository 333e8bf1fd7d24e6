import type { Selectable } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { VerificationKeys } from '#domain/verification/verification'
import { readAppMetadata, writeAppMetadata } from '../../database/app-metadata'
import type { Db } from '../../database/open'
import { instantText } from '../../platform/clock'
import type { SigningKeyTable } from '../../database/tables/verification.table'

export type SigningKeyRow = Selectable<SigningKeyTable>

/** Where the sealing key lies, as the program that opened the data last was told, and in which folder it found the data. No secret. */
const KEY_FILE = 'key-file'

interface KeyPlace {
  dataDir: string
  file: string
}

async function readPlace(db: Db): Promise<KeyPlace | null> {
  const kept = await readAppMetadata(db, KEY_FILE)
  return kept === null ? null : (JSON.parse(kept) as KeyPlace)
}

/**
 * Notes where the sealing key lies, so that whoever signs finds it, in whichever process. `mayDiffer`: somebody else, with other
 * settings, runs on the same data; what they were told stays. Data that came from elsewhere bring no place along.
 */
export async function ensureKeyFile(db: Db, place: KeyPlace, mayDiffer: boolean): Promise<void> {
  const kept = await readPlace(db)
  if (kept?.dataDir === place.dataDir && (mayDiffer || kept.file === place.file)) return
  await writeAppMetadata(db, KEY_FILE, JSON.stringify(place))
}

/** Where the sealing key lies. */
export async function findKeyFile(db: Db): Promise<string> {
  const place = await readPlace(db)
  if (!place) throw new Error('nobody has said where the sealing key lies')
  return place.file
}

/** All keys with which certificates were ever signed, the oldest first: old mails can still be checked. */
export async function listSigningKeys(db: Db): Promise<SigningKeyRow[]> {
  return db.selectFrom('signing_keys').selectAll().orderBy('made_at').orderBy('kid').execute()
}

/** The key that signs now; null before the first start, or where all were retired. */
export async function findCurrentKey(db: Db): Promise<SigningKeyRow | null> {
  const row = await db
    .selectFrom('signing_keys')
    .selectAll()
    .where('retired_at', 'is', null)
    .orderBy('made_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/** Puts a key in the place of those that signed before. Of these the private halves go: nothing is ever signed with them again. */
export async function replaceSigningKey(
  trx: Db,
  key: { kid: string; x: string; sealed: string },
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .updateTable('signing_keys')
    .set({ retired_at: instantText(now), sealed: null })
    .where('retired_at', 'is', null)
    .execute()
  await trx
    .insertInto('signing_keys')
    .values({ ...key, made_at: instantText(now), retired_at: null })
    .execute()
}

/** The certificates that were cancelled: the line that each was signed with, when, and what stands in its place. */
export const listCancelled = (db: Db) =>
  db
    .selectFrom('certificates')
    .select(['signed_line', 'cancelled_at', 'replaced_by'])
    .where('cancelled_at', 'is not', null)
    .where('signed_line', 'is not', null)
    .execute()

/** What everybody may know of the keys. */
export async function publicKeys(db: Db, training: boolean): Promise<VerificationKeys> {
  const keys = await listSigningKeys(db)
  return {
    current: keys.find(({ retired_at }) => retired_at === null)?.kid ?? '',
    keys: keys.map(({ kid, x, made_at, retired_at }) => ({
      kty: 'OKP',
      crv: 'Ed25519',
      x,
      kid,
      use: 'sig',
      madeAt: made_at,
      retiredAt: retired_at,
    })),
    training,
  }
}
