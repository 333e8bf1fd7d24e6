import type { Temporal } from 'temporal-polyfill'
import type { Db } from '../../database/open'
import { writeAudit } from '../../database/audit'
import { newKeySigns, signingState, type SigningState } from './signing-keys.action'

/** Has certificates signed with a new key from now on; answers its id. */
export function rotateKeys(db: Db, actor: 'operator', now: Temporal.Instant): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const { kid } = await newKeySigns(trx, now)
    await writeAudit(trx, { actor, action: 'keys.rotated', subject: `key:${kid}`, detail: { reason: 'asked' } }, now)
    return kid
  })
}

/**
 * Sees to it that certificates can be signed: where the key of today cannot be opened (a backup that was restored without the
 * sealing key, say), a new one takes its place. Answers how it was found.
 */
export function ensureSigningKey(db: Db, now: Temporal.Instant): Promise<SigningState> {
  return db.transaction().execute(async (trx) => {
    const state = await signingState(trx)
    if (state === 'ready') return state
    const { kid } = await newKeySigns(trx, now)
    if (state !== 'none') {
      const entry = { actor: 'program', action: 'keys.rotated', subject: `key:${kid}`, detail: { reason: state } }
      await writeAudit(trx, entry, now)
    }
    return state
  })
}
