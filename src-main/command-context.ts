import { readFile } from 'node:fs/promises'
import type { openStore } from './compose'
import { hasData } from './database/open'
import { CommandFailure, type CommandContext } from './platform/command'
import { readConfig } from './platform/config'

/** The options that every command takes, as they were given. */
export interface CommonOptions {
  data?: string
  training?: true
  json?: true
}

/** What the commands work with, for the options of this call; they are asked for when they are needed, after parsing. */
export function commandContext(open: typeof openStore, options: () => CommonOptions): CommandContext {
  const config = () => {
    const { data, training } = options()
    return readConfig([...(data ? ['--data', data] : []), ...(training ? ['--training'] : [])], process.env, 'note')
  }
  return {
    config,
    dataDir: () => config().dataDir,
    withStore: async (access, run) => {
      const chosen = config()
      if (access === 'read' && !hasData(chosen.dataDir))
        throw new CommandFailure(`There are no data in ${chosen.dataDir}.`)
      const store = await open(chosen, true)
      try {
        await run(store)
      } finally {
        await store.close()
      }
    },
    print: (json, text) => process.stdout.write(`${options().json ? JSON.stringify(json) : text}\n`),
    readFile: async (file) => {
      try {
        return await readFile(file, 'utf8')
      } catch (error) {
        throw new CommandFailure(
          `${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}).`,
        )
      }
    },
  }
}
