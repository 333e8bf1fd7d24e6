import { externalLink, type ExternalLink } from './external-links.rules'

export interface Outside {
  /** Asks the reader; true when the link is to be opened. */
  ask: (link: ExternalLink) => Promise<boolean>
  /** Hands it to the system. */
  open: (href: string) => Promise<void>
  /** Says that the system could not do anything with it. */
  sayFailed: (link: ExternalLink) => Promise<void>
}

/**
 * Leads out of the program: what a page wants to lead to is opened by the system when the reader agrees, and not before.
 * One question at a time: what comes meanwhile is dropped, so that nobody can be worn down by questions.
 */
export function externalLinks({ ask, open, sayFailed }: Outside): (address: string) => Promise<void> {
  let isAsking = false
  return async (address) => {
    const read = externalLink(address)
    if (!read.ok || isAsking) return
    const link = read.value
    isAsking = true
    try {
      if (await ask(link)) await open(link.href).catch(() => sayFailed(link))
    } catch {
      // A box that the system could not show is a no.
    } finally {
      isAsking = false
    }
  }
}
