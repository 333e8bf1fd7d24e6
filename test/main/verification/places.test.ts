import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { checkCertificate, codeText, SIGNED_LABELS, type Verification } from '#domain/verification/verification'
import { SIGNED_FIELDS, type SignedField } from '#domain/verification/verification-line'
import { makeKey, publish, signedMail } from './signed-mails'

// Hundreds of certificates are checked in one test.
vi.setConfig({ testTimeout: 30_000 })

const key = await makeKey()
const mail = await signedMail(key)
const check = (text: string): Promise<Verification> => checkCertificate(text, publish(key))
const verdictOf = async (text: string) => (await check(text)).verdict
const stateOf = async (text: string, field: SignedField) => {
  const found = await check(text)
  return 'fields' in found ? found.fields.find(({ name }) => name === field)?.state : found
}

const labelOf = (field: SignedField) => `${SIGNED_LABELS[field].ja} / ${SIGNED_LABELS[field].en}`

/** The mail in the blocks of its paragraphs: label and value of each field, and what stands around them. */
const blocks = mail.text.split('\n\n')
const blockOf = (field: SignedField) => blocks.findIndex((block) => block.startsWith(`${labelOf(field)}\n`))
const put = (changes: Record<number, string>) => blocks.map((block, place) => changes[place] ?? block).join('\n\n')
const valueOf = (field: SignedField) => (blocks[blockOf(field)] ?? '').slice(labelOf(field).length + 1)
const ORIGINAL = Object.fromEntries(SIGNED_FIELDS.map((field) => [field, valueOf(field)])) as Record<
  SignedField,
  string
>

const FALSE: Record<SignedField, string> = {
  number: '在1番Y99999999',
  name: 'TRAN THI BA',
  nationality: '中国 China',
  birthDate: '2001年1月1日 (2001-01-01)',
  sex: '女 Female',
  statusOfResidence: '経営・管理\n  Business Manager',
  periodOfStay: '5年 5 years',
  issuedOn: '2026年1月1日 (2026-01-01)',
  validUntil: '2099年12月31日 (2099-12-31)',
  organization: '有限会社べつのところ',
  remarks: '就労可',
  issuingOffice: '大阪出入国在留管理局\n  Osaka Regional Immigration Services Bureau',
}
/** Names for the fields that are none of ours, as somebody would choose them who wants to be believed. */
const OTHER_LABELS = [
  '氏名（正）',
  'Full name',
  'Holder',
  'お名前',
  'Họ và tên',
  '訂正',
  'Corrected',
  '名前:',
  'Detail:',
]

const field = fc.constantFrom(...SIGNED_FIELDS)
const label = fc.constantFrom(...OTHER_LABELS)
/** Behind the certificate, at the end of the mail, above it, or in the place of the block. */
const place = fc.constantFrom('end', 'behind-office', 'first')

const add = (text: string, block: string, where: string): string => {
  if (where === 'end') return `${text}\n\n${block}\n`
  const office = `${labelOf('issuingOffice')}\n${ORIGINAL.issuingOffice}`
  if (where === 'behind-office' && text.includes(office)) return text.replace(office, () => `${office}\n\n${block}`)
  return `${block}\n\n${text}`
}

describe('a value that is not where its label is', () => {
  it('does not stand for the one whose name and label were replaced (it stood at the end)', async () => {
    const text = `${put({ [blockOf('name')]: 'お名前 / Full name\n  TRAN THI BA' })}\n\n  NGUYEN VAN AN\n`
    expect(await verdictOf(text)).toBe('altered')
  })

  it('is found for every field, whatever the label was replaced with, wherever the true value stands', async () => {
    await fc.assert(
      fc.asyncProperty(field, label, place, fc.boolean(), async (name, other, where, bare) => {
        const forged = put({ [blockOf(name)]: `${other}\n  ${FALSE[name]}` })
        const truth = bare ? ORIGINAL[name].trim() : `${SIGNED_LABELS[name].ja}: ${ORIGINAL[name].trim()}`
        expect(await verdictOf(add(forged, truth, where))).toBe('altered')
      }),
      { numRuns: 40 },
    )
  })

  it('is found where the label stands alone and the value elsewhere', async () => {
    await fc.assert(
      fc.asyncProperty(field, place, async (name, where) => {
        const moved = add(put({ [blockOf(name)]: labelOf(name) }), ORIGINAL[name], where)
        expect(await verdictOf(moved)).toBe('altered')
      }),
    )
  })

  it('is found where two values have changed places', async () => {
    await fc.assert(
      fc.asyncProperty(field, field, async (one, other) => {
        fc.pre(ORIGINAL[one].trim() !== ORIGINAL[other].trim())
        const text = put({
          [blockOf(one)]: `${labelOf(one)}\n${ORIGINAL[other]}`,
          [blockOf(other)]: `${labelOf(other)}\n${ORIGINAL[one]}`,
        })
        expect(await verdictOf(text)).toBe('altered')
      }),
    )
  })

  it('is found where a label was replaced with that of another field', async () => {
    await fc.assert(
      fc.asyncProperty(field, field, async (one, other) => {
        fc.pre(ORIGINAL[one].trim() !== ORIGINAL[other].trim())
        expect(await verdictOf(put({ [blockOf(one)]: `${labelOf(other)}\n${ORIGINAL[one]}` }))).toBe('altered')
      }),
      { numRuns: 40 },
    )
  })
})

