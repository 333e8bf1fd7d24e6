import * as z from 'zod/mini'
import {
  digestOf,
  isSignedWith,
  SIGNED_FIELDS,
  type SignedField,
  signedLinesIn,
  type SignedLine,
  type SignedValues,
  plainValue,
  wholeDigestOf,
} from './verification-line'

/** The public half of a key (JWK, RFC 8037). */
const publicKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().check(z.regex(/^[\w-]{43}$/)),
  /** As the first signs of a line name it. */
  kid: z.string().check(z.regex(/^[0-9A-HJKMNP-TV-Z]{5}$/)),
  use: z.literal('sig'),
  /** Since when it signs and until when it did (null: it does); a program of before did not say. */
  madeAt: z.optional(z.string()),
  retiredAt: z.optional(z.nullable(z.string())),
})

/** `GET /verification-key`: the key that signs now, and all with which certificates were signed; `training`: for practice only. */
export const verificationKeyReply = z.object({
  current: z.string(),
  keys: z.array(publicKey).check(z.minLength(1)),
  training: z.boolean(),
})
export type VerificationKeys = z.infer<typeof verificationKeyReply>

export interface CheckedField {
  name: SignedField
  /** `missing`: the text has nothing in its place. */
  state: 'same' | 'altered' | 'missing'
  /** What the text shows. */
  shown: string | null
}

/** What a pasted text turned out to be. */
export type Verification =
  | { verdict: 'unaltered' | 'altered'; fields: CheckedField[] }
  /** `key-unknown`: signed with a key that is not among the known ones; `signature`: with none of them. */
  | { verdict: 'not-ours'; reason: 'key-unknown' | 'signature' }
  | { verdict: 'unreadable'; reason: 'no-line' | 'line-damaged' | 'line-newer' | 'several' | 'line-alone' | 'too-long' }

/** The names of the fields in the mail; a test holds them to the mail's catalogues. */
export const SIGNED_LABELS: Record<SignedField, { ja: string; en: string }> = {
  number: { ja: '在留資格認定証明書番号', en: 'Certificate No.' },
  name: { ja: '氏名', en: 'Name' },
  nationality: { ja: '国籍・地域', en: 'Nationality/Region' },
  birthDate: { ja: '生年月日', en: 'Date of birth' },
  sex: { ja: '性別', en: 'Sex' },
  statusOfResidence: { ja: '在留資格', en: 'Status of residence' },
  periodOfStay: { ja: '在留期間', en: 'Period of stay' },
  issuedOn: { ja: '交付年月日', en: 'Date of issue' },
  validUntil: { ja: '有効期限', en: 'Valid until' },
  organization: { ja: '所属機関', en: 'Organization' },
  remarks: { ja: '備考', en: 'Remarks' },
  issuingOffice: { ja: '交付官署', en: 'Issuing office' },
}

/** A text longer than this is not a mail. */
const LONGEST = 100_000
/** So much of a value is shown again. */
const SHOWN = 300
/** So many stretches of text are tried where a label is gone. */
const TRIES = 20_000

/** The text of a QR code: every field by its English name (short in a code), then the line. Reads as what it is on any phone. */
export function codeText(values: SignedValues, line: string): string {
  return [...SIGNED_FIELDS.map((field) => `${SIGNED_LABELS[field].en}: ${values[field]}`), line].join('\n')
}

interface Piece {
  raw: string
  field: SignedField | null
  paragraph: number
}

/** A label: whose it is, its first piece, and whether it stands in both languages, as in the mail. */
interface Label {
  field: SignedField
  at: number
  whole: boolean
}

/** Where in the pieces a field stands: its label (or value) from, its value to (exclusive). */
interface Place {
  from: number
  to: number
}
type Finding = CheckedField & { place: Place | null }

