/** A well-behaved service sets one; a confused one cannot fill the memory. */
const MOST_COOKIES = 20

/** Electron's `net` joins several Set-Cookie headers by commas; a comma inside of `Expires` is not followed by `name=`. */
const BETWEEN_COOKIES = /,(?=\s*[^\s;,=]+=)/

export interface SessionCookies {
  /** The Cookie header for the next request; null when there is none. */
  header(): string | null
  /** Keeps what an answer sets and forgets what it deletes; nothing of an answer to a question that is older than the last `forget`. */
  take(answer: Headers, asked?: number): void
  /** Which session this is: another number after each `forget`. */
  number(): number
  /** Forgets all at once, whatever the service says. Answers what was held. */
  forget(): string | null
  /** Holds what an earlier `header` said, where nothing is held yet. */
  restore(header: string): void
}

/**
 * Holds the cookies of the service in the memory of the main process, because pages of a custom scheme have none, and
 * because a page that never holds the token cannot lose it. Gone with the program. How long a session lives is for the
 * service to say: here a cookie goes only when it is deleted (`Max-Age=0`, or no value).
 */
export function sessionCookies(): SessionCookies {
  const held = new Map<string, string>()
  let number = 0
  const header = () => (held.size === 0 ? null : [...held].map(([name, value]) => `${name}=${value}`).join('; '))
  return {
    header,
    number: () => number,
    forget() {
      const forgotten = header()
      held.clear()
      number += 1
      return forgotten
    },
    take(answer, asked = number) {
      if (asked !== number) return
      for (const cookie of answer.getSetCookie().flatMap((line) => line.split(BETWEEN_COOKIES))) {
        const [pair = '', ...attributes] = cookie.split(';').map((part) => part.trim())
        const equals = pair.indexOf('=')
        if (equals < 1) continue
        const [name, value] = [pair.slice(0, equals), pair.slice(equals + 1)]
        const deleted = value === '' || attributes.some((text) => /^max-age\s*=\s*(0|-\d+)$/i.test(text))
        held.delete(name)
        if (!deleted && held.size < MOST_COOKIES) held.set(name, value)
      }
    },
    restore(header) {
      if (held.size > 0) return
      for (const pair of header.split('; ').slice(0, MOST_COOKIES)) {
        const equals = pair.indexOf('=')
        if (equals > 0) held.set(pair.slice(0, equals), pair.slice(equals + 1))
      }
    },
  }
}
