/** What this browser remembers under a name; null when nothing is or storage is blocked (private windows, policies). */
export function remembered(storage: 'local' | 'session', name: string): string | null {
  try {
    return (storage === 'local' ? localStorage : sessionStorage).getItem(`zairyu.${name}`)
  } catch {
    return null
  }
}

/** Remembers a text, or forgets it (null). Where storage is blocked or full, nothing is remembered and nothing fails. */
export function remember(storage: 'local' | 'session', name: string, text: string | null): void {
  try {
    const store = storage === 'local' ? localStorage : sessionStorage
    if (text === null) store.removeItem(`zairyu.${name}`)
    else store.setItem(`zairyu.${name}`, text)
  } catch {
    // The choice holds for this window only.
  }
}
