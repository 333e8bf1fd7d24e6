import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { readCp932, readText } from '#domain/text/text-file'
import type { openDataDirectory } from './compose'
import { hasData } from '../database/open'
import { CommandFailure, type CommandContext } from '../command/command'
import { readConfig } from '../platform/config/config'

/** The options that every command takes, as they were given. */
export interface CommonOptions {
  data?: string
  training?: true
  json?: true
}

/** All bytes of a file, or of what is piped in. */
async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return file === '-' ? await buffer(process.stdin) : await readFile(file)
  } catch (error) {
    throw new CommandFailure(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}).`)
  }
}

/** What the commands work with, for the options of this call; they are asked for when they are needed, after parsing. */
export function commandContext(open: typeof openDataDirectory, options: () => CommonOptions): CommandContext {
  const config = () => {
    const { data, training } = options()
    return readConfig([...(data ? ['--data', data] : []), ...(training ? ['--training'] : [])], process.env, 'note')
  }
  return {
    config,
    dataDir: () => config().dataDir,
    withDataDirectory: async (access, run) => {
      const chosen = config()
      if (access === 'read' && !hasData(chosen.dataDir))
        throw new CommandFailure(`There are no data in ${chosen.dataDir}.`)
      const dataDirectory = await open(chosen, true)
      try {
        await run(dataDirectory)
      } finally {
        await dataDirectory.close()
      }
    },
    print: (json, text) => process.stdout.write(`${options().json ? JSON.stringify(json) : text}\n`),
    readFile: async (file, encoding = 'utf-8') => {
      const bytes = await bytesOf(file)
      const name = file === '-' ? 'What was piped in' : file
      if (encoding === 'cp932') {
        const text = readCp932(bytes)
        if (text === null) throw new CommandFailure(`${name} is not CP932 (Shift_JIS). Nothing was read.`)
        return text
      }
      const read = readText(bytes)
      if (read.ok) return read.text
      const likeness = read.looksLike === 'unknown' ? '' : ` It looks like ${read.looksLike}.`
      throw new CommandFailure(
        `${name} is not UTF-8 (line ${read.line}).${likeness} Nothing was read. Save it as UTF-8 and try again.`,
        { cause: read },
      )
    },
  }
}
