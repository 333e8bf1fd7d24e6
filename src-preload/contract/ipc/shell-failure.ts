/**
 * What went wrong in the desktop shell itself: the service could not start, its data are of a newer version, an error in the main
 * process that nobody caught, or the page ended and was opened again.
 */
export const SHELL_FAILURES = ['start', 'newer-database', 'main', 'page'] as const

export interface ShellFailure {
  incident: string
  kind: (typeof SHELL_FAILURES)[number]
  /** Words for whoever looks after the machine: the file, the backup, the command. In English, like the command line. */
  detail?: string
}
