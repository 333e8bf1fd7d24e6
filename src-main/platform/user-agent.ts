import Bowser from 'bowser'

/** Every word that a label may hold: names of browsers and systems as the parser's own lists have them. */
const BROWSERS: ReadonlySet<string> = new Set(Object.values(Bowser.BROWSER_MAP))
const SYSTEMS: ReadonlySet<string> = new Set(Object.values(Bowser.OS_MAP))

/**
 * Browser and system of a request in plain words (`Microsoft Edge, Windows`), null where the program does not say or is none that
 * is known. Whoever sends a request chooses its header, and other people read the label (the owner in their activity, staff in the
 * audit log), so it is made of the words of a fixed list alone: the parser takes the name of an unknown program from the header.
 */
export function describeUserAgent(userAgent: string | undefined): string | null {
  if (userAgent === undefined || userAgent === '') return null
  const { browser, os } = Bowser.parse(userAgent.slice(0, 500))
  const words = [
    browser.name !== undefined && BROWSERS.has(browser.name) ? browser.name : '',
    os.name !== undefined && SYSTEMS.has(os.name) ? os.name : '',
  ]
  return words.filter((word) => word !== '').join(', ') || null
}

/** Whether a stored label is one that `describeUserAgent` could have written. */
export function isDeviceLabel(label: string): boolean {
  const [first = '', second, ...more] = label.split(', ')
  if (more.length > 0) return false
  return second === undefined ? BROWSERS.has(first) || SYSTEMS.has(first) : BROWSERS.has(first) && SYSTEMS.has(second)
}
