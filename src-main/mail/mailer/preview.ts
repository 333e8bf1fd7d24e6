import { domainOf, type MailDraft } from './outbox'
import { writeJapanese } from './japanese'
import { fillHtml, fillText } from './placeholder'

/** What stands in the place of link and code, which are made when the mail is really written. */
const SIGNS = { base: 'https://…', token: '…', code: '●●●●-●●●●' } as const

/** A composed mail as its reader will see it, without link and code: nothing of it opens anything. */
export function previewOf(mail: MailDraft, from: string) {
  const { to, subject, text, html } = writeJapanese(mail, 'plain')
  const values = new Map<string, string>([...Object.entries(SIGNS), ['senderDomain', domainOf(from)]])
  return { to, subject, text: fillText(text, values), html: fillHtml(html, values) }
}
