import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { checkCertificate, codeText, SIGNED_LABELS, type Verification } from '#domain/verification/verification'
import { keyIdOf, plainValue, SIGNED_FIELDS, type SignedField } from '#domain/verification/verification-line'
import { withoutReadings } from '#main/mail/mailer/japanese'
import en from '../../../resources/locales/en/mail.json' with { type: 'json' }
import ja from '../../../resources/locales/ja/mail.json' with { type: 'json' }
import { makeKey, publish, signedMail } from './signed-mails'

// Hundreds of certificates are checked in one test.
vi.setConfig({ testTimeout: 30_000 })

const key = await makeKey()
const known = publish(key)
const mail = await signedMail(key)
const check = (text: string) => checkCertificate(text, known)

const notSame = (found: Verification) =>
  'fields' in found ? found.fields.filter(({ state }) => state !== 'same').map(({ name }) => name) : found

/** The lines of a value in the text of the mail. */
const valueLines = (text: string, field: SignedField) => {
  const { ja, en } = SIGNED_LABELS[field]
  const label = `\n${ja} / ${en}\n`
  const from = text.indexOf(label) + label.length
  return { from, to: text.indexOf('\n\n', from) }
}
const withValue = (text: string, field: SignedField, value: string) => {
  const { from, to } = valueLines(text, field)
  return `${text.slice(0, from)}  ${value}${text.slice(to)}`
}

describe('the names of the fields', () => {
  it('are those of the mail', () => {
    for (const field of SIGNED_FIELDS)
      expect(SIGNED_LABELS[field]).toEqual({
        ja: withoutReadings(ja[`mail.certificate.${field}`]),
        en: en[`mail.certificate.${field}`],
      })
  })
})

describe('a mail as it was sent', () => {
  it('is unaltered, with every field as it shows it', async () => {
    const found = await check(mail.text)
    expect(found).toMatchObject({ verdict: 'unaltered' })
    expect('fields' in found && Object.fromEntries(found.fields.map(({ name, shown }) => [name, shown]))).toEqual(
      Object.fromEntries(SIGNED_FIELDS.map((field) => [field, mail.values[field].normalize('NFKC')])),
    )
  })

  it.each([
    {
      remarks: '1) 就労資格: 活動の内容は告示のとおり。\u301C 2027年3月まで',
      organization: 'Müller & Söhne GmbH “東京支店”',
    },
    { nationality: 'QQQ', statusOfResidence: '新資格', periodOfStay: '別に定める', issuingOffice: '立川出張所' },
    { nationality: 'CIV', sex: 'female', nameEn: "O'NEILL-SMITH ANNE" } as const,
    { remarks: '長い備考。'.repeat(190) },
  ])('whatever it says: %o', async (changes) => {
    const other = await signedMail(key, changes)
    expect(notSame(await check(other.text))).toEqual([])
  })

  it('is the same for a reminder', async () => {
    const reminder = await signedMail(key, {}, 3)
    expect(reminder.line).toBe(mail.line)
    expect(await check(reminder.text)).toMatchObject({ verdict: 'unaltered' })
  })

  it('as the text of a QR code', async () => {
    const code = codeText(mail.values, mail.line)
    expect(await check(code)).toMatchObject({ verdict: 'unaltered' })
    expect(await check(code.replaceAll('\n', ' '))).toMatchObject({ verdict: 'unaltered' })
    expect(notSame(await check(code.replace('VAN AN', 'VAN ANH')))).toEqual(['name'])
  })
})

const wrapped = (text: string, width: number) =>
  text
    .split('\n')
    .flatMap((line) => line.match(new RegExp(`.{1,${width}}`, 'gu')) ?? [''])
    .join('\n')
const fullWidth = (text: string) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))

