const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' }

/** A name, or an IPv6 address in brackets, and perhaps a port: nothing that an address could hide behind (`user@`, `/path`). */
const HOST = /^(?<name>\[[\da-f:.]+\]|[^\s/\\?#@:[\]]+)(?::(?<port>\d{1,5}))?$/i

/** The one spelling of a host's name: lower case, punycode, without the dot that ends a full name; null where it is no name. */
function plainName(text: string): string | null {
  const address = `http://${text.replace(/\.$/, '')}/`
  return URL.canParse(address) ? new URL(address).hostname : null
}

/** Name and port of an address, the port always written: `example.jp:443`. */
export function hostWithPort({ protocol, hostname, port }: URL): string {
  return `${plainName(hostname) ?? hostname}:${port || (DEFAULT_PORTS[protocol] ?? '')}`
}

/**
 * Whether a `Host` header names one of the known hosts (each with its port). The same host may be written in upper case, as
 * Unicode, with the dot of a full name, and with or without the port that its scheme has anyway (RFC 9110, 4.2.3).
 */
export function isKnownHost(header: string, known: readonly string[]): boolean {
  const { name, port } = HOST.exec(header.trim())?.groups ?? {}
  const plain = name === undefined ? null : plainName(name)
  if (plain === null) return false
  const ports = port === undefined ? Object.values(DEFAULT_PORTS) : [String(Number(port))]
  return ports.some((each) => known.includes(`${plain}:${each}`))
}

/** Whether an `Origin` header is one of the known origins, in whichever spelling. */
export function isKnownOrigin(header: string, known: readonly string[]): boolean {
  if (known.includes(header)) return true
  if (!/^https?:\/\/[^/\\?#@]+$/i.test(header) || !URL.canParse(header)) return false
  const url = new URL(header)
  const host = hostWithPort(url)
  return known.some((origin) => {
    const other = new URL(origin)
    return other.protocol === url.protocol && hostWithPort(other) === host
  })
}
