import { it } from 'vitest'
import { writeFileSync } from 'node:fs'
import { Temporal } from 'temporal-polyfill'
import { registrationMail, registrationKnownMail, registeredMail } from '#main/features/account/account.mail'
import { certificateMail } from '#main/features/certificate/certificate.mail'
import { renderStored } from '#main/mail/outbox'
it('renders', () => {
  const f = { email: 'an@example.jp', token: 'q8Zt0v3yJm1kUe5Xr7Pb2Lw9Ns4Ac6Dg_HiKoQsTuVw', code: 'ABCDEFGH', expiresAt: Temporal.Instant.from('2026-11-23T23:56:12.123Z') }
  const all = {
    'reg-ja': registrationMail({ ...f, language: 'ja' }),
    'reg-en': registrationMail({ ...f, language: 'en' }),
    'known-ja': registrationKnownMail({ ...f, language: 'ja' }),
    'known-en': registrationKnownMail({ ...f, language: 'vi' }),
    'done-ja': registeredMail({ email: f.email, nameEn: 'NGUYEN VAN AN', userId: 'K7RM2XQ9PA', language: 'ja' }),
    'done-en': registeredMail({ email: f.email, nameEn: 'NGUYEN VAN AN', userId: 'K7RM2XQ9PA', language: 'en' }),
    coe: certificateMail({ ...f, certificateNumber: '在1番Y25071798', issuedOn: '2025-07-23', validUntil: '2025-10-23', nameEn: 'NGUYEN VAN AN', nationality: 'VNM', birthDate: '1998-04-12', sex: 'male', statusOfResidence: '技術・人文知識・国際業務', periodOfStay: '3年', organization: '株式会社みらい商事', remarks: '', issuingOffice: '東京出入国在留管理局', userId: 'K7RM2XQ9PA' }),
  }
  for (const [name, d] of Object.entries(all)) {
    const r = renderStored({ subject: d.subject, text_body: d.text, html_body: d.html, secrets: JSON.stringify(d.secrets), link_base: null }, { linkBase: 'http://127.0.0.1:4180', from: 'noreply@example.jp' })
    writeFileSync(`/tmp/mailwork/out/${name}.html`, r.html)
    writeFileSync(`/tmp/mailwork/out/${name}.txt`, r.subject + '\n\n' + r.text)
  }
})
