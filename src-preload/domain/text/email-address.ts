import { lineOf, narrowed } from './typed-text'

/** RFC 5321: signs of an address that need no quotes; dots may stand anywhere, for such mailboxes exist (`a..b.@docomo.ne.jp`). */
const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}$/
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])$/

/** A domain in the letters that the wire knows (`例え.jp` → `xn--r8jz45g.jp`), in small letters; null where it is none. */
export function asciiDomain(domain: string): string | null {
  // What a URL would read as something else is no domain.
  if (!/^[\p{L}\p{N}\p{M}.\u3002-]+$/u.test(domain)) return null
  try {
    const { hostname } = new URL(`http://${domain}`)
    return hostname.length <= 253 && DOMAIN.test(hostname) ? hostname : null
  } catch {
    return null
  }
}

/**
 * A typed address as it is stored: full-width signs narrowed, curly apostrophes straight, the quotes of a quoted local part taken
 * off, nothing invisible, no space around it. Whether it is an address is another question.
 */
export function typedEmail(typed: string): string {
  const plain = narrowed(lineOf(typed))
    .trim()
    .replace(/[\u2018\u2019\u02BC]/g, "'")
  const at = plain.lastIndexOf('@')
  if (at < 0) return plain
  const local = plain.slice(0, at).replace(/^"(.*)"$/, '$1')
  return `${local}@${plain.slice(at + 1).replaceAll('\u3002', '.')}`
}

/** Whether mail can be addressed to it: a local part of ASCII signs, and a domain that can be written in ASCII. */
export function isEmail(address: string): boolean {
  const at = address.lastIndexOf('@')
  return at > 0 && LOCAL_PART.test(address.slice(0, at)) && asciiDomain(address.slice(at + 1)) !== null
}

/** What two spellings of one address have in common: case apart, the domain in ASCII. */
export function emailKey(address: string): string {
  const typed = typedEmail(address)
  const at = typed.lastIndexOf('@')
  const domain = typed.slice(at + 1)
  return `${typed.slice(0, at + 1)}${asciiDomain(domain) ?? domain}`.toLowerCase()
}