/** What happens to mail on its way through mail programs; none of it changes a word. */
const DAMAGE: [string, (text: string) => string][] = [
  ['quoted', (text) => text.replace(/^/gm, '> ')],
  ['quoted twice, tightly', (text) => text.replace(/^/gm, '>> ')],
  ['quoted by a bar', (text) => text.replace(/^/gm, '| ')],
  ['with Windows line ends', (text) => text.replaceAll('\n', '\r\n')],
  ['with empty lines between all lines', (text) => text.replaceAll('\n', '\n\n')],
  ['without empty lines', (text) => text.replace(/\n+/g, '\n')],
  ['all on one line', (text) => text.replace(/\s+/g, ' ')],
  ['with spaces at the ends of lines', (text) => text.replaceAll('\n', '  \n')],
  ['with full-width spaces', (text) => text.replaceAll(' ', '\u3000')],
  ['in full width', fullWidth],
  ['with bold marks', (text) => text.replace(/^(\S.*)$/gm, '*$1*')],
  ['decomposed', (text) => text.normalize('NFD')],
  ['through Shift_JIS', (text) => text.replaceAll('-', '\u2212').replaceAll('－', '\u2212')],
  ['wrapped at 30', (text) => wrapped(text, 30)],
  ['wrapped at 30 and quoted', (text) => wrapped(text, 30).replace(/^/gm, '> ')],
  ['with non-breaking spaces', (text) => text.replaceAll(' ', '\u00A0')],
  ['with invisible marks', (text) => text.replaceAll('Y', '\u200BY\u00AD')],
  [
    'below a covering letter',
    (text) => `田中様\n\n氏名：グエン様の証明書です。\nRemarks: please print\n\n${text}\n\n--\n山田`,
  ],
  ['quoted below an answer, and once more', (text) => `Thank you!\n\n${text}\n${text.replace(/^/gm, '> ')}`],
]

describe('what surrounds the values does not matter', () => {
  it.each(DAMAGE)('a mail %s is unaltered', async (_, damage) => {
    expect(notSame(await check(damage(mail.text)))).toEqual([])
    expect((await check(damage(mail.text))).verdict).toBe('unaltered')
  })

  it.each(DAMAGE.filter(([name]) => !/all on one line|covering|once more/.test(name)))(
    'and an altered one %s is found',
    async (_, damage) => {
      const altered = withValue(mail.text, 'birthDate', '1998年4月21日 (1998-04-21)')
      const found = await check(damage(altered))
      expect(notSame(found)).toEqual(['birthDate'])
    },
  )

  it('nor does the order of the fields', async () => {
    const blocks = SIGNED_FIELDS.map(
      (field) => `${SIGNED_LABELS[field].ja} / ${SIGNED_LABELS[field].en}\n  ${mail.values[field]}`,
    )
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(blocks, { minLength: blocks.length }), async (shuffled) => {
        expect(notSame(await check([mail.line, ...shuffled].join('\n\n')))).toEqual([])
      }),
      { numRuns: 30 },
    )
  })

  it('nor do several kinds of damage at once', async () => {
    const gentle = DAMAGE.filter(([name]) => !/bold|once more|covering|wrapped|one line/.test(name)).map(
      ([, damage]) => damage,
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...gentle), { minLength: 2, maxLength: 4 }), async (damages) => {
        const text = damages.reduce((so, damage) => damage(so), mail.text)
        expect((await check(text)).verdict).toBe('unaltered')
      }),
      { numRuns: 40 },
    )
  })
})

describe('a mail whose labels were translated', () => {
  const translate = (text: string, words: Record<SignedField, string>, keep: 'none' | 'en' | 'ja') =>
    SIGNED_FIELDS.reduce((so, field) => {
      const { ja, en } = SIGNED_LABELS[field]
      const own = { none: `${words[field]}`, en: `${words[field]} / ${en}`, ja: `${ja} / ${words[field]}` }[keep]
      return so.replace(`\n${ja} / ${en}\n`, `\n${own}\n`)
    }, text)
  const vietnamese: Record<SignedField, string> = {
    number: 'Số giấy chứng nhận',
    name: 'Họ và tên',
    nationality: 'Quốc tịch/Khu vực',
    birthDate: 'Ngày sinh',
    sex: 'Giới tính',
    statusOfResidence: 'Tư cách lưu trú',
    periodOfStay: 'Thời gian lưu trú',
    issuedOn: 'Ngày cấp',
    validUntil: 'Có hiệu lực đến',
    organization: 'Tổ chức',
    remarks: 'Ghi chú',
    issuingOffice: 'Cơ quan cấp',
  }

  it.each(['none', 'en', 'ja'] as const)('is unaltered (kept: %s)', async (keep) => {
    expect(notSame(await check(translate(mail.text, vietnamese, keep)))).toEqual([])
  })

  it.each(['none', 'en', 'ja'] as const)(
    'and a translated value is found, with what stands there (kept: %s)',
    async (keep) => {
      const text = translate(withValue(mail.text, 'sex', 'Nam giới'), vietnamese, keep)
      const found = await check(text)
      expect(found.verdict).toBe('altered')
      expect(notSame(found)).toEqual(['sex'])
      const sex = 'fields' in found ? found.fields.find(({ name }) => name === 'sex') : undefined
      expect(sex).toMatchObject({ state: 'altered', shown: expect.stringContaining('Nam giới') })
    },
  )

  it('is unaltered where only one label was translated', async () => {
    for (const field of SIGNED_FIELDS) {
      const { ja, en } = SIGNED_LABELS[field]
      expect(notSame(await check(mail.text.replace(`${ja} / ${en}`, vietnamese[field])))).toEqual([])
    }
  })
})

