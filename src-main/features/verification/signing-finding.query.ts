import type { Db } from '../../database/open'
import { signingState, type SigningState } from './signing-keys.action'
import { findKeyFile } from './verification.repo'

/** Whether certificates can be signed with the key of before; where not, what to do about it. */
export async function lookAtSigning(
  db: Db,
): Promise<{ what: 'signing key'; ok: boolean; text: string; facts: { state: SigningState } }> {
  const state = await signingState(db)
  const file = await findKeyFile(db)
  const put =
    'put the copy of it back before the program is started; else a new key is made then (what was signed can still be checked)'
  const texts = {
    ready: `sealed under ${file}; keep a copy of that file apart from the backups`,
    none: 'none yet; it is made at the first start',
    moved: 'that of an earlier version is not used any more; a new one is made at the next start',
    'sealing-key-missing': `${file} is missing; ${put}`,
    'sealing-key-other': `${file} does not open the key; ${put}`,
  }
  const ok = !state.startsWith('sealing')
  return { what: 'signing key', ok, text: texts[state], facts: { state } }
}
