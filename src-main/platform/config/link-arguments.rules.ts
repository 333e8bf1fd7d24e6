/** Anything that the system could have handed over as one of our links, right or wrong, in any case. */
const isLink = (argument: string) => /^\s*zairyu:/i.test(argument)

/** A command line, divided at the first link of a mail in it. */
export interface DividedArguments {
  /** What stands before the link: the operator, or the system by our own registration, has written it. */
  flags: string[]
  link: string | null
  /**
   * What stands behind the link. Whoever made the link may have written it (a quotation mark in a link ends the argument where a
   * system puts it between such marks): nothing of it is obeyed.
   */
  behind: string[]
}

/** Divides a command line at its first link. */
export function divideAtLink(argv: readonly string[]): DividedArguments {
  const at = argv.findIndex(isLink)
  if (at === -1) return { flags: [...argv], link: null, behind: [] }
  return { flags: argv.slice(0, at), link: argv[at] ?? null, behind: argv.slice(at + 1) }
}

/** What Chromium takes for a switch: `--name`, `-name`, and on Windows `/name`. */
const SWITCH = /^\s*--?(?<name>[a-z][\w-]*)/i
const WINDOWS_SWITCH = /^\s*(?:--?|\/)(?<name>[a-z][\w-]*)/i

/**
 * What of the text behind a link Chromium itself would obey, which reads the command line before we do (`--remote-debugging-port`,
 * `--proxy-server`, …); null where there is none. A program that was started so must not go on. Our own names are nothing to Chromium.
 */
export function foreignSwitchOf(
  behind: readonly string[],
  ownFlags: readonly string[],
  platform: string,
): string | null {
  const pattern = platform === 'win32' ? WINDOWS_SWITCH : SWITCH
  for (const argument of behind) {
    const name = pattern.exec(argument)?.groups?.['name']
    if (name !== undefined && !ownFlags.includes(name.toLowerCase())) return name
  }
  return null
}
