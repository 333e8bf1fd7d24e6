/**
 * The signed line of a certificate (ours: web mail has altered numbers and names by translating them, DESIGN §5).
 *
 * Each CoE mail and the QR code of a printed certificate carry one line, from which somebody who has nothing but the text can
 * learn, without the service, whether it is unaltered, where it was altered, or that the line is not from here. It is a help
 * against damage and not the official proof: that is with the office which issued the certificate.
 *
 * `ZAIRYU1` and 200 signs of Crockford's base 32, in groups of five:
 *
 * | signs | what |
 * |---|---|
 * | 5 | which key signed (the first bits of the SHA-256 of the public key), so that keys can be changed |
 * | 12 × 5 | for each field in the order of the mail the first bits of the SHA-256 of its value: names the field that was altered |
 * | 25 | the first bits of the SHA-256 of all values with their names: finds what short digests let pass |
 * | 103 | Ed25519 signature over all of the above and `ZAIRYU1` |
 * | 7 | check signs (SHA-256 of all of the above): a line that was itself damaged is told from one that others made |
 *
 * Base 32, because mail may change capitals, break lines anywhere, take `_` and `*` for emphasis and full width for half width;
 * because O and 0, I, L and 1 may be mixed up; and because a QR code holds capitals and digits in less room. For the same
 * reasons values are compared without white space, width and the variants of dashes and quotes (`plainValue`).
 */

/** The fields of a certificate in the order of its mail. The order is part of version 1 of the line. */
export const SIGNED_FIELDS = [
  'number',
  'name',
  'nationality',
  'birthDate',
  'sex',
  'statusOfResidence',
  'periodOfStay',
  'issuedOn',
  'validUntil',
  'organization',
  'remarks',
  'issuingOffice',
] as const
export type SignedField = (typeof SIGNED_FIELDS)[number]
/** Every field as the mail shows it, several lines joined. */
export type SignedValues = Record<SignedField, string>

/** The private half of a key: its id, and Ed25519 over some bytes. */
export interface Signer {
  kid: string
  sign(message: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>
}

/** A line that was read whole; whose it is, is not said yet. */
export interface SignedLine {
  kid: string
  digests: Record<SignedField, string>
  whole: string
  signature: Uint8Array<ArrayBuffer>
  /** What the signature is over. */
  signed: Uint8Array<ArrayBuffer>
}

const VERSION = '1'
const MARK = `ZAIRYU${VERSION}`
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const KEY_ID = 5
const DIGEST = 5
const WHOLE = 25
const SIGNATURE = 103
const SIGNATURE_BYTES = 64
const CHECK = 7
const SIGNED = KEY_ID + SIGNED_FIELDS.length * DIGEST + WHOLE
const LENGTH = SIGNED + SIGNATURE + CHECK
const GROUP = 5

/** The first `count` signs of the bytes in base 32; bits that are missing at the end are 0. */
function base32(bytes: Uint8Array, count: number): string {
  let signs = ''
  for (let place = 0; place < count; place += 1) {
    const bit = place * 5
    const pair = ((bytes[bit >> 3] ?? 0) << 8) | (bytes[(bit >> 3) + 1] ?? 0)
    signs += ALPHABET[(pair >> (11 - (bit & 7))) & 31]
  }
  return signs
}

function bytesOf(signs: string, count: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(count)
  let held = 0
  let bits = 0
  let place = 0
  for (const sign of signs) {
    held = ((held << 5) | ALPHABET.indexOf(sign)) & 0xfff
    bits += 5
    if (bits < 8 || place >= count) continue
    bits -= 8
    bytes[place] = (held >> bits) & 0xff
    place += 1
  }
  return bytes
}

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> =>
  new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes))

/**
 * A value as it is compared: without white space and signs that cannot be seen, in one width, with one kind of dash, quote and
 * wave (Shift_JIS mixes these up), without the marks that mail programs put around quoted and bold text.
 */