describe('a second value', () => {
  it('beside the true one is found: under its label, and in a block of its own among the others', async () => {
    await fc.assert(
      fc.asyncProperty(field, fc.option(label), fc.constantFrom('above', 'below', 'own'), async (name, other, how) => {
        fc.pre(name !== 'issuingOffice' || how === 'above')
        const [truth, lie] = [ORIGINAL[name], `  ${FALSE[name]}`]
        const under = {
          above: `${lie}\n${truth}`,
          below: `${truth}\n${lie}`,
          own: `${truth}\n\n${other ?? SIGNED_LABELS[name].ja}\n${lie}`,
        }
        expect(await verdictOf(put({ [blockOf(name)]: `${labelOf(name)}\n${under[how]}` }))).toBe('altered')
      }),
      { numRuns: 40 },
    )
  })

  it('cannot hide behind a label of another field that was translated', async () => {
    await fc.assert(
      fc.asyncProperty(field, field, fc.option(label), async (name, translated, other) => {
        fc.pre(name !== translated && name !== 'issuingOffice')
        const second = other === null ? `  ${FALSE[name]}` : `${other}\n  ${FALSE[name]}`
        const text = put({
          [blockOf(name)]: `${labelOf(name)}\n${ORIGINAL[name]}\n${second}`,
          [blockOf(translated)]: `Nhãn đã dịch\n${ORIGINAL[translated]}`,
        })
        expect(await verdictOf(text)).toBe('altered')
      }),
      { numRuns: 40 },
    )
  })

  it('under a translated label is found, above and below the true one', async () => {
    await fc.assert(
      fc.asyncProperty(field, fc.boolean(), async (name, above) => {
        fc.pre(name !== 'issuingOffice' || above)
        const [truth, lie] = [ORIGINAL[name], `  ${FALSE[name]}`]
        const text = put({ [blockOf(name)]: `Nhãn đã dịch\n${above ? `${lie}\n${truth}` : `${truth}\n${lie}`}` })
        expect(await verdictOf(text)).toBe('altered')
      }),
      { numRuns: 40 },
    )
  })

  it('in a second copy of the certificate counts, not the first', async () => {
    await fc.assert(
      fc.asyncProperty(field, fc.boolean(), async (name, after) => {
        const lie = put({ [blockOf(name)]: `${labelOf(name)}\n  ${FALSE[name]}` })
        const both = after ? `${mail.text}\n\n${lie}` : `${lie}\n\n${mail.text}`
        expect(await stateOf(both, name)).toBe('altered')
      }),
    )
  })

  it('in the text of a code is found', async () => {
    await fc.assert(
      fc.asyncProperty(field, label, async (name, other) => {
        const code = codeText(mail.values, mail.line)
        const line = `${SIGNED_LABELS[name].en}: ${mail.values[name]}`
        const lie = FALSE[name].replace(/\s+/g, ' ')
        expect(await verdictOf(code.replace(line, () => `${other} ${lie}`) + `\n${line}`)).toBe('altered')
        if (name !== 'issuingOffice')
          expect(await verdictOf(code.replace(line, () => `${line}\n${other} ${lie}`))).toBe('altered')
      }),
      { numRuns: 40 },
    )
  })
})

describe('writing that is turned round', () => {
  it('shows other signs than are compared: it is found', async () => {
    expect(await stateOf(put({ [blockOf('number')]: `${labelOf('number')}\n  \u202E在1番Y25071798` }), 'number')).toBe(
      'altered',
    )
    expect(await stateOf(put({ [blockOf('name')]: `${labelOf('name')}\n  NGUYEN \u202DVAN AN` }), 'name')).toBe(
      'altered',
    )
  })
})

describe('a true copy', () => {
  it.each([60, 66, 72, 78])(
    'wrapped anew at %i columns is unaltered, also quoted and as format=flowed',
    async (width) => {
      const wrap = (text: string, soft: string) =>
        text
          .split('\n')
          .flatMap((line) => line.match(new RegExp(`.{1,${width}}(?:\\s|$)|.{1,${width}}`, 'gu')) ?? [''])
          .join(`${soft}\n`)
      for (const soft of ['', ' ']) {
        expect(await verdictOf(wrap(mail.text, soft))).toBe('unaltered')
        expect(await verdictOf(wrap(mail.text, soft).replace(/^/gm, '> '))).toBe('unaltered')
      }
    },
  )

  it('in two columns, label and value side by side, is unaltered', async () => {
    const text = SIGNED_FIELDS.reduce(
      (so, name) => so.replace(`${labelOf(name)}\n${ORIGINAL[name]}`, () => `${labelOf(name)}\t${mail.values[name]}`),
      mail.text,
    )
    expect(await verdictOf(text)).toBe('unaltered')
    expect(await verdictOf(text.replaceAll('\t', '    '))).toBe('unaltered')
  })
})
