import * as z from 'zod/mini'
import { cancellationId, cancelledList, isListSignedWith } from './cancelled-certificates'
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
  cancelled: z.optional(cancelledList),
})
export type VerificationKeys = z.infer<typeof verificationKeyReply>

export interface CheckedField {
  name: SignedField
  /** `missing`: the text has nothing in its place. */
  state: 'same' | 'altered' | 'missing'
  /** What the text shows. */
  shown: string | null
}

/** Whether the certificate still holds, by the list of the service of `asOf`; `unknown`: there is no list that can be believed. */
export type Standing =
  { kind: 'holds'; asOf: string } | { kind: 'cancelled' | 'replaced'; on: string; asOf: string } | { kind: 'unknown' }

/** What a pasted text turned out to be. */
export type Verification =
  | { verdict: 'unaltered' | 'altered'; fields: CheckedField[]; standing: Standing }
  /**
   * `key-unknown`: signed with a key that is not among the known ones; `signature`: with none of them; `key-retired`: with one that signed
   * no more on its day of issue.
   */
  | { verdict: 'not-ours'; reason: 'key-unknown' | 'signature' | 'key-retired' }
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
    return (await this.digest(value)) === this.line.digests[field]
  }

  async fitting(fields: Iterable<SignedField>, value: string): Promise<SignedField[]> {
    const digest = await this.digest(value)
    return [...fields].filter((field) => this.line.digests[field] === digest)
  }

  private digest(value: string): Promise<string> {
    // Turned writing shows other signs than are compared; no mail of ours has it.
    if (/[\u202D\u202E]/u.test(value)) return Promise.resolve('')
    const plain = plainValue(value)
    let digest = this.digests.get(plain)
    if (!digest) this.digests.set(plain, (digest = digestOf(plain)))
    return digest
  }
}

/**
 * How far the text goes on behind a value. `no`: to the next label all is the value. `paragraph`: other paragraphs follow.
 * `yes`: anything, also in the same line.
 */
type RunsOn = 'no' | 'paragraph' | 'yes'

/** What stands behind a label. Behind the value the text runs on only after the last field, and before a field without a label. */
async function readLabelled(
  field: SignedField,
  pieces: Piece[],
  place: Place,
  runsOn: RunsOn,
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
  if (runsOn !== 'no')
    for (let count = 1; count < Math.min(value.length, 100); count += 1) {
      const part = textOf(value.slice(0, count))
      if (runsOn === 'paragraph' && value[count]?.paragraph === value[count - 1]?.paragraph) continue
      if (await compare.fits(field, part)) return same(part, from + count)
    }
  if (runsOn === 'yes' && value[0]) {
    const words = textOf(value)
      .slice(0, 3 * SHOWN)
      .split(' ')
    for (let count = 1; count < words.length; count += 1) {
      const part = words.slice(0, count).join(' ')
      if (await compare.fits(field, part)) return same(part, from + 1)
    }
  }
  if (value.length === 0) return { name: field, state: 'missing', shown: null, place }
  const own = runsOn === 'no' ? value : value.filter(({ paragraph }) => paragraph === value[0]?.paragraph)
  return {
    name: field,
    state: 'altered',
    shown: shorten(textOf(own)),
    place: { from: place.from, to: from + own.length },
  }
}

/** Where the values of fields without a label stand, wherever that is. */
async function placesByValue(
  fields: Set<SignedField>,
  pieces: Piece[],
  compare: Comparison,
): Promise<Map<SignedField, Finding[]>> {
  const found = new Map<SignedField, Finding[]>()
  const longest = Math.max(2, Math.min(40, Math.floor(TRIES / Math.max(1, pieces.length))))
  for (let from = 0; from < pieces.length; from += 1)
    for (let to = from + 1; to <= Math.min(pieces.length, from + longest); to += 1) {
      if (pieces[to - 1]?.field) break
      const shown = textOf(pieces.slice(from, to))
      for (const name of await compare.fitting(fields, shown))
        found.set(name, [...(found.get(name) ?? []), { name, state: 'same', shown, place: { from, to } }])
    }
  return found
}

/**
 * Whether a piece may be the translated name of a field: short, without digits, without something behind a colon, and without words
 * in capitals, in which names of people are written. What stands there beside a value is read as one.
 */
