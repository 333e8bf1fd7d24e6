import type { DataDirectory } from './data-directory'
import type { Config } from '../platform/config/config'

/** What was asked for failed; the message goes to stderr and the exit code is 1. */
export class CommandFailure extends Error {
  override name = 'CommandFailure'
}

/** How a text file is written; CP932 is what Excel in Japan writes CSV in. */
export const FILE_ENCODINGS = ['utf-8', 'cp932'] as const
export type FileEncoding = (typeof FILE_ENCODINGS)[number]

/** What each command of the command line is given. */
export interface CommandContext {
  /**
   * Opens the data directory, runs the command and closes it again. `read` fails where there are no data yet; `write` makes them.
   */
  withDataDirectory(access: 'read' | 'write', run: (dataDirectory: DataDirectory) => Promise<void>): Promise<void>
  /** What the program is configured to, by the options of this call. */
  config(): Config
  /** The data directory that was named, whether or not there are data in it. */
  dataDir(): string
  /** Prints the answer: with `--json` as one JSON value, else as the text. */
  print(json: unknown, text: string): void
  /**
   * Reads a text file (`-`: what is piped in) or fails with the reason: also where it is not in its encoding, since certificates
   * with destroyed characters must not be issued.
   */
  readFile(file: string, encoding?: FileEncoding): Promise<string>
}