const spaced = (label: string) =>
  [...label]
    .filter((sign) => sign.trim() !== '')
    .map((sign) => sign.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('\\s*')
const LABELS = SIGNED_FIELDS.map((field) => {
  const { ja, en } = SIGNED_LABELS[field]
  return { field, ja: plainValue(ja).toLowerCase(), en: plainValue(en).toLowerCase(), raw: { ja, en } }
})
const anyOf = (patterns: string[]) => `(?:${patterns.join('|')})`
/** Both names of a field, or one with a colon, in normalised text. */
const WHOLE_LABEL = anyOf(
  LABELS.map(({ raw }) => `${spaced(raw.ja.normalize('NFKC'))}\\s*/?\\s*${spaced(raw.en)}\\s*:?`),
)
const COLON_LABEL = `${anyOf(LABELS.flatMap(({ raw }) => [spaced(raw.ja.normalize('NFKC')), spaced(raw.en)]))}\\s*:`
const AT_START = new RegExp(`^(${WHOLE_LABEL}|${COLON_LABEL})`, 'gim')
const ANYWHERE = new RegExp(`(${WHOLE_LABEL}|(?<=^|\\s)${COLON_LABEL})`, 'gim')
const SECTION = /(?=■|【|ZAIRYU\d)/gi

/** Whose label this is: in both languages, in one, or with one of them translated. */
function labelOf(raw: string): SignedField | null {
  const text = plainValue(raw).toLowerCase().replace(/:$/, '')
  if (text === '' || text.length > 80) return null
  const exact = LABELS.find(({ ja, en }) => [ja, en, `${ja}/${en}`, `${ja}${en}`, `/${en}`].includes(text))
  const half = () => LABELS.find(({ ja, en }) => text.startsWith(`${ja}/`) || text.endsWith(`/${en}`))
  return (exact ?? half())?.field ?? null
}

/** The text without the marks of quoting before its lines. */
const unquoted = (text: string) =>
  text
    .split(/\r\n?|[\n\u2028\u2029]/)
    .map((line) => line.replace(/^[\s>|＞│┃]+/u, ''))
    .join('\n')

/** The text in pieces: lines and cells, a label apart from its value. `anywhere`: labels also within a line. */
function piecesOf(text: string, anywhere: boolean): Piece[] {
  const normal = text.normalize('NFKC')
  const split = anywhere
    ? normal.replace(ANYWHERE, '\n$1\n').replace(SECTION, '\n\n')
    : normal.replace(AT_START, '$1\n').replace(SECTION, '\n\n')
  let paragraph = 0
  return split.split(/[\n\t]/).flatMap((line): Piece[] => {
    const raw = line.replace(/^[\s*_`|>]+|[\s*_`|>]+$/g, '')
    if (raw !== '') return [{ raw, field: labelOf(raw), paragraph }]
    paragraph += 1
    return []
  })
}

const textOf = (pieces: Piece[]) => pieces.map(({ raw }) => raw).join(' ')
const shorten = (text: string) => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text)

/** What is compared with the digests of one line; each value is hashed once. */
class Comparison {
  private readonly digests = new Map<string, Promise<string>>()
  private readonly line: SignedLine
  constructor(line: SignedLine) {
    this.line = line
  }

  async fits(field: SignedField, value: string): Promise<boolean> {
    const plain = plainValue(value)
    let digest = this.digests.get(plain)
    if (!digest) this.digests.set(plain, (digest = digestOf(plain)))
    return (await digest) === this.line.digests[field]
  }
}

/** What stands behind a label. Behind the value the text runs on only after the last field, and where a label was translated. */
async function readLabelled(
  field: SignedField,
  pieces: Piece[],
  place: Place,
  runsOn: boolean,
  compare: Comparison,
): Promise<Finding> {
  const first = pieces.findIndex((piece, at) => at >= place.from && piece.field !== field)
  const from = first < 0 || first > place.to ? place.to : first
  const value = pieces.slice(from, place.to)
  const same = (shown: string, to: number): Finding => ({
    name: field,
    state: 'same',
    shown,
    place: { from: place.from, to },
  })
  if (await compare.fits(field, textOf(value))) return same(textOf(value), place.to)
  if (runsOn)
    for (let count = 1; count < Math.min(value.length, 100); count += 1) {
      const part = textOf(value.slice(0, count))
      if (await compare.fits(field, part)) return same(part, from + count)
    }
  if (runsOn && value[0]) {
    const words = textOf(value)
      .slice(0, 3 * SHOWN)
      .split(' ')
    for (let count = 1; count < words.length; count += 1) {
      const part = words.slice(0, count).join(' ')
      if (await compare.fits(field, part)) return same(part, from + 1)
    }
  }
  if (value.length === 0) return { name: field, state: 'missing', shown: null, place }
  const own = runsOn ? value.filter(({ paragraph }) => paragraph === value[0]?.paragraph) : value
  return {
    name: field,
    state: 'altered',
    shown: shorten(textOf(own)),
    place: { from: place.from, to: from + own.length },
  }
}

/** Fields whose labels are gone (translated) are known by their values, wherever they stand. */
async function findByValue(
  fields: Set<SignedField>,
  pieces: Piece[],
  compare: Comparison,
): Promise<Map<SignedField, Finding>> {
  const found = new Map<SignedField, Finding>()
  const longest = Math.max(2, Math.min(40, Math.floor(TRIES / Math.max(1, pieces.length))))
  for (let from = 0; from < pieces.length && fields.size > found.size; from += 1)
    for (let to = from + 1; to <= Math.min(pieces.length, from + longest); to += 1) {
      const shown = textOf(pieces.slice(from, to))
      for (const name of fields)
        if (!found.has(name) && (await compare.fits(name, shown)))
          found.set(name, { name, state: 'same', shown, place: { from, to } })
    }
  return found
}

