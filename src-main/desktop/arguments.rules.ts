import { divideAtLink } from '../platform/config/link-arguments.rules'

export interface OwnArguments {
  /** The file that Electron was told to run, when it runs from the sources; null in the packaged program. */
  entry: string | null
  /** Our own flags. A link and whatever stands behind it are none. */
  flags: string[]
  /** The link of a mail with which the program was started; null without one. */
  link: string | null
  /** What stands behind the link, and is not obeyed. */
  behind: string[]
}

/** What the installer adds when it starts the program after an update (NSIS, electron-updater); it changes nothing. */
const AFTER_UPDATE = '--updated'

/** Finds our own part of the command line. From the sources, what stands before the entry file are Electron's own flags. */
export function ownArguments(argv: readonly string[], packaged: boolean): OwnArguments {
  if (packaged) {
    const { flags, link, behind } = divideAtLink(argv.slice(1))
    return { entry: null, flags: flags.filter((argument) => argument !== AFTER_UPDATE), link, behind }
  }
  const at = argv.findIndex((argument, index) => index > 0 && !argument.startsWith('-'))
  if (at === -1) return { entry: null, flags: [], link: null, behind: [] }
  return { entry: argv[at] ?? null, ...divideAtLink(argv.slice(at + 1)) }
}
