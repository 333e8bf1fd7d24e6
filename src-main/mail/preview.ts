import { domainOf, type MailDraft } from './outbox'
import { fillHtml, fillText } from './placeholder'

/** What stands in the place of link and code, which are made when the mail is really written. */
const SIGNS = { base: 'https://…', token: '…', code: '●●●●-●●●●' } as const

/** A composed mail as its reader will see it, without link and code: nothing of it opens anything. */
export function previewOf({ to, subject, text, html }: MailDraft, from: string) {
  const values = new Map<string, string>([...Object.entries(SIGNS), ['senderDomain', domainOf(from)]])
  return { to, subject, text: fillText(text, values), html: fillHtml(html, values) }
}
