import { sessionApi } from '../../api/session'

/** Ours: a service that does not answer does not keep the next visitor waiting. */
const PATIENCE_MS = 3_000

async function forgetDatabases(): Promise<void> {
  for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
}

async function forgetCaches(): Promise<void> {
  for (const name of await caches.keys()) await caches.delete(name)
}

/**
 * Ends the session at the service and takes away all that a page may keep, in the browser shell; the desktop shell does it from
 * outside, and throws the page away. What cannot be reached here (blocked storage, a service that is away) stops nothing.
 */
export async function wipeSession(): Promise<void> {
  const patience = new Promise((done) => setTimeout(done, PATIENCE_MS))
  await Promise.race([sessionApi.end().catch(() => undefined), patience])
  for (const forget of [() => localStorage.clear(), () => sessionStorage.clear(), forgetDatabases, forgetCaches])
    try {
      await forget()
    } catch {
      // Where storage is blocked nothing is kept.
    }
}

/** Empties the clipboard, as far as the browser lets a page do it. */
export async function forgetClipboard(): Promise<void> {
  try {
    await navigator.clipboard.writeText('')
  } catch {
    // Only while the page has the focus.
  }
}
