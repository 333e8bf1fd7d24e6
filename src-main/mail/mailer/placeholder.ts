/** Private-use characters that no person types; whoever sends them in a value loses them (`withoutPlaceholders`). */
const OPEN = '\u{E000}'
const CLOSE = '\u{E001}'
const placeholders = /\u{E000}([a-zA-Z]+)\u{E001}/gu
const linksWithPlaceholders = / href="[^"]*\u{E000}([a-zA-Z]+)\u{E001}[^"]*"/gu

/** What a reader sees where a secret was, once the mail has been accepted. */
export const WIPED = '（送信後に消去しました / removed after sending）'

/** The place of a value that is put in when the mail is sent or shown: `base`, `senderDomain`, or the name of a secret. */
export const placeholder = (name: string): string => `${OPEN}${name}${CLOSE}`

/** A value from outside, free of characters that could pass for a placeholder. */
export const withoutPlaceholders = (value: string): string => value.replace(/[\u{E000}\u{E001}]/gu, '')

/** `&`, `<`, `>` and both quotes as entities: fit for HTML text and for a quoted attribute. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)
}

/** The text with all placeholders filled; a name without a value becomes `missing`, the note that it was wiped. */
export function fillText(text: string, values: ReadonlyMap<string, string>, missing: string = WIPED): string {
  return text.replace(placeholders, (_, name: string) => values.get(name) ?? missing)
}

/** As `fillText`, escaped; a link whose secret was wiped leads nowhere. */
export function fillHtml(html: string, values: ReadonlyMap<string, string>): string {
  return html
    .replace(linksWithPlaceholders, (link) =>
      [...link.matchAll(placeholders)].every(([, name]) => values.has(name ?? '')) ? link : '',
    )
    .replace(placeholders, (_, name: string) => escapeHtml(values.get(name) ?? WIPED))
}