/** What stands between its neighbours, in the place of a field that was not found. */
function inItsPlace(name: SignedField, findings: ReadonlyMap<SignedField, Finding>, pieces: Piece[]): Finding {
  const order = SIGNED_FIELDS.indexOf(name)
  const neighbour = (step: number) => {
    const other = SIGNED_FIELDS[order + step]
    return other && findings.get(other)?.place
  }
  const [before, after] = [neighbour(-1), neighbour(1)]
  const between = before && after ? pieces.slice(before.to, after.from) : []
  return between.length > 0
    ? { name, state: 'altered', shown: shorten(textOf(between)), place: null }
    : { name, state: 'missing', shown: null, place: null }
}

function labelsIn(pieces: Piece[]): Label[] {
  return pieces.flatMap(({ field, raw }, at): Label[] => {
    if (!field || pieces[at - 1]?.field === field) return []
    const { ja, en } = SIGNED_LABELS[field]
    const text = plainValue(`${raw}${pieces[at + 1]?.field === field ? pieces[at + 1]?.raw : ''}`).toLowerCase()
    const whole = [ja, en].every((name) => text.includes(plainValue(name).toLowerCase()))
    return [{ field, at, whole }]
  })
}

async function compareFields(pieces: Piece[], line: SignedLine): Promise<CheckedField[]> {
  const compare = new Comparison(line)
  const labels = labelsIn(pieces)
  const unlabelled = new Set(SIGNED_FIELDS.filter((name) => !labels.some(({ field }) => field === name)))
  const findings = new Map<SignedField, Finding>()
  for (const [place, { field, at, whole }] of labels.entries()) {
    // Somebody who forwards a certificate may write 「氏名：…」 above it.
    if (!whole && labels.some((other) => other.whole && other.field === field)) continue
    const next = labels[place + 1]?.at
    const runsOn = next === undefined || field === SIGNED_FIELDS.at(-1) || unlabelled.size > 0
    const finding = await readLabelled(field, pieces, { from: at, to: next ?? pieces.length }, runsOn, compare)
    // Where the certificate stands twice (quoted below, say), the worse one counts.
    if ((findings.get(field)?.state ?? 'same') === 'same') findings.set(field, finding)
  }
  if (unlabelled.size > 0)
    for (const [name, finding] of await findByValue(unlabelled, pieces, compare)) findings.set(name, finding)
  return SIGNED_FIELDS.map((name) => {
    const { state, shown } = findings.get(name) ?? inItsPlace(name, findings, pieces)
    return { name, state, shown }
  })
}

const isSame = ({ state }: CheckedField) => state === 'same'

/**
 * Checks a pasted mail (also quoted, wrapped anew, with other spaces or widths, with translated labels) or the text of a QR code.
 * Asks nobody; `known` are the keys that the reader's program keeps.
 * @throws where the page has no WebCrypto with Ed25519 (an old browser, or a page that came over plain HTTP)
 */
export async function checkCertificate(pasted: string, known: VerificationKeys): Promise<Verification> {
  if (pasted.length > LONGEST) return { verdict: 'unreadable', reason: 'too-long' }
  const text = unquoted(pasted)
  const { lines, damaged, otherVersion } = await signedLinesIn(text)
  const [line] = lines
  if (!line)
    return { verdict: 'unreadable', reason: damaged ? 'line-damaged' : otherVersion ? 'line-newer' : 'no-line' }
  if (lines.length > 1) return { verdict: 'unreadable', reason: 'several' }
  const key = known.keys.find(({ kid }) => kid === line.kid)
  if (!key) return { verdict: 'not-ours', reason: 'key-unknown' }
  if (!(await isSignedWith(line, key.x))) return { verdict: 'not-ours', reason: 'signature' }

  let fields = await compareFields(piecesOf(text, false), line)
  if (!fields.every(isSame)) {
    // Some programs put everything on one line: then labels stand within lines.
    const closer = await compareFields(piecesOf(text, true), line)
    if (closer.filter(isSame).length > fields.filter(isSame).length) fields = closer
  }
  if (fields.every(({ state }) => state === 'missing')) return { verdict: 'unreadable', reason: 'line-alone' }
  const values = Object.fromEntries(fields.map(({ name, shown }) => [name, shown ?? ''])) as SignedValues
  const unaltered = fields.every(isSame) && (await wholeDigestOf(values)) === line.whole
  return { verdict: unaltered ? 'unaltered' : 'altered', fields }
}
