import { accept, refuse, type Result } from '../platform/result'

/** Ours: no honest link is longer, and a box of the system could not show it. */
const LONGEST = 2_000

/** A place outside of the program. `href` is made anew of the parts that were read; `place` is what the reader is asked about. */
export interface ExternalLink {
  kind: 'page' | 'mail' | 'phone'
  href: string
  /** The full host of a page (Latin letters, also where the name has others: `xn--…`), a mail address, a phone number. */
  place: string
}

const MAIL_ADDRESS = /^[\w.!#$&'*+/=?^`{|}~-]+@[\w-]+(\.[\w-]+)+$/
const PHONE_NUMBER = /^\+?\d[\d-]{2,20}$/

/**
 * Reads an address that a page wants to lead to. Only https, mailto and tel leave the program: a system does anything for other
 * schemes. Nothing that could deceive goes with it: no name and password before the host, no text or attachment in a mail.
 */
export function externalLink(address: string): Result<ExternalLink, 'link.refused'> {
  if (address.length > LONGEST || !URL.canParse(address)) return refuse('link.refused')
  const { protocol, host, pathname, username, password, href } = new URL(address)
  switch (protocol) {
    case 'https:':
      if (host === '' || username !== '' || password !== '') return refuse('link.refused')
      return accept({ kind: 'page', href, place: host })
    case 'mailto:':
      if (!MAIL_ADDRESS.test(pathname)) return refuse('link.refused')
      return accept({ kind: 'mail', href: `mailto:${pathname}`, place: pathname })
    case 'tel:':
      if (!PHONE_NUMBER.test(pathname)) return refuse('link.refused')
      return accept({ kind: 'phone', href: `tel:${pathname}`, place: pathname })
    default:
      return refuse('link.refused')
  }
}
