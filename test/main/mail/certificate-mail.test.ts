import { describe, expect, it } from 'vitest'
import { certificateMail, type CertificateMailFacts } from '#main/features/certificate/certificate.mail'
import { writeJapanese } from '#main/mail/mailer/japanese'
import { renderStored } from '#main/mail/mailer/outbox'

const TOKEN = 'q8Zt0v3yJm1kUe5Xr7Pb2Lw9Ns4Ac6Dg_HiKoQsTuVw'
const certificate: CertificateMailFacts = {
  certificateNumber: '在1番Y25071798',
  issuedOn: '2025-07-23',
  validUntil: '2025-10-23',
  nameEn: 'NGUYEN VAN AN',
  nationality: 'VNM',
  birthDate: '1998-04-12',
  sex: 'male',
  statusOfResidence: '技術・人文知識・国際業務',
  periodOfStay: '3年',
  organization: '株式会社みらい商事',
  remarks: '',
  issuingOffice: '東京出入国在留管理局',
  accountId: 'account-1',
  email: 'an@example.jp',
  language: 'en',
  token: TOKEN,
  code: '4KX7PM2R',
  signedLine: ['ZAIRYU1', ...Array.from({ length: 40 }, () => 'K7Q2M')].join(' '),
}
/** The mail as it is sent. */
function sent(details: Partial<CertificateMailFacts> = {}) {
  const draft = writeJapanese(certificateMail({ ...certificate, ...details }), 'plain')
  const row = {
    subject: draft.subject,
    text_body: draft.text,
    html_body: draft.html,
    secrets: JSON.stringify(draft.secrets),
    link_base: null,
  }
  return { draft, ...renderStored(row, { linkBase: 'https://host.example.jp', from: 'noreply@example.jp' }) }
}

const FIELDS: [ja: string, en: string, ...lines: string[]][] = [
  ['在留資格認定証明書番号', 'Certificate No.', '在1番Y25071798'],
  ['氏名', 'Name', 'NGUYEN VAN AN'],
  ['国籍・地域', 'Nationality/Region', 'ベトナム Viet Nam'],
  ['生年月日', 'Date of birth', '1998年4月12日 (1998-04-12)'],
  ['性別', 'Sex', '男 Male'],
  [
    '在留資格',
    'Status of residence',
    '技術・人文知識・国際業務',
    'Engineer / Specialist in Humanities / International Services',
  ],
  ['在留期間', 'Period of stay', '3年 3 years'],
  ['交付年月日', 'Date of issue', '2025年7月23日 (2025-07-23)'],
  ['有効期限', 'Valid until', '2025年10月23日 (2025-10-23)'],
  ['所属機関', 'Organization', '株式会社みらい商事'],
  ['備考', 'Remarks', '－'],
  ['交付官署', 'Issuing office', '東京出入国在留管理局', 'Tokyo Regional Immigration Services Bureau'],
]

describe('the mail that is the certificate', () => {
  it.each(FIELDS)('carries %s / %s in text and HTML', (ja, en, ...lines) => {
    const { text, html } = sent()
    expect(text).toContain(`\n${ja} / ${en}\n${lines.map((line) => `  ${line}\n`).join('')}`)
    const words = html
      .replace(/<wbr>/g, '')
      .replace(/<[^>]+>/g, '\u0000')
      .replace(/\u0000\s*/g, '\u0000')
    const pieces = words.split('\u0000').filter((piece) => piece !== '')
    const at = pieces.findIndex((piece, place) => piece === ja && pieces[place + 1] === en)
    expect(at, `${ja} with ${en} behind it`).toBeGreaterThan(0)
    const value = pieces.slice(at + 2, at + 6).join('')
    expect(value.startsWith(lines.join('')), value).toBe(true)
  })

  it('marks every value against translation', () => {
    const { html } = sent()
    const cells = [...html.matchAll(/<td valign="top" class="notranslate" translate="no"/g)]
    expect(cells).toHaveLength(FIELDS.length - 1)
    expect(html).toMatch(/<strong class="notranslate" translate="no"[^>]*>在1番Y25071798<\/strong>/)
    expect(html).toMatch(/<strong class="notranslate" translate="no"[^>]*>4KX7-PM2R<\/strong>/)
  })

  it('loads nothing from anywhere', () => {
    expect(sent().html).not.toMatch(/<(img|script|style|link|iframe)\b|\b(src|background)=|url\(/i)
  })

  it('carries the link of the receipt registration and the code that does the same', () => {
    const { draft, text, html } = sent()
    const link = `https://host.example.jp/receipts/${TOKEN}`
    expect(text.split('\n')).toContain(link)
    expect(text).toContain('\n確認コード / Confirmation code: 4KX7-PM2R\n')
    expect(html.split(`href="${link}"`)).toHaveLength(3)
    expect(draft).toMatchObject({
      kind: 'certificate',
      to: 'an@example.jp',
      certificateNumber: '在1番Y25071798',
      accountId: 'account-1',
      language: 'ja, en',
    })
    expect(draft.text + draft.html + draft.subject).not.toMatch(/q8Zt0v3y|4KX7/)
  })

  it('stands before the link, with Japanese above English, and tells a reader to whom it was forwarded to do nothing', () => {
    const { text } = sent()
    const order = [
      'このメールが証明書です',
      'This e-mail is your certificate',
      '交付官署',
      '■ 受領登録',
      '/receipts/',
      '【このメールを転送された方へ】',
      '【If this e-mail was forwarded to you】',
    ]
    const places = order.map((words) => text.indexOf(words))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(places).not.toContain(-1)
  })

  it('ends with the line by which it can be checked, and says that it is no proof', () => {
    const { text, html } = sent()
    const words = certificate.signedLine
    const lines = text.slice(text.indexOf('ZAIRYU1')).split('\n\n')[0]?.split('\n') ?? []
    expect(lines.join(' ')).toBe(words)
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(60)
    expect(html).toContain(`<span class="notranslate" translate="no">${words}</span>`)
    expect(text).toContain('公の証明ではありません')
    expect(text).toContain('not the official proof')
    expect(text.indexOf('ZAIRYU1')).toBeGreaterThan(text.indexOf('【If this e-mail was forwarded to you】'))
  })

  it('has the subject by which it is found', () => {
    expect(sent().subject).toBe('【入管庁】在留資格認定証明書交付のお知らせ (Certificate of Eligibility issued)')
  })

  it('does not give away the user ID to whom it is forwarded', () => {
    expect(sent().text).not.toMatch(/user ID/i)
  })

  it('shows what the reference data do not know as it is written', () => {
    const { text } = sent({
      nationality: 'QQQ',
      statusOfResidence: '新資格',
      periodOfStay: '別に定める',
      issuingOffice: '立川出張所',
    })
    for (const value of ['QQQ', '新資格', '別に定める', '立川出張所']) expect(text).toContain(`\n  ${value}\n\n`)
  })

  it('cannot be forged by a value', () => {
    const { text, html } = sent({
      organization: '</td></tr></table><h1>偽</h1>\n有効期限 / Valid until\n  2099年1月1日',
    })
    expect(html).not.toContain('<h1>偽')
    expect(text.match(/^有効期限 \/ Valid until$/gm)).toHaveLength(1)
  })
})
