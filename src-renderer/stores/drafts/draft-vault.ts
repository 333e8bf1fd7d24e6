import { remember, remembered } from '../storage'

const PREFIX = 'draft.'
/** Lengths of what is kept tell nothing of what was typed: they are multiples of this. */
const BLOCK_BYTES = 512
const IV_BYTES = 12
/** Drafts end after seven days at most, links included (DESIGN §3); one that ends later was kept while the clock ran ahead. */
const LONGEST_KEPT_MS = 8 * 86_400_000

export type DraftValues = Record<string, string>

/** Drafts of one owner on this device. Who has another secret can neither read them nor tell what they are about. */
export interface DraftVault {
  /** What was kept under a name; null where nothing is, where it is not this owner's, or where it has expired at `now` (null: unknown). */
  read(name: string, now: string | null): Promise<DraftValues | null>
  /** Keeps values until an instant; false where storage is blocked or full. */
  keep(name: string, values: DraftValues, until: string): Promise<boolean>
  wipe(name: string): Promise<void>
}

/** What stands in storage. `until` is open, so that whoever starts the program can remove what has expired. */
interface Kept {
  until: string
  iv: string
  data: string
}

const encoder = new TextEncoder()

/** Bytes as base64url text. */
export function textOfBytes(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

/** The bytes of a base64url text; throws on anything else. */
export function bytesOfText(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
}

function keptUnder(place: string): Kept | null {
  try {
    const kept = JSON.parse(remembered('local', PREFIX + place) ?? 'null') as Partial<Kept> | null
    const { until, iv, data } = kept ?? {}
    return until && iv && data && !Number.isNaN(Date.parse(until)) ? { until, iv, data } : null
  } catch {
    return null
  }
}

/** Whether a draft that ends at `until` is over at `now`: its end is reached, or lies further off than any draft lasts. */
function isOver(until: string, now: string): boolean {
  const left = Date.parse(until) - Date.parse(now)
  return left <= 0 || left > LONGEST_KEPT_MS
}

function padded(values: DraftValues): Uint8Array<ArrayBuffer> {
  const bytes = encoder.encode(JSON.stringify(values))
  // Spaces after JSON mean nothing.
  const block = new Uint8Array(Math.ceil(bytes.length / BLOCK_BYTES) * BLOCK_BYTES).fill(0x20)
  block.set(bytes)
  return block
}

/**
 * Opens the drafts of the holder of a secret: AES-GCM 256, names as HMAC, both keys by HKDF from the secret; `kind` keeps
 * secrets of different origins apart. Null where the page has no Web Crypto (an insecure origin): nothing is kept then.
 */
export async function openVault(kind: string, secret: Uint8Array<ArrayBuffer>): Promise<DraftVault | null> {
  // Missing in spite of its type: the browser has it on secure origins only.
  const subtle = crypto.subtle as SubtleCrypto | undefined
  if (!subtle) return null
  const root = await subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  const derive = (use: string, type: AesKeyGenParams | HmacKeyGenParams, usages: KeyUsage[]) => {
    const info = encoder.encode(`zairyu draft ${use}`)
    const from = { name: 'HKDF', hash: 'SHA-256', salt: encoder.encode(`zairyu ${kind}`), info }
    return subtle.deriveKey(from, root, type, false, usages)
  }
  const cipher = await derive('content', { name: 'AES-GCM', length: 256 }, ['encrypt', 'decrypt'])
  const names = await derive('name', { name: 'HMAC', hash: 'SHA-256', length: 256 }, ['sign'])

  const placeOf = async (name: string) =>
    textOfBytes(new Uint8Array(await subtle.sign('HMAC', names, encoder.encode(name))))
  /** Ties what is kept to its place and its end: neither can be exchanged. */
  const sealOf = (place: string, until: string) => encoder.encode(`${place} ${until}`)

  return {
    async read(name, now) {
      const place = await placeOf(name)
      const kept = keptUnder(place)
      if (!kept) return null
      if (now !== null && isOver(kept.until, now)) {
        remember('local', PREFIX + place, null)
        return null
      }
      try {
        const how = { name: 'AES-GCM', iv: bytesOfText(kept.iv), additionalData: sealOf(place, kept.until) }
        const open = await subtle.decrypt(how, cipher, bytesOfText(kept.data))
        return JSON.parse(new TextDecoder().decode(open)) as DraftValues
      } catch {
        // Damaged or made by another version: as if nothing were there; the next keeping overwrites it.
        return null
      }
    },
    async keep(name, values, until) {
      const place = await placeOf(name)
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
      const how = { name: 'AES-GCM', iv, additionalData: sealOf(place, until) }
      const data = textOfBytes(new Uint8Array(await subtle.encrypt(how, cipher, padded(values))))
      const text = JSON.stringify({ until, iv: textOfBytes(iv), data } satisfies Kept)
      remember('local', PREFIX + place, text)
      return remembered('local', PREFIX + place) === text
    },
    async wipe(name) {
      remember('local', PREFIX + (await placeOf(name)), null)
    },
  }
}

/** Removes from this device what has expired at `now`, and what cannot be a draft, whoever's it is. */
export function removeExpiredDrafts(now: string): void {
  try {
    const start = `zairyu.${PREFIX}`
    const places = Object.keys(localStorage).flatMap((key) => (key.startsWith(start) ? [key.slice(start.length)] : []))
    for (const place of places) {
      const kept = keptUnder(place)
      if (!kept || isOver(kept.until, now)) remember('local', PREFIX + place, null)
    }
  } catch {
    // Where storage is blocked nothing is kept.
  }
}