describe('a change in a value', () => {
  const position = fc.constantFrom(...SIGNED_FIELDS).chain((field) => {
    const { from, to } = valueLines(mail.text, field)
    const places = [...mail.text.slice(from, to).matchAll(/\S/gu)].map(({ index, 0: sign }) => ({
      at: from + index,
      sign,
    }))
    return fc.record({ field: fc.constant(field), place: fc.constantFrom(...places) })
  })

  it('of any one sign to any other is found and named', async () => {
    const other = fc.oneof(
      fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcxyz0123456789年月日男女东京国'),
      fc.string({ unit: 'grapheme-composite', minLength: 1, maxLength: 1 }),
    )
    await fc.assert(
      fc.asyncProperty(position, other, async ({ field, place }, sign) => {
        const text = `${mail.text.slice(0, place.at)}${sign}${mail.text.slice(place.at + place.sign.length)}`
        const value = (of: string) => {
          const { from, to } = valueLines(of, field)
          return plainValue(of.slice(from, to))
        }
        fc.pre(!/[\n\r\t\u2028\u2029>|＞│┃*_`ZＺ■【]/u.test(sign.normalize('NFKC')) && value(text) !== value(mail.text))
        const found = await check(text)
        expect(found.verdict).toBe('altered')
        expect(notSame(found)).toEqual([field])
      }),
      { numRuns: 250 },
    )
  })

  it('that takes a sign away or puts one in is found and named', async () => {
    await fc.assert(
      fc.asyncProperty(position, fc.constantFrom('', 'doubled'), async ({ field, place }, kind) => {
        const sign = kind === '' ? '' : place.sign.repeat(2)
        const text = `${mail.text.slice(0, place.at)}${sign}${mail.text.slice(place.at + place.sign.length)}`
        expect(notSame(await check(text))).toEqual([field])
      }),
      { numRuns: 120 },
    )
  })

  it.each(SIGNED_FIELDS)('%s: a line more, a line less, or nothing at all', async (field) => {
    const { from, to } = valueLines(mail.text, field)
    const more = `${mail.text.slice(0, to)}\n  999${mail.text.slice(to)}`
    if (field !== 'issuingOffice') expect(notSame(await check(more))).toEqual([field])
    const none = `${mail.text.slice(0, from)}${mail.text.slice(to + 2)}`
    expect(notSame(await check(none))).toEqual([field])
    const { ja, en } = SIGNED_LABELS[field]
    const gone = none.replace(`\n${ja} / ${en}\n`, '\n')
    const found = await check(gone)
    expect(found.verdict).toBe('altered')
    if (field !== 'organization' && field !== 'remarks') expect(notSame(found)).toEqual([field])
  })

  it('is shown as it stands in the text', async () => {
    const found = await check(withValue(mail.text, 'number', '１番Y25071798'))
    expect('fields' in found && found.fields[0]).toEqual({ name: 'number', state: 'altered', shown: '1番Y25071798' })
  })

  it('is shown without what follows the last field, in the mail and in the code', async () => {
    const shownIn = async (text: string) => {
      const found = await check(text.replace('Tokyo Regional', 'Osaka Regional'))
      return 'fields' in found ? found.fields.at(-1)?.shown : found
    }
    const shown = '東京出入国在留管理局 Osaka Regional Immigration Services Bureau'
    expect(await shownIn(mail.text)).toBe(shown)
    expect(await shownIn(codeText(mail.values, mail.line))).toBe(shown)
  })

  it('cannot be hidden behind the true value further down', async () => {
    const text = `${withValue(mail.text, 'name', 'TRAN THI BA')}\n\n  NGUYEN VAN AN\n\n氏名: NGUYEN VAN AN\n`
    expect(notSame(await check(text))).toEqual(['name'])
  })
})

describe('the line', () => {
  it('holds only signs that every mail keeps, and takes five lines', () => {
    expect(mail.line).toMatch(/^ZAIRYU1( [0-9A-HJKMNP-TV-Z]{5}){40}$/)
    expect(mail.text.slice(mail.text.indexOf('ZAIRYU1')).split('\n\n')[0]?.split('\n')).toHaveLength(5)
  })

  it('may lose its capitals, its groups, and mix up O and 0, I, L and 1', async () => {
    const broken = mail.line.slice(8).replaceAll('0', 'o').replaceAll('1', 'l').replaceAll(' ', '').toLowerCase()
    expect(await check(mail.text.replace(/ZAIRYU1[\s\S]*?\n\n/, `zairyu1${broken}\n\n`))).toMatchObject({
      verdict: 'unaltered',
    })
  })

  it('is unreadable when it is cut off or mistyped, wherever', async () => {
    const at = mail.text.indexOf('ZAIRYU1')
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 8, max: 235 }), async (length) => {
        const cut = `${mail.text.slice(0, at)}${mail.line.slice(0, length)}\n\nこのアドレスへ返信しても`
        expect(await check(cut)).toEqual({ verdict: 'unreadable', reason: 'line-damaged' })
        const sign = mail.line[length] === 'A' ? 'B' : 'A'
        const wrong = mail.line[length] === ' ' ? 'A ' : sign
        const mistyped = `${mail.line.slice(0, length)}${wrong}${mail.line.slice(length + 1)}`
        expect(await check(`${mail.text.slice(0, at)}${mistyped}`)).toEqual({
          verdict: 'unreadable',
          reason: 'line-damaged',
        })
      }),
      { numRuns: 60 },
    )
  })

  it.each([
    ['', 'no-line'],
    ['在留資格認定証明書', 'no-line'],
    [mail.text.slice(0, mail.text.indexOf('ZAIRYU1')), 'no-line'],
    [mail.line, 'line-alone'],
    [mail.line.replace('ZAIRYU1', 'ZAIRYU2'), 'line-newer'],
    ['あ'.repeat(200_000), 'too-long'],
  ])('%#: says what is missing', async (text, reason) => {
    expect(await check(text)).toEqual({ verdict: 'unreadable', reason })
  })

  it('of two certificates at once is too much', async () => {
    const other = await signedMail(key, { certificateNumber: '在1番Y25071799' })
    expect(await check(`${mail.text}\n${other.text}`)).toEqual({ verdict: 'unreadable', reason: 'several' })
  })
})

describe('whose line it is', () => {
  it('is not ours with a key that is not known, nor with one that borrows the name of ours', async () => {
    const foreign = await makeKey()
    const theirs = await signedMail(foreign)
    expect(await check(theirs.text)).toEqual({ verdict: 'not-ours', reason: 'key-unknown' })
    const borrowed = await signedMail({ ...foreign, kid: key.kid })
    expect(await check(borrowed.text)).toEqual({ verdict: 'not-ours', reason: 'signature' })
  })

  it('is ours with an older key as well', async () => {
    const newer = await makeKey()
    expect(await checkCertificate(mail.text, publish(key, newer))).toMatchObject({ verdict: 'unaltered' })
  })

  it('cannot be passed on to another certificate', async () => {
    const other = await signedMail(key, { certificateNumber: '在1番Y25071799', nameEn: 'TRAN THI BA' })
    const text = other.text.replace(/ZAIRYU1[\s\S]*?\n\n/, `${mail.line}\n\n`)
    expect(notSame(await check(text))).toEqual(['number', 'name'])
  })

  it('names the key by the key itself', async () => {
    const bytes = Uint8Array.from(Buffer.from(key.x, 'base64url'))
    expect(await keyIdOf(bytes)).toBe(key.kid)
    expect(key.kid).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}$/)
  })
})
