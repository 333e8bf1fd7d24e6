import * as z from 'zod/mini'
import type { SignedLine } from './verification-line'

/**
 * Which certificates were cancelled, for everybody who checks one (ours). The whole list is handed out, so that nobody says which
 * certificate they ask about, and a look works later without the service, "as of" the list. A certificate stands in it by the digest of
 * its signature: who holds its signed line finds it, and nobody can find out by trying numbers, names or dates of birth.
 */
export const cancelledList = z.object({
  /** When the service made the list. */
  asOf: z.string(),
  /** The key that signed the list. */
  kid: z.string(),
  items: z.array(
    z.object({
      id: z.string(),
      /** The day in Tokyo. */
      on: z.string(),
      /** Another certificate was issued in its place. */
      replaced: z.boolean(),
    }),
  ),
  /** Ed25519 over `cancelledText`, base64url. */
  signature: z.string(),
})
export type CancelledList = z.infer<typeof cancelledList>

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

/** As what a certificate stands in the list: the first 128 bits of a digest of its signature. */
export async function cancellationId({ signature }: Pick<SignedLine, 'signature'>): Promise<string> {
  const digest = await globalThis.crypto.subtle.digest(
    'SHA-256',
    new Uint8Array([...encode('CANCELLED'), ...signature]),
  )
  return base64url(new Uint8Array(digest).slice(0, 16))
}

/** What the signature of a list is over; it begins as no signed line of a certificate does. */
export const cancelledText = ({ asOf, kid, items }: Omit<CancelledList, 'signature'>): Uint8Array<ArrayBuffer> =>
  encode(
    ['CANCELLED CERTIFICATES 1', asOf, kid, ...items.map(({ id, on, replaced }) => `${id} ${on} ${replaced}`)].join(
      '\n',
    ),
  )

/** Whether a list was signed with this key (`x` of its JWK, base64url). */
export async function isListSignedWith(list: CancelledList, x: string): Promise<boolean> {
  const { subtle } = globalThis.crypto
  try {
    const bytes = atob(list.signature.replaceAll('-', '+').replaceAll('_', '/'))
    const key = await subtle.importKey('jwk', { kty: 'OKP', crv: 'Ed25519', x }, 'Ed25519', false, ['verify'])
    const signature = Uint8Array.from(bytes, (sign) => sign.charCodeAt(0))
    return await subtle.verify('Ed25519', key, signature, cancelledText(list))
  } catch {
    return false
  }
}
