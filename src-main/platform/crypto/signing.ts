import { keyIdOf, type Signer } from '#domain/verification/verification-line'

/** An Ed25519 key as it is kept: both halves as in a JWK (base64url), and the id under which the public one is found. */
export interface SigningKey {
  kid: string
  x: string
  d: string
}

const { subtle } = globalThis.crypto

/** Makes a new pair of keys. */
export async function newSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await subtle.generateKey('Ed25519', true, ['sign', 'verify'])
  const { x = '', d = '' } = await subtle.exportKey('jwk', privateKey)
  return { kid: await keyIdOf(new Uint8Array(await subtle.exportKey('raw', publicKey))), x, d }
}

/** What signs with a kept key. */
export function signerOf({ kid, x, d }: SigningKey): Signer {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x, d }
  return {
    kid,
    sign: async (message) =>
      subtle.sign('Ed25519', await subtle.importKey('jwk', jwk, 'Ed25519', false, ['sign']), message),
  }
}
