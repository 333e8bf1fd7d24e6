export interface OwnArguments {
  /** The file that Electron was told to run, when it runs from the sources; null in the packaged program. */
  entry: string | null
  /** What follows it: our own flags and links. */
  args: string[]
}

/** What the installer adds when it starts the program after an update (NSIS, electron-updater); it changes nothing. */
const AFTER_UPDATE = '--updated'

/** Finds our own part of the command line. From the sources, what stands before the entry file are Electron's own flags. */
export function ownArguments(argv: readonly string[], packaged: boolean): OwnArguments {
  if (packaged) return { entry: null, args: argv.slice(1).filter((argument) => argument !== AFTER_UPDATE) }
  const at = argv.findIndex((argument, index) => index > 0 && !argument.startsWith('-'))
  return at === -1 ? { entry: null, args: [] } : { entry: argv[at] ?? null, args: argv.slice(at + 1) }
}
