import { oneLine } from '../../mail/composer/composer'
import { sayPlainly, type MailTextKey } from '../../mail/composer/texts'
import { certificateFacts } from './certificate.mail'
import { certificateFactsOf } from './certificate.repo'
import type { CertificateRow } from '../../database/tables/certificate.table'

const words = (language: 'ja' | 'en', key: MailTextKey) => sayPlainly(language, key).parts.join('')
const bilingual = (key: MailTextKey) => ({ ja: words('ja', key), en: words('en', key) })

/**
 * A certificate to be read again: title, labels and values are those of its mail, word for word, since both are the same
 * certificate. What the mail would not let through (line ends, turned writing) does not come here either.
 */
export function certificateSheet(row: CertificateRow) {
  return {
    title: bilingual('mail.certificate.title'),
    numberLabel: bilingual('mail.certificate.number'),
    notes: {
      printed: bilingual('mail.sheet.printed'),
      use: bilingual('mail.sheet.use'),
      code: bilingual('mail.sheet.code'),
    },
    facts: certificateFacts(certificateFactsOf(row)).map(({ field, lines }) => ({
      field,
      label: bilingual(`mail.certificate.${field}`),
      lines: lines.map(({ text, language }) => ({
        text: oneLine(text),
        language: language === 'ja' || language === 'en' ? language : null,
      })),
    })),
  }
}