const isForeignLabel = (raw: string): boolean =>
  raw.length <= 80 && !/\p{N}|[:：]\s*\S|(?:^|\s)\p{Lu}{2,}(?:\s|$)/u.test(raw) && labelOf(raw) === null

/**
 * Whether a value stands where it belongs: right behind the one before it, with nothing but its own label between. What is between
 * would be read as a second value of one of the two.
 */
function follows(before: Finding, after: Finding, pieces: Piece[], labelLines: number): boolean {
  if (!before.place || !after.place) return false
  const between = pieces.slice(before.place.to, after.place.from)
  return between.length === labelLines && between.every(({ raw }) => isForeignLabel(raw))
}

/**
 * Fields whose labels are gone (translated) are known by their values: those that stand one behind the other in the order of the mail,
 * each under its own label, which takes the same number of lines for all of them. `labelled` are the fields that were found by theirs.
 */
function chainByValue(
  labelled: ReadonlyMap<SignedField, Finding>,
  pieces: Piece[],
  places: ReadonlyMap<SignedField, Finding[]>,
  labelLines: number,
): Map<SignedField, Finding> {
  const fields = new Set(SIGNED_FIELDS.filter((name) => !labelled.has(name)))
  interface Chain {
    last: Finding
    before: Chain | null
    links: number
    length: number
  }
  let chains: Chain[] = []
  for (const name of SIGNED_FIELDS) {
    const own = labelled.get(name)
    const candidates = own ? (own.state === 'same' ? [own] : []) : (places.get(name) ?? [])
    const order = SIGNED_FIELDS.indexOf(name)
    const longer = candidates.map((last): Chain => {
      const best = chains
        .filter(({ last: { place } }) => (place?.to ?? 0) <= (last.place?.from ?? 0))
        .map((before) => {
          const isNext = SIGNED_FIELDS.indexOf(before.last.name) === order - 1
          const linked = isNext && follows(before.last, last, pieces, own ? 0 : labelLines)
          return { last, before, links: before.links + Number(linked), length: before.length + 1 }
        })
        .reduce<Chain | null>((a, b) => (a && better(a, b) ? a : b), null)
      return best ?? { last, before: null, links: 0, length: 1 }
    })
    chains = [...chains, ...longer]
  }
  const found = new Map<SignedField, Finding>()
  let chain = chains.reduce<Chain | null>((a, b) => (a && better(a, b) ? a : b), null)
  for (; chain; chain = chain.before) {
    const { last, before } = chain
    const isNext = before && SIGNED_FIELDS.indexOf(before.last.name) === SIGNED_FIELDS.indexOf(last.name) - 1
    const isBetween = fields.has(last.name) || (before && fields.has(before.last.name))
    const isFirst = last.name === SIGNED_FIELDS[0] && fields.has(last.name)
    const top = last.place?.from ?? 0
    const above = isFirst ? pieces.slice(Math.max(0, top - labelLines), top) : []
    if (isNext && isBetween && !follows(before.last, last, pieces, fields.has(last.name) ? labelLines : 0)) {
      const between = pieces.slice(before.last.place?.to, last.place?.to)
      found.set(last.name, { ...last, state: 'altered', shown: shorten(textOf(between)) })
    } else if (isFirst && (above.length < labelLines || !above.every(({ raw }) => isForeignLabel(raw)))) {
      found.set(last.name, {
        ...last,
        state: 'altered',
        shown: shorten([textOf(above), last.shown].join(' ').trim()),
      })
    } else if (fields.has(last.name)) found.set(last.name, last)
  }
  return found
}

/** Fields whose labels are gone, known by their values. Where all labels are, each may take two lines: one was Japanese, one English. */
async function findByValue(
  labelled: ReadonlyMap<SignedField, Finding>,
  pieces: Piece[],
  compare: Comparison,
): Promise<Map<SignedField, Finding>> {
  const places = await placesByValue(new Set(SIGNED_FIELDS.filter((name) => !labelled.has(name))), pieces, compare)
  const found = chainByValue(labelled, pieces, places, 1)
  if (labelled.size > 0) return found
  const inTwoLines = chainByValue(labelled, pieces, places, 2)
  const count = (findings: ReadonlyMap<SignedField, Finding>) => [...findings.values()].filter(isSame).length
  return count(inTwoLines) > count(found) ? inTwoLines : found
}

const better = (a: { links: number; length: number }, b: { links: number; length: number }) =>
  a.length !== b.length ? a.length > b.length : a.links > b.links

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