export function plainValue(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cf}\u{E000}\u{E001}]+/gu, '')
    .replace(/\u301C/g, '~')
    .replace(/\u2016/g, '\u2225')
    .replace(/[\s\p{Cc}]+/gu, '')
    .normalize('NFKC')
    .replace(/[\p{Dash_Punctuation}\u2212]/gu, '-')
    .replace(/[\u2018-\u201B]/g, "'")
    .replace(/[\u201C-\u201F]/g, '"')
    .replace(/\s+/g, '')
    .replace(/^[*_`|>]+|[*_`|>]+$/g, '')
}

/** The digest of one value as the line has it. */
export async function digestOf(value: string): Promise<string> {
  return base32(await sha256(encode(plainValue(value))), DIGEST)
}

/** The digest over all values with their names. */
export async function wholeDigestOf(values: SignedValues): Promise<string> {
  const all = [MARK, ...SIGNED_FIELDS.map((field) => `${field}=${plainValue(values[field])}`)].join('\n')
  return base32(await sha256(encode(all)), WHOLE)
}

/** The id of a public key, from its 32 bytes. */
export async function keyIdOf(publicKey: Uint8Array<ArrayBuffer>): Promise<string> {
  return base32(await sha256(publicKey), KEY_ID)
}

const checkOf = async (body: string): Promise<string> => base32(await sha256(encode(`${MARK}${body}`)), CHECK)

/** Signs a certificate. The same values and key give the same line, in groups between which any mail program may break it. */
export async function signedLineOf(values: SignedValues, signer: Signer): Promise<string> {
  const digests = await Promise.all(SIGNED_FIELDS.map((field) => digestOf(values[field])))
  const signed = `${signer.kid}${digests.join('')}${await wholeDigestOf(values)}`
  const signature = new Uint8Array(await signer.sign(encode(`${MARK}${signed}`)))
  const body = `${signed}${base32(signature, SIGNATURE)}`
  const groups = `${body}${await checkOf(body)}`.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []
  return [MARK, ...groups].join(' ')
}

function lineOf(body: string): SignedLine {
  const digest = (place: number) => body.slice(KEY_ID + place * DIGEST, KEY_ID + (place + 1) * DIGEST)
  return {
    kid: body.slice(0, KEY_ID),
    digests: Object.fromEntries(SIGNED_FIELDS.map((field, place) => [field, digest(place)])) as SignedLine['digests'],
    whole: body.slice(SIGNED - WHOLE, SIGNED),
    signature: bytesOf(body.slice(SIGNED, SIGNED + SIGNATURE), SIGNATURE_BYTES),
    signed: encode(`${MARK}${body.slice(0, SIGNED)}`),
  }
}

/** The lines in a text: whole ones (each once), and whether there were damaged ones or such of another version. */
export async function signedLinesIn(
  text: string,
): Promise<{ lines: SignedLine[]; damaged: boolean; otherVersion: boolean }> {
  const signs = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
  const found = [...signs.matchAll(/ZAIRYU(\d)/g)]
  const bodies = new Set<string>()
  let damaged = false
  for (const { 1: version, index, 0: mark } of found) {
    if (version !== VERSION) continue
    const after = signs.slice(index + mark.length, index + mark.length + LENGTH)
    const body = after.replaceAll('O', '0').replace(/[IL]/g, '1')
    const isWhole =
      body.length === LENGTH &&
      [...body].every((sign) => ALPHABET.includes(sign)) &&
      (await checkOf(body.slice(0, -CHECK))) === body.slice(-CHECK)
    if (isWhole) bodies.add(body)
    else damaged = true
  }
  return {
    lines: [...bodies].map(lineOf),
    damaged,
    otherVersion: found.some(({ 1: version }) => version !== VERSION),
  }
}

/** Whether the line was signed with this key (`x` of its JWK, base64url). */
export async function isSignedWith(line: SignedLine, x: string): Promise<boolean> {
  const { subtle } = globalThis.crypto
  const key = await subtle.importKey('jwk', { kty: 'OKP', crv: 'Ed25519', x }, 'Ed25519', false, ['verify'])
  return subtle.verify('Ed25519', key, line.signature, line.signed)
}
