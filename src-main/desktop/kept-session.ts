import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFile } from '../platform/files/replace-file'
import type { FindKeychain } from '../mail/settings/mail-password'
import type { SessionCookies } from './session-cookies'

const FILE = 'session.sealed'

export interface KeptSessionParts {
  /** The shell's own folder. */
  folder: string
  session: Pick<SessionCookies, 'header' | 'restore'>
  findKeychain: FindKeychain
}

/**
 * Takes the session of the last time out of its file, sealed by the system's keychain, for a reader who wants to stay logged in
 * when the window is closed. The service decides whether it still lasts. The file is gone afterwards, whatever was in it.
 */
export async function takeKeptSession({ folder, session, findKeychain }: KeptSessionParts): Promise<void> {
  const file = join(folder, FILE)
  try {
    const sealed = readFileSync(file, 'utf8')
    rmSync(file)
    const vault = await findKeychain()
    if (vault) session.restore(await vault.open(sealed))
  } catch {
    // None was kept, or it was sealed elsewhere: the reader logs in.
  }
}

/** Seals the session that lasts, if any, for the next start. Without a keychain nothing is written: it would lie open. */
export async function keepSession({ folder, session, findKeychain }: KeptSessionParts): Promise<void> {
  const cookies = session.header()
  if (cookies === null) return
  try {
    const vault = await findKeychain()
    if (vault) replaceFile(join(folder, FILE), await vault.seal(cookies))
  } catch {
    // The reader logs in again.
  }
}

/** Forgets what was kept: nobody is to stay logged in. */
export function forgetKeptSession(folder: string): void {
  rmSync(join(folder, FILE), { force: true })
}