/** Labels in copies of the certificate: where a field comes again, the next copy (quoted below, say) begins. */
function copiesOf(labels: Label[]): Label[][] {
  const copies: Label[][] = []
  for (const label of labels) {
    const copy = copies.at(-1)
    if (!copy || copy.some(({ field }) => field === label.field)) copies.push([label])
    else copy.push(label)
  }
  return copies
}

/** Half a label proves little: it counts in the order of the mail alone. */
const isInOrder = (copy: Label[], label: Label): boolean =>
  label.whole ||
  copy.every(
    ({ field, at }) =>
      at === label.at || at < label.at === SIGNED_FIELDS.indexOf(field) < SIGNED_FIELDS.indexOf(label.field),
  )

async function compareFields(pieces: Piece[], line: SignedLine): Promise<CheckedField[]> {
  const compare = new Comparison(line)
  const labels = labelsIn(pieces)
  const unlabelled = new Set(SIGNED_FIELDS.filter((name) => !labels.some(({ field }) => field === name)))
  // Somebody who forwards a certificate may write 「氏名：…」 above it; among its fields that would be a second value.
  const isSpare = ({ field, whole }: Label) => !whole && labels.some((other) => other.whole && other.field === field)
  const copies = copiesOf(labels.filter((label) => !isSpare(label)))
  const findings = new Map<SignedField, Finding>()
  // Where the certificate stands twice, the worse one counts.
  const note = (finding: Finding) => {
    if ((findings.get(finding.name)?.state ?? 'same') === 'same') findings.set(finding.name, finding)
  }
  const altered = (finding: Finding): Finding => ({ ...finding, state: 'altered' })
  for (const copy of copies) {
    let end = 0
    for (const label of copy) {
      const { field, at } = label
      const next = labels.find((other) => other.at > at)?.at
      const following = SIGNED_FIELDS[SIGNED_FIELDS.indexOf(field) + 1]
      const goesOn = following === undefined || unlabelled.has(following)
      const runsOn = goesOn ? 'yes' : next === undefined ? 'paragraph' : 'no'
      const finding = await readLabelled(field, pieces, { from: at, to: next ?? pieces.length }, runsOn, compare)
      note(isInOrder(copy, label) ? finding : altered(finding))
      end = finding.place?.to ?? at
    }
    const begin = copy[0]?.at ?? 0
    for (const spare of labels.filter((label) => isSpare(label) && label.at > begin && label.at < end))
      note({
        name: spare.field,
        state: 'altered',
        shown: shorten(textOf(pieces.slice(spare.at, spare.at + 2))),
        place: null,
      })
  }
  if (unlabelled.size > 0) for (const finding of (await findByValue(findings, pieces, compare)).values()) note(finding)
  return SIGNED_FIELDS.map((name) => {
    const { state, shown } = findings.get(name) ?? inItsPlace(name, findings, pieces)
    return { name, state, shown }
  })
}

const isSame = ({ state }: Pick<CheckedField, 'state'>) => state === 'same'

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
  if (unaltered && isIssuedAfter(values.issuedOn, key.retiredAt)) return { verdict: 'not-ours', reason: 'key-retired' }
  return { verdict: unaltered ? 'unaltered' : 'altered', fields, standing: await standingOf(line, known) }
}

/** A certificate is signed on its day of issue or later: who got hold of an old key can sign nothing that would still be valid for long. */
function isIssuedAfter(issuedOn: string, retiredAt: string | null | undefined): boolean {
  const day = /\d{4}-\d{2}-\d{2}/.exec(issuedOn)?.[0]
  return (
    day !== undefined && typeof retiredAt === 'string' && Date.parse(`${day}T00:00:00+09:00`) > Date.parse(retiredAt)
  )
}

async function standingOf(line: SignedLine, { cancelled, keys }: VerificationKeys): Promise<Standing> {
  const signer = cancelled && keys.find(({ kid }) => kid === cancelled.kid)
  if (!cancelled || !signer || !(await isListSignedWith(cancelled, signer.x))) return { kind: 'unknown' }
  const { asOf, items } = cancelled
  const id = await cancellationId(line)
  const found = items.find((item) => item.id === id)
  return found ? { kind: found.replaced ? 'replaced' : 'cancelled', on: found.on, asOf } : { kind: 'holds', asOf }
}
